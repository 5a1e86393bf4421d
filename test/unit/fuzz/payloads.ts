import fc from 'fast-check'
import type { CommandArguments, CommandName } from '../../../src/shared/ipc-contract'
import { anyValue } from './cases'

const text = (most: number) => fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('', 'x'.repeat(most)))
const count = (min: number, max: number) => fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
/** Each field there or not. */
const partly = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(fields, { requiredKeys: [] })
const none = fc.constant([] as [])
const one = <T>(argument: fc.Arbitrary<T>) => fc.tuple(argument)

const importId = one(text(64))
const pairId = one(fc.oneof(fc.constantFrom('solana:W:T', 'x'.repeat(400)), fc.string({ minLength: 1, maxLength: 20 })))
const plan = one(fc.record({ chain: fc.constantFrom('solana', 'x'.repeat(32)), tokens: count(1, 1000), traders: count(1, 1000) }))
const place = fc.constantFrom('ready' as const, 'delayed' as const, 'inFlight' as const)
const ids = fc.array(fc.constantFrom('solana:W:T', 'x', 'x'.repeat(400)), { minLength: 1, maxLength: 4 })
const range = partly<{ min: number; max: number }>({ min: fc.double({ noNaN: true, noDefaultInfinity: true }), max: fc.constantFrom(0, -1e300) })
const resultFilter = partly({
  wallet: text(100),
  token: text(100),
  confidence: fc.subarray(['high', 'medium', 'low'] as ('high' | 'medium' | 'low')[]),
  ranges: partly({ win_rate: range, total_pnl_usd: range, analyzed_at: range }),
})
const figure = fc.constantFrom('total_pnl_usd' as const, 'win_rate' as const, 'epoch' as const)
const quotaChoice = fc.oneof(
  fc.constantFrom({ kind: 'settings' as const }, { kind: 'learn' as const }),
  fc.record({ kind: fc.constant('plan' as const), plan: fc.constantFrom('lite' as const, 'business' as const) }),
  fc.record({
    kind: fc.constant('limits' as const),
    limits: fc.array(fc.record({ requests: count(1, 100_000), windowSeconds: count(1, 86_400) }), { minLength: 1, maxLength: 3 }),
  }),
)
const failureFilter = partly({
  text: text(200),
  reason: fc.constantFrom('permanent' as const, 'crashed' as const),
  nature: fc.constantFrom('poison' as const, 'bad-luck' as const),
  wallet: fc.constantFrom('W', 'x'.repeat(200)),
  token: fc.constant('T'),
  minAttempts: count(1, 1_000_000),
  minRefusals: count(1, 1_000_000),
  minRecoveries: count(1, 1_000_000),
  group: text(1000),
})
const failureChoice = one(fc.oneof(fc.record({ ids }), fc.record({ selection: count(1, 99) })))
const rows = <S extends object>(more: { [K in keyof S]: fc.Arbitrary<S[K]> }, most: number) =>
  fc.tuple(fc.record(more), fc.record({ from: count(0, 1e9), count: count(1, most) })).map(([head, tail]) => [{ ...head, ...tail }] as [S & typeof tail])
const own = fc.record({ kind: fc.constant('own' as const), address: text(600), tls: fc.boolean(), user: text(128), password: maybe(text(512)) })
const redis = fc.oneof(own, fc.constant({ kind: 'private' as const }))
const account = fc.record({ id: maybe(text(64)), name: text(60), key: maybe(text(512)), plan: maybe(fc.constantFrom('lite' as const, 'business' as const)) })

/** What the contract allows, for every command: one that is added there is missing here until it is named. */
const allowed: { readonly [C in CommandName]: fc.Arbitrary<CommandArguments<C>> } = {
  snapshot: none,
  'engine:start': none,
  'engine:pause': none,
  'engine:pause-until': one(fc.oneof(fc.record({ kind: fc.constant('time' as const), atMs: count(1, 2 ** 45) }), fc.constant({ kind: 'quota' as const }))),
  'engine:resume': none,
  'engine:drain': none,
  'engine:stop': none,
  'engine:set-batch-size': one(count(1, 500)),
  'engine:set-pacing': one(fc.constantFrom('adaptive', 'classic')),
  'engine:set-sizing': one(fc.constantFrom('auto', 'manual')),
  'engine:set-pair-limit': one(count(1, 3600)),
  'engine:reset-breaker': none,
  'engine:sweep': none,
  'engine:cancel-sweep': none,
  'export:start': one(
    fc.oneof(
      fc.record({ kind: fc.constant('results' as const), filter: resultFilter, columns: fc.constant(['wallet_address' as const]).map((columns) => [...columns]) }),
      fc.record({ kind: fc.constant('failed' as const), filter: failureFilter }),
      fc.record({ kind: fc.constantFrom('batches' as const, 'epochs' as const, 'attempts' as const) }),
    ),
  ),
  'export:cancel': importId,
  'export:reveal': importId,
  'discover:preview': plan,
  'discover:start': plan,
  'discover:cancel': none,
  'failures:query': one(failureFilter),
  'failures:rows': rows({ selection: count(1, 99) }, 200),
  'failures:retry': failureChoice,
  'failures:undo-retry': none,
  'queue:undo-prioritize': none,
  'failures:discard': failureChoice,
  'simulator:read': none,
  'simulator:turn': one(fc.record({ requestsPerSecond: count(1, 200), latencyMs: count(0, 10_000), errorPercent: count(0, 50) })),
  'runs:list': none,
  'runs:page': one(fc.record({ id: count(1, 2 ** 50), from: count(0, 7200) })),
  'batch:pairs': one(count(1, 2 ** 50)),
  'queue:rows': rows({ place }, 200),
  'queue:search': one(fc.record({ place, part: fc.constantFrom('x', 'x'.repeat(100)) })),
  'queue:prioritize': one(
    fc.record({
      priority: count(0, 9),
      pairs: fc.oneof(fc.record({ ids }), fc.record({ part: fc.constant('x') }), partly({ wallet: text(100), token: text(100) })),
    }),
  ),
  'import:choose': none,
  'import:drop': one(fc.record({ name: fc.constantFrom('pairs.csv', 'x'.repeat(255)), bytes: count(0, 2 * 1024 ** 3) })),
  'import:drop-piece': one(fc.record({ id: text(64), at: count(0, 2 ** 50), piece: fc.uint8Array({ minLength: 1, maxLength: 3 }).map((bytes) => new Uint8Array(bytes)) })),
  'import:drop-end': importId,
  'import:queue': importId,
  'import:cancel': importId,
  'import:dismiss': importId,
  'import:save-rejected': importId,
  'results:query': one(
    fc.record({ filter: resultFilter, sort: fc.record({ by: figure, descending: fc.boolean() }), distribution: fc.constantFrom('win_rate' as const, 'total_trades' as const) }),
  ),
  'results:rows': rows({ selection: count(0, 99) }, 500),
  'pair:result': pairId,
  'pair:trades': pairId,
  'pair:birdeye-figures': pairId,
  'link:open': one(fc.constantFrom('birdeye-keys', 'birdeye-plans')),
  'connections:read': none,
  'connections:test-redis': one(redis),
  'connections:test-key': one(fc.record({ id: maybe(text(64)), key: maybe(text(512)), apiBaseUrl: text(300) })),
  'connections:save': one(fc.record({ redis, apiBaseUrl: text(300), accounts: fc.array(account, { maxLength: 3 }) })),
  'connections:take-toml': one(fc.oneof(text(1000), fc.constant('x'.repeat(256 * 1024)))),
  'connections:write-toml': none,
  'quota:choose': fc.tuple(count(1, 2 ** 50), quotaChoice),
}

const odd = fc.oneof(
  { weight: 10, arbitrary: anyValue },
  { weight: 5, arbitrary: fc.constantFrom<unknown>(-1, 1e21, 2 ** 53, 0.5, Number.NaN, new Uint8Array(0), { kind: 'own' }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('x'.repeat(300_000), new Uint8Array(300_000), Array.from({ length: 6000 }, () => 'x')) },
)

export interface SentCommand {
  readonly name: CommandName
  readonly payload: readonly unknown[]
  /** False where it was made wrong on purpose; null where that is left to chance. */
  readonly isRight: boolean | null
}

/** What a window might send: as the contract has it, with one thing wrong, or anything. */
export const sentCommand: fc.Arbitrary<SentCommand> = fc.constantFrom(...(Object.keys(allowed) as CommandName[])).chain((name) => {
  const right: fc.Arbitrary<readonly unknown[]> = allowed[name]
  return fc.oneof(
    right.map((payload) => ({ name, payload, isRight: true })),
    fc.tuple(right, odd, fc.nat(), fc.nat(5)).map(([payload, value, at, how]) => ({ name, payload: payload.map((argument) => damaged(argument, value, at, how)), isRight: null })),
    // No command takes three.
    fc.tuple(right, odd).map(([payload, value]) => ({ name, payload: [...payload, value, value], isRight: false })),
    // No command takes a field that it does not know.
    right.map(([argument]) => ({ name, payload: isPlain(argument) ? [{ ...argument, unknown: 1 }] : [argument, argument, argument], isRight: false })),
    fc.array(odd, { maxLength: 3 }).map((payload) => ({ name, payload, isRight: null })),
  )
})

/** One part of an argument replaced by something else, left out, or put in a list. */
function damaged(argument: unknown, value: unknown, at: number, how: number): unknown {
  if (!isPlain(argument)) return how < 4 ? value : [argument]
  const names = Object.keys(argument)
  const name = names[at % Math.max(1, names.length)] ?? ''
  const { [name]: before, ...others } = argument
  if (how === 0) return others
  return { ...others, [name]: how < 4 ? damaged(before, value, at >> 3, how) : value }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
