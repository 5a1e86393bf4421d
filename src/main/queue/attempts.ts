import type { Redis } from 'ioredis'
import type { Attempt } from '../../shared/attempt'
import { WAITING_PLACES, type WaitingPlace } from '../../shared/waiting-pairs'
import { TOKENS_APART, type QueueKeys } from './keys'
import type { FailureRecord } from './reads'
import { arrivalOf, parseStoredEntry } from './stored-entry'
import { batchOf } from './waiting-pages'

export interface AttemptRecord extends Attempt {
  readonly id: string
}

/** Pairs that one look at Redis brings. */
const PAGE = 1000
const PLACE_NAMES = { ready: 'ready', delayed: 'delayed', inFlight: 'in flight' } as const satisfies Record<WaitingPlace, string>
/** Counts, then of the last error its epoch and words. */
const TROUBLES = /^(\d+) (\d+) (\d+)(?: (\d+) ([^]*))?/

/** The pairs of these places, page by page; one that moves from one to another meanwhile may come twice. */
export async function* waitingAttempts(redis: Redis, keys: QueueKeys, places: readonly WaitingPlace[] = WAITING_PLACES): AsyncGenerator<AttemptRecord> {
  for (const place of places) {
    let cursor = '0'
    do {
      const [next, page] = await redis.zscan(keys[place], cursor, 'COUNT', PAGE)
      cursor = next
      const ids = page.filter((_, i) => i % 2 === 0)
      if (ids.length > 0) yield* await attemptsOf(redis, keys, place, ids, page)
    } while (cursor !== '0')
  }
}

export function attemptOfFailure({ message, epoch, ...failure }: FailureRecord): AttemptRecord {
  return { ...failure, ...ELSEWHERE, place: 'failed', lastError: message, failedAtMs: failure.failedAtMs, queuedAtMs: null, epoch: epoch ?? null }
}

export async function countOfAttempts(redis: Redis, keys: QueueKeys): Promise<number> {
  const counts = await Promise.all([...WAITING_PLACES.map((place) => keys[place]), keys.failed].map((key) => redis.zcard(key)))
  return counts.reduce((sum, count) => sum + count, 0)
}

const ELSEWHERE = { dueAtMs: null, leaseEndsAtMs: null, batch: null } as const

/** `page`: ids and scores by turns. */
async function attemptsOf(redis: Redis, keys: QueueKeys, place: WaitingPlace, ids: readonly string[], page: readonly string[]): Promise<AttemptRecord[]> {
  const [entries, troubles, fence] = await Promise.all([
    redis.hmget(keys.pairs, ...ids),
    redis.hmget(keys.troubles, ...ids),
    place === 'inFlight' ? redis.hget(keys.sequences, 'fence') : null,
  ])
  return ids.map((id, i) => {
    const score = Number(page[2 * i + 1])
    const stored = entries[i] ?? null
    return {
      id,
      entry: parseStoredEntry(id, stored),
      place: PLACE_NAMES[place],
      ...troublesIn(troubles[i] ?? null),
      ...ELSEWHERE,
      reason: null,
      failedAtMs: null,
      queuedAtMs: arrivalOf(stored),
      ...(place === 'delayed' && { dueAtMs: score }),
      ...(place === 'inFlight' && { leaseEndsAtMs: Math.floor(score / TOKENS_APART) * 1000, batch: batchOf(score, Number(fence)) }),
    }
  })
}

function troublesIn(stored: string | null): Pick<AttemptRecord, 'attempts' | 'refusals' | 'recoveries' | 'lastError' | 'epoch'> {
  const [, attempts = 0, refusals = 0, recoveries = 0, epoch, lastError] = TROUBLES.exec(stored ?? '') ?? []
  return {
    attempts: Number(attempts),
    refusals: Number(refusals),
    recoveries: Number(recoveries),
    lastError: lastError || null,
    epoch: Number(epoch ?? 0) || null,
  }
}
