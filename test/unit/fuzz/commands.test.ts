import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { APP_ORIGIN } from '../../../src/main/desktop/app-protocol'
import { answerCommand, type CommandHandlers } from '../../../src/main/desktop/command-gate'
import { commandSchemas, type CommandName } from '../../../src/shared/ipc-contract'
import { anyValue, AT_ONCE, CASES, FUZZ_LIMIT_MS, seeded } from './cases'

const names = Object.keys(commandSchemas) as CommandName[] // the keys of that table
const frame = { origin: APP_ORIGIN }
const window = { senderFrame: frame, sender: { mainFrame: frame } }

const almostRight = fc.constantFrom<unknown>(1, 50, 500, 501, 0, 1.5, 'auto', 'classic', 'adaptive', 'results', 'failed', 'x'.repeat(64), 'x'.repeat(65))
const plan = fc.record({ chain: fc.oneof(fc.constantFrom<unknown>('solana', ''), anyValue), tokens: fc.oneof(fc.constant(5), anyValue), traders: fc.oneof(fc.constant(5), anyValue) })
const payload = fc.array(fc.oneof(almostRight, plan, anyValue), { maxLength: 3 })
const command = fc.record({ name: fc.constantFrom(...names), payload })

describe(`of ${CASES.toLocaleString('en')} commands that a window sends`, () => {
  it('each is answered; none reaches its handler but as the contract has it; each refusal is told and logged', async () => {
    const property = fc.asyncProperty(fc.array(command, { minLength: AT_ONCE, maxLength: AT_ONCE, size: 'max' }), async (commands) => {
      for (const { name, payload: given } of commands) {
        let handled: readonly unknown[] | null = null
        const log: string[] = []
        // Only the handler of this name is asked for.
        const handlers = { [name]: (...args: readonly unknown[]) => void (handled = args) } as unknown as CommandHandlers
        const reply = await answerCommand(name, handlers, window, given, (line) => log.push(line))
        const isValid = commandSchemas[name].safeParse(given).success
        if (reply.ok !== isValid || (handled !== null) !== isValid) expect.fail(`${name} ${JSON.stringify(given)}: ${JSON.stringify(reply)}`)
        if (!reply.ok && !(reply.message.startsWith(`The command ${name} was refused: `) && log.length === 1)) expect.fail(reply.message)
      }
    })
    await fc.assert(property, seeded(CASES / AT_ONCE))
  }, FUZZ_LIMIT_MS)
})
