import type { Redis } from 'ioredis'
import { MAX_FOUND_ROWS, type WaitingFound, type WaitingPlace, type WaitingRow, type WaitingRowsRequest, type WaitingSearch } from '../../shared/waiting-pairs'
import { TOKENS_APART, type QueueKeys } from './keys'
import { pairPattern } from './pair-pattern'
import { arrivalOf, parseStoredEntry } from './stored-entry'

/** Ids that one look of a search goes through, so that Redis is never held up. */
const LOOKED_AT_ONCE = 1000
/** Of what a search finds, this much is held until it is cut back to what is shown. */
const HELD_FOUND = 10 * MAX_FOUND_ROWS
/** Ids that are counted once only, however often they are met; of more than these the count is a little too high at worst. */
const COUNTED_ONCE = 100_000

interface Placed {
  readonly id: string
  readonly score: number
}

/** Reads the pairs that have no outcome yet in the order in which they come up: by rank, so that a million open at once. */
export class WaitingPages {
  constructor(
    private readonly redis: Redis,
    private readonly keys: QueueKeys,
  ) {}

  async rows({ place, from, count }: WaitingRowsRequest): Promise<WaitingRow[]> {
    const page = await this.redis.zrange(this.keys[place], from, String(from + count - 1), 'WITHSCORES')
    const placed = placedIn(page)
    return this.#rowsOf(place, placed, placed.map((_, i) => from + i))
  }

  /** Goes through all ids of the place; what comes and goes meanwhile may be missed. */
  async search({ place, part }: WaitingSearch): Promise<WaitingFound> {
    const key = this.keys[place]
    const seen = new Set<string>()
    let matching = 0
    let first: Placed[] = []
    let cursor = '0'
    do {
      const [next, page] = await this.redis.zscan(key, cursor, 'MATCH', pairPattern({ part }), 'COUNT', LOOKED_AT_ONCE)
      cursor = next
      for (const found of placedIn(page)) {
        // A set that changes its size is gone through twice in places.
        if (seen.has(found.id)) continue
        if (seen.size < COUNTED_ONCE) seen.add(found.id)
        matching += 1
        first.push(found)
      }
      if (first.length > HELD_FOUND) first = firstOf(first)
    } while (cursor !== '0')
    const shown = firstOf(first)
    const ranks = await Promise.all(shown.map(({ id }) => this.redis.zrank(key, id)))
    const rows = await this.#rowsOf(place, shown, ranks)
    // One that has left the place meanwhile has no rank in it.
    return { matching, rows: rows.filter((_, i) => ranks[i] !== null) }
  }

  /** `ranks` from 0, in the same order. */
  async #rowsOf(place: WaitingPlace, placed: readonly Placed[], ranks: readonly (number | null)[]): Promise<WaitingRow[]> {
    if (placed.length === 0) return []
    const ids = placed.map(({ id }) => id)
    const [entries, troubles, fence] = await Promise.all([
      this.redis.hmget(this.keys.pairs, ...ids),
      this.redis.hmget(this.keys.troubles, ...ids),
      place === 'inFlight' ? this.redis.hget(this.keys.sequences, 'fence') : null,
    ])
    return placed.map(({ id, score }, i) =>
      rowOf({ id, score, place, position: (ranks[i] ?? 0) + 1, stored: entries[i] ?? null, troubles: troubles[i] ?? null, fence: Number(fence) }),
    )
  }
}

/** Those that come up first, each once. */
function firstOf(found: Placed[]): Placed[] {
  return found
    .sort(byRank)
    .filter(({ id }, i) => id !== found[i - 1]?.id)
    .slice(0, MAX_FOUND_ROWS)
}

/** Redis orders equal scores by the bytes of the ids, which are ASCII. */
function byRank(a: Placed, b: Placed): number {
  return a.score - b.score || (a.id < b.id ? -1 : 1)
}

function placedIn(page: readonly string[]): Placed[] {
  return page.flatMap((id, i) => (i % 2 === 0 ? [{ id, score: Number(page[i + 1]) }] : []))
}

interface Found extends Placed {
  readonly place: WaitingPlace
  readonly position: number
  readonly stored: string | null
  readonly troubles: string | null
  /** The newest fencing token. */
  readonly fence: number
}

function rowOf({ id, score, place, position, stored, troubles, fence }: Found): WaitingRow {
  const { wallet_address: wallet, token_address: token, token_symbol: symbol, priority = 0 } = parseStoredEntry(id, stored)
  const [attempts = 0, refusals = 0, recoveries = 0] = (troubles ?? '0 0 0').split(' ', 3).map(Number)
  return {
    id,
    position,
    wallet,
    token,
    symbol: symbol ?? null,
    priority,
    attempts,
    refusals,
    recoveries,
    atMs: momentOf(place, score, stored),
    batch: place === 'inFlight' ? batchOf(score, fence) : null,
    isAtFront: place === 'ready' && score < 0,
  }
}

/** A lease has the last bits of its token, which is the batch's number: the newest token that ends so. */
export function batchOf(lease: number, fence: number): number {
  const mark = lease % TOKENS_APART
  return fence - ((fence - mark + TOKENS_APART) % TOKENS_APART)
}

function momentOf(place: WaitingPlace, score: number, stored: string | null): number | null {
  switch (place) {
    case 'delayed':
      return score
    case 'inFlight':
      return Math.floor(score / TOKENS_APART) * 1000
    case 'ready':
      return arrivalOf(stored)
  }
}
