import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { APP_ORIGIN } from '../../../src/main/desktop/app-protocol'
import { answerCommand, type CommandHandlers } from '../../../src/main/desktop/command-gate'
import { commandSchemas } from '../../../src/shared/ipc-contract'
import { AT_ONCE, CASES, FUZZ_LIMIT_MS, seeded } from './cases'
import { sentCommand } from './payloads'

const frame = { origin: APP_ORIGIN }
const window = { senderFrame: frame, sender: { mainFrame: frame } }

const LONGEST_TEXT = 256 * 1024
const LONGEST_LIST = 5000

/** What no handler must ever be given, said once more in other words than the schemas'. */
function harmOf(value: unknown, depth = 0): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'a number that is none'
  if (typeof value === 'string') return value.length <= LONGEST_TEXT ? null : 'a text without end'
  if (value instanceof Uint8Array) return value.length > 0 && value.length <= LONGEST_TEXT ? null : 'no bytes, or too many'
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' || value === null || value === undefined ? null : typeof value
  if (depth > 5) return 'a nest'
  if (Array.isArray(value) && value.length > LONGEST_LIST) return 'a list without end'
  if (Object.hasOwn(value, '__proto__') || Object.hasOwn(value, 'constructor') || Object.hasOwn(value, 'unknown')) return 'a field that nobody knows'
  for (const part of Object.values(value)) {
    const harm = harmOf(part, depth + 1)
    if (harm !== null) return harm
  }
  return null
}

describe(`of ${CASES.toLocaleString('en')} commands that a window sends`, () => {
  it('each is answered; none reaches its handler but as the contract has it; each refusal is told and logged', async () => {
    const taken = new Set<string>()
    const refused = new Set<string>()
    const property = fc.asyncProperty(fc.array(sentCommand, { minLength: AT_ONCE, maxLength: AT_ONCE, size: 'max' }), async (commands) => {
      for (const { name, payload, isRight } of commands) {
        let handled: readonly unknown[] | null = null
        const log: string[] = []
        // Only the handler of this name is asked for.
        const handlers = { [name]: (...args: readonly unknown[]) => void (handled = args) } as unknown as CommandHandlers
        const reply = await answerCommand(name, handlers, window, payload, (line) => log.push(line))
        const about = () => `${name} ${JSON.stringify(payload).slice(0, 1000)}: ${JSON.stringify(reply).slice(0, 1000)}`
        const harm = harmOf(handled)
        if (harm !== null) expect.fail(`${harm}: ${about()}`)
        if (isRight !== null && reply.ok !== isRight) expect.fail(about())
        if (reply.ok !== (handled !== null)) expect.fail(about())
        if (reply.ok) taken.add(name)
        else refused.add(name)
        if (!reply.ok && !(reply.message.startsWith(`The command ${name} was refused: `) && reply.message.length < 5000 && log.length === 1)) expect.fail(about())
      }
    })
    // Payloads are small enough to be read as they are.
    await fc.assert(property, { ...seeded(CASES / AT_ONCE), endOnFailure: true, verbose: 0 })
    expect([...taken].toSorted()).toEqual(Object.keys(commandSchemas).toSorted())
    expect([...refused].toSorted()).toEqual(Object.keys(commandSchemas).toSorted())
  }, FUZZ_LIMIT_MS)
})
