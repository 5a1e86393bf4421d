import { drawFor } from '../../src/main/simulator/chance'

/** One thing that goes wrong, so long after the start. `engine` counts from 0. */
export type Strike = { readonly atMs: number } & (
  | { readonly kind: 'kill-engine' | 'stop-engine'; readonly engine: number }
  /** For longer than a lease, as a laptop that sleeps; then it goes on and settles late. */
  | { readonly kind: 'freeze-engine'; readonly engine: number; readonly forMs: number }
  /** The same, while the API is so slow that who took its pairs over still has them when it goes on. */
  | { readonly kind: 'wake-zombie'; readonly engine: number; readonly forMs: number }
  | { readonly kind: 'shift-clock'; readonly engine: number; readonly hours: 1 | -1 }
  | { readonly kind: 'kill-redis' | 'kill-clients' | 'cut-link' | 'half-close-link' | 'silence-link' }
  /** Under `everysec` what Redis acknowledged during the last second is gone. */
  | { readonly kind: 'lose-power' }
  /** Somebody puts the failed pairs back into the queue. */
  | { readonly kind: 'retry-failed' }
  | { readonly kind: 'hold-redis' | 'stall-link'; readonly forMs: number }
  | { readonly kind: 'slow-link'; readonly forMs: number; readonly delayMs: number }
  | { readonly kind: 'api-faults'; readonly forMs: number; readonly spec: string }
  /** Keys and allowances: engines pause or end for that, and are started again afterwards. */
  | { readonly kind: 'api-refuses'; readonly forMs: number; readonly spec: string }
)

export interface Plan {
  readonly seed: number
  readonly pairs: number
  readonly engines: number
  readonly appendfsync: 'always' | 'everysec'
  readonly strikes: readonly Strike[]
}

export const LEASE_SECONDS = 2
const STRIKES = 12
const SPAN_MS = 7000
export const STRIKE_KINDS = [
  'kill-engine', 'kill-engine', 'kill-engine', 'stop-engine', 'freeze-engine', 'wake-zombie', 'shift-clock', 'kill-redis',
  'lose-power',
  'kill-clients', 'cut-link', 'half-close-link', 'silence-link', 'hold-redis', 'stall-link', 'slow-link', 'retry-failed', 'api-faults', 'api-faults', 'api-refuses',
] as const satisfies readonly Strike['kind'][]
export const API_FAULTS = [
  'reset=0.1', 'hang=0.02', 'truncated=0.1', 'malformed=0.1', 'slow=0.1', '429=0.4', '500=0.3', '503=0.3', '555=0.2', '400=0.05',
  'format=0.05', '404=0.05', '422=0.1', 'seed-mix',
]
export const API_REFUSALS = ['allowance', '401', 'suspended', '403']

/** What goes wrong, and when: all of it follows from the seed. */
export function planOf(seed: number, pairs: number): Plan {
  const engines = 3
  const draw = (what: string, at: number, of: number) => Math.floor(drawFor(seed, what, at) * of)
  const strikes = Array.from({ length: STRIKES }, (_, i): Strike => {
    const pick = <T>(what: string, from: readonly [T, ...T[]] | readonly T[], fallback: T): T => from[draw(what, i, from.length)] ?? fallback
    const atMs = 500 + draw('at', i, SPAN_MS)
    const engine = draw('engine', i, engines)
    const forMs = 500 + draw('for', i, 1500)
    const kind = pick('kind', STRIKE_KINDS, 'kill-engine')
    switch (kind) {
      case 'kill-engine':
      case 'stop-engine':
        return { atMs, kind, engine }
      case 'freeze-engine':
        return { atMs, kind, engine, forMs: LEASE_SECONDS * 1000 + 500 + forMs }
      case 'wake-zombie':
        return { atMs, kind, engine, forMs: LEASE_SECONDS * 1000 + 2000 + Math.floor(forMs / 4) }
      case 'shift-clock':
        return { atMs, kind, engine, hours: pick('hours', [1, -1] as const, 1) }
      case 'slow-link':
        return { atMs, kind, forMs, delayMs: 20 + draw('delay', i, 200) }
      case 'api-faults':
        return { atMs, kind, forMs, spec: pick('fault', API_FAULTS, 'reset=0.1') }
      case 'api-refuses':
        return { atMs, kind, forMs, spec: pick('refusal', API_REFUSALS, '401') }
      case 'hold-redis':
      case 'stall-link':
        return { atMs, kind, forMs }
      case 'kill-redis':
      case 'lose-power':
      case 'retry-failed':
      case 'kill-clients':
      case 'cut-link':
      case 'half-close-link':
      case 'silence-link':
        return { atMs, kind }
    }
  })
  return { seed, pairs, engines, appendfsync: drawFor(seed, 'fsync') < 0.5 ? 'always' : 'everysec', strikes: strikes.toSorted((a, b) => a.atMs - b.atMs) }
}

export function describePlan({ seed, pairs, engines, appendfsync, strikes }: Plan): string {
  const lines = strikes.map(({ atMs, ...strike }) => `  ${(atMs / 1000).toFixed(1).padStart(4)} s  ${Object.values(strike).join(' ')}`)
  return [`plan ${seed}: ${pairs} pairs, ${engines} engines, appendfsync ${appendfsync}`, ...lines].join('\n')
}
