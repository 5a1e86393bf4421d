import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runLine, type Actions } from '../../../src/main/cli/program'
import { DISCOVERY_BOUNDS, type DiscoveryPlan } from '../../../src/shared/discovery'
import { EXPORT_KINDS } from '../../../src/shared/frames'
import { AT_ONCE, CASES, FUZZ_LIMIT_MS, seeded, TOKEN, WALLET } from './cases'

const COMMANDS = ['work', 'demo', 'enqueue', 'status', 'export', 'retry-failed', 'discard-failed', 'priority', 'discover', 'simulate', 'help', 'wrok']
/** Flags that take a value, flags that take none, and flags that are none. */
const SETTERS = [
  '--config', '--redis', '--api', '--pipeline', '--reason', '--text', '--wallet', '--token', '--min-attempts', '--min-refusals',
  '--min-recoveries', '--tokens', '--traders', '--chain', '--rps', '--latency', '--seed', '--headers', '--port', '--accounts',
]
const SWITCHES = ['--until-empty', '--json', '--reanalyze', '--all', '--dry-run', '--help', '-h', '--', '--wallet=', '--all=1', '-x', '--allowance']
const VALUES = [
  'results', 'failed', 'batches', 'everything', 'out.csv', 'permanent', 'timeout', 'solana', 'Solana', 'mars', WALLET, TOKEN, '0', '1',
  '5', '9', '10', '-1', '1.5', '1e3', '０', '', ' ', 'NaN', '99999999', '\0', '\uD800', '__proto__', 'constructor', 'x'.repeat(300),
]
const value = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...VALUES) }, { weight: 1, arbitrary: fc.string({ maxLength: 6 }) })
const part = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...SETTERS), value) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...SWITCHES)) },
  { weight: 2, arbitrary: fc.tuple(value) },
)
const line = fc
  .tuple(fc.oneof({ weight: 19, arbitrary: fc.constantFrom(...COMMANDS) }, { weight: 1, arbitrary: value }), fc.array(part, { maxLength: 3 }))
  .map(([command, parts]) => [command, ...parts.flat()])

const DONE = 7
const isFilled = (value: unknown) => typeof value === 'string' && value.trim() !== ''

/** What a line came to, and what is wrong with what it was allowed to do. */
async function outcomeOf(words: readonly string[]) {
  const said = { out: '', err: '' }
  const done: { name: string; args: readonly unknown[] }[] = []
  // Each action only notes how it was called.
  const actions = new Proxy({}, { get: (_, name: string) => async (...args: readonly unknown[]) => (done.push({ name, args }), DONE) }) as Actions
  const code = await runLine(words, actions, { out: (text) => (said.out += text), err: (text) => (said.err += text) })
  return { code, said, done }
}

/** Whether an action could do harm with what it was given; the rules stand here once more, in other words. */
function harmOf(words: readonly string[], name: string, [, first, second]: readonly unknown[]): string | null {
  const isForAll = words.includes('--all')
  switch (name) {
    case 'exportTo':
      return EXPORT_KINDS.some((kind) => kind === first) ? null : 'a kind that is none'
    case 'prioritize': {
      const pairs = Object.values(second as object)
      if (typeof first !== 'number' || !(first >= 0 && first <= 9 && Number.isInteger(first))) return 'a priority that is none'
      return pairs.every(isFilled) && pairs.length > 0 !== isForAll ? null : 'pairs that nobody named'
    }
    case 'discardFailed': {
      const filter = Object.values(first as object)
      const isNarrow = filter.length > 0 && filter.every((value) => (typeof value === 'number' ? value >= 1 : isFilled(value)))
      return isNarrow || (isForAll && filter.length === 0) ? null : 'failures that nobody named'
    }
    case 'discover':
    case 'previewDiscovery': {
      const { tokens, traders } = first as DiscoveryPlan
      const isWithin = (value: number, { min, max }: { min: number; max: number }) => Number.isInteger(value) && value >= min && value <= max
      return isWithin(tokens, DISCOVERY_BOUNDS.tokens) && isWithin(traders, DISCOVERY_BOUNDS.traders) ? null : 'a plan out of its bounds'
    }
    default:
      return null
  }
}

describe(`of ${CASES.toLocaleString('en')} command lines`, () => {
  it('each does one thing as it was asked, or says why not and does nothing', async () => {
    const seen = new Set<string>()
    const property = fc.asyncProperty(fc.array(line, { minLength: AT_ONCE, maxLength: AT_ONCE, size: 'max' }), async (lines) => {
      for (const words of lines) {
        const { code, said, done } = await outcomeOf(words)
        const told = `${JSON.stringify(words)}: ${code} ${JSON.stringify({ said, done })}`
        const [action] = done
        if (action) {
          seen.add(action.name)
          if (done.length > 1 || code !== DONE || said.err !== '') expect.fail(told)
          const harm = harmOf(words, action.name, action.args)
          if (harm !== null) expect.fail(`${harm}: ${told}`)
        } else if (code === 0) {
          if (!said.out.includes('Usage: sluice')) expect.fail(told)
        } else if (code !== 2 || said.err.trim() === '' || /^\s+at |"code":|^sluice: \[/m.test(said.err)) {
          expect.fail(told)
        }
      }
    })
    await fc.assert(property, seeded(CASES / AT_ONCE))
    expect([...seen].toSorted()).toEqual(
      ['countFailed', 'demo', 'discardFailed', 'discover', 'enqueue', 'exportTo', 'previewDiscovery', 'prioritize', 'retryFailed', 'simulate', 'status', 'work'],
    )
  }, FUZZ_LIMIT_MS)
})
