import type { Redis } from 'ioredis'

/** How far a sorted set of ids by time has been read. */
export interface TimeCursor {
  /** Score of the last one read, as Redis spells it. */
  readonly score: string
  /** Those read at that score. */
  readonly ids: ReadonlySet<string>
}

export const FROM_THE_OLDEST: TimeCursor = { score: '-inf', ids: new Set() }

/**
 * Up to `limit` ids behind the cursor, oldest first, and the cursor behind them. By score, not by rank, so that nothing is
 * skipped when pairs leave the set meanwhile. None: there are no more, up to the score `until`.
 */
export async function idsAfter(
  redis: Redis,
  key: string,
  cursor: TimeCursor,
  limit: number,
  until = '+inf',
): Promise<{ readonly ids: readonly string[]; readonly cursor: TimeCursor }> {
  const page = await redis.zrangebyscore(key, cursor.score, until, 'WITHSCORES', 'LIMIT', 0, limit + cursor.ids.size)
  const found = page.flatMap((id, i) => (i % 2 === 0 ? [{ id, score: page[i + 1] ?? '' }] : []))
  const fresh = found.filter(({ id }) => !cursor.ids.has(id))
  const last = fresh.at(-1)
  if (last === undefined) return { ids: [], cursor }
  const atLast = found.filter(({ score }) => score === last.score).map(({ id }) => id)
  const seen = new Set(last.score === cursor.score ? [...cursor.ids, ...atLast] : atLast)
  return { ids: fresh.map(({ id }) => id), cursor: { score: last.score, ids: seen } }
}
