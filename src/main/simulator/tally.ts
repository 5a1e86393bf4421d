/** Requests by what became of them: `requests` = `accepted` + `refused` + `failed`. */
interface Counts {
  readonly requests: number
  /** Answered with 200 and a whole body. */
  readonly accepted: number
  /** Answered with 429. */
  readonly refused: number
  /** Everything else: other refusals of the API, and faults of the way back. */
  readonly failed: number
}

export type RequestFate = 'accepted' | 'refused' | 'failed'

/** Seconds of history in `bySecond`. */
const SECONDS_KEPT = 3600

export interface SimulatorStats extends Counts {
  /** Keys as they were given: this is a simulator, and its keys open nothing. */
  readonly byKey: Readonly<Record<string, Counts & { readonly account: string | null }>>
  readonly byAccount: Readonly<Record<string, Counts & { readonly computeUnits: number }>>
  /** Seconds in which there was a request, oldest first, the last hour of them. `second` is Unix seconds. */
  readonly bySecond: readonly (Counts & { readonly second: number })[]
  /** How often each injected fault struck. */
  readonly faults: Readonly<Record<string, number>>
}

interface CountedRequest {
  readonly key: string
  /** null where the key belongs to none, or where it did not matter. */
  readonly account: string | null
  /** The injected fault that struck it. */
  readonly fault: string | null
}

type Count = { -readonly [Name in keyof Counts]: Counts[Name] }

/** Counts each request once, when its fate is decided; a client that leaves before the answer changes nothing. */
export class Tally {
  readonly #total = zero()
  readonly #byKey = new Map<string, Count & { account: string | null }>()
  readonly #byAccount = new Map<string, Count>()
  readonly #bySecond = new Map<number, Count & { second: number }>()
  readonly #faults = new Map<string, number>()

  count({ key, account, fault }: CountedRequest, fate: RequestFate, nowMs: number): void {
    const second = Math.floor(nowMs / 1000)
    add(this.#total, fate)
    add(entryOf(this.#byKey, key, () => ({ ...zero(), account })), fate)
    if (account !== null) add(entryOf(this.#byAccount, account, zero), fate)
    add(entryOf(this.#bySecond, second, () => ({ ...zero(), second })), fate)
    if (fault !== null) this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1)
    for (const [oldest] of this.#bySecond) {
      if (oldest > second - SECONDS_KEPT) break
      this.#bySecond.delete(oldest)
    }
  }

  /** `unitsOf` answers the compute units that an account has spent. */
  stats(unitsOf: (account: string) => number): SimulatorStats {
    const byAccount = [...this.#byAccount].map(
      ([account, count]) => [account, { ...count, computeUnits: unitsOf(account) }] as const,
    )
    return {
      ...this.#total,
      byKey: Object.fromEntries([...this.#byKey].map(([key, count]) => [key, { ...count }])),
      byAccount: Object.fromEntries(byAccount),
      bySecond: [...this.#bySecond.values()].map((count) => ({ ...count })),
      faults: Object.fromEntries(this.#faults),
    }
  }
}

function add(count: Count, fate: RequestFate): void {
  count.requests++
  count[fate]++
}

function zero(): Count {
  return { requests: 0, accepted: 0, refused: 0, failed: 0 }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
