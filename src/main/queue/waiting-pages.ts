import type { Redis } from 'ioredis'
import type { WaitingPlace, WaitingRow, WaitingRowsRequest } from '../../shared/waiting-pairs'
import { TOKENS_APART, type QueueKeys } from './keys'
import { parseStoredEntry } from './stored-entry'

/** Reads the pairs that have no outcome yet in the order in which they come up: by rank, so that a million open at once. */
export class WaitingPages {
  constructor(
    private readonly redis: Redis,
    private readonly keys: QueueKeys,
  ) {}

  async rows({ place, from, count }: WaitingRowsRequest): Promise<WaitingRow[]> {
    const page = await this.redis.zrange(this.keys[place], from, String(from + count - 1), 'WITHSCORES')
    const found = page.flatMap((id, i) => (i % 2 === 0 ? [{ id, score: Number(page[i + 1]) }] : []))
    if (found.length === 0) return []
    const ids = found.map(({ id }) => id)
    const [entries, troubles] = await Promise.all([this.redis.hmget(this.keys.pairs, ...ids), this.redis.hmget(this.keys.troubles, ...ids)])
    return found.map(({ id, score }, i) => rowOf({ id, score, place, position: from + i + 1, stored: entries[i] ?? null, troubles: troubles[i] ?? null }))
  }
}

interface Found {
  readonly id: string
  readonly score: number
  readonly place: WaitingPlace
  readonly position: number
  readonly stored: string | null
  readonly troubles: string | null
}

function rowOf({ id, score, place, position, stored, troubles }: Found): WaitingRow {
  const { wallet_address: wallet, token_address: token, token_symbol: symbol, priority = 0 } = parseStoredEntry(id, stored)
  const [attempts = 0, refusals = 0, recoveries = 0] = (troubles ?? '0 0 0').split(' ').map(Number)
  const isAtFront = place === 'ready' && score < 0
  return { id, position, wallet, token, symbol: symbol ?? null, priority, attempts, refusals, recoveries, atMs: momentOf(place, score, stored), isAtFront }
}

function momentOf(place: WaitingPlace, score: number, stored: string | null): number | null {
  switch (place) {
    case 'delayed':
      return score
    case 'inFlight':
      return Math.floor(score / TOKENS_APART) * 1000
    case 'ready': {
      const arrival = /^\d+(?= )/.exec(stored ?? '')?.[0]
      return arrival === undefined ? null : Number(arrival)
    }
  }
}
