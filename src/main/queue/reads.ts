import type { Redis } from 'ioredis'
import { z } from 'zod'
import { FAILURE_REASONS } from '../../shared/failures'
import type { BatchRecord, EpochRecord, ExportKind } from '../../shared/frames'
import type { PairEntry } from '../../shared/pair'
import type { PairResult } from '../../shared/result'
import type { FailureReason } from '../engine/ports'
import { attemptOfFailure, countOfAttempts, waitingAttempts, type AttemptRecord } from './attempts'
import { FROM_THE_OLDEST, idsAfter } from './ids-by-time'
import { pairPattern, type PairFilter } from './pair-pattern'
import type { QueueKeys } from './keys'
import { ResultPages } from './result-pages'
import { parseStoredEntry } from './stored-entry'

/** Items that one look at Redis brings. */
const PAGE = 1000

/** A pair that failed, with why and what it went through. */
export interface FailureRecord {
  readonly id: string
  readonly entry: PairEntry
  readonly reason: FailureReason
  readonly message: string
  readonly attempts: number
  readonly refusals: number
  readonly recoveries: number
  /** Unix ms. */
  readonly failedAtMs: number
  /** Number of the epoch in which it failed; left out where it is not known. */
  readonly epoch?: number | undefined
}

const storedFailure = z.object({
  reason: z.enum(FAILURE_REASONS),
  message: z.string(),
  attempts: z.number(),
  refusals: z.number(),
  recoveries: z.number(),
  failedAtMs: z.number(),
  epoch: z.number().optional(),
})

/** Reading through what the queue keeps, page by page: memory does not grow with its length. */
export class QueueReader {
  readonly #results: ResultPages

  constructor(
    private readonly redis: Redis,
    private readonly keys: QueueKeys,
  ) {
    this.#results = new ResultPages(redis, keys)
  }

  /**
   * Every result, oldest first, of the pairs that are done when it begins: those that are done again meanwhile would come
   * twice. A pair that is put back for another analysis before its turn is done no longer, and is left out.
   */
  async *results(): AsyncGenerator<PairResult> {
    const [newest] = (await this.redis.zrevrange(this.keys.done, 0, 0, 'WITHSCORES')).slice(1)
    if (newest === undefined) return
    // A pair that is analysed again keeps its result meanwhile.
    for await (const ids of this.#idsByTime(this.keys.done, newest)) yield* await this.#results.byIds(ids)
  }

  /** Every failed pair, oldest first. */
  async *failures(): AsyncGenerator<FailureRecord> {
    for await (const ids of this.#idsByTime(this.keys.failed)) {
      yield* await this.failuresOf(ids)
    }
  }

  /** The failures of these pairs, in their order; those that were put back meanwhile are left out. */
  async failuresOf(ids: readonly string[]): Promise<FailureRecord[]> {
    if (ids.length === 0) return []
    const [failures, entries] = await Promise.all([
      this.redis.hmget(this.keys.failures, ...ids),
      this.redis.hmget(this.keys.pairs, ...ids),
    ])
    return ids.flatMap((id, i) => {
      const failure = failures[i]
      if (failure == null) return []
      return [{ id, entry: parseStoredEntry(id, entries[i] ?? null), ...storedFailure.parse(JSON.parse(failure)) }]
    })
  }

  /**
   * The ids of the pairs that wait, delayed or ready, and that the filter lets through, page by page. What
   * moves meanwhile is named once more at worst: delayed pairs become ready ones, never the other way without being worked.
   */
  async *waiting(filter: PairFilter): AsyncGenerator<string[]> {
    const pattern = pairPattern(filter)
    for (const key of [this.keys.delayed, this.keys.ready]) {
      let cursor = '0'
      do {
        const [next, found] = await this.redis.zscan(key, cursor, 'MATCH', pattern, 'COUNT', PAGE)
        cursor = next
        if (found.length > 0) yield found.filter((_, i) => i % 2 === 0)
      } while (cursor !== '0')
    }
  }

  /** The priorities of these pairs, in their order. */
  async prioritiesOf(ids: readonly string[]): Promise<number[]> {
    if (ids.length === 0) return []
    const entries = await this.redis.hmget(this.keys.pairs, ...ids)
    return ids.map((id, i) => parseStoredEntry(id, entries[i] ?? null).priority ?? 0)
  }

  /** Which of these pairs the queue knows, in any place, in order. */
  async known(ids: readonly string[]): Promise<boolean[]> {
    const asked = this.redis.pipeline()
    for (const id of ids) asked.hexists(this.keys.pairs, id)
    const answers = (await asked.exec()) ?? []
    return answers.map(([error, isKnown]) => {
      if (error) throw error
      return isKnown === 1
    })
  }

  /** The batches that are kept, oldest first. */
  async *batches(): AsyncGenerator<BatchRecord> {
    // In one look: the list is bounded, and pages of it would shift as new batches push old ones out.
    const kept = await this.redis.lrange(this.keys.batches, 0, -1)
    for (const batch of kept.reverse()) yield JSON.parse(batch) as BatchRecord // written by settle
  }

  /** The newest batches, newest first. */
  async recentBatches(count: number): Promise<BatchRecord[]> {
    const page = await this.redis.lrange(this.keys.batches, 0, count - 1)
    return page.map((batch) => JSON.parse(batch) as BatchRecord) // written by settle
  }

  /** The ended epochs that are kept, oldest first. */
  async *epochs(): AsyncGenerator<EpochRecord> {
    const kept = await this.redis.lrange(this.keys.epochs, 0, -1)
    for (const epoch of kept.reverse()) yield JSON.parse(epoch) as EpochRecord // written by saveEpoch
  }

  async count(kind: ExportKind): Promise<number> {
    if (kind === 'batches' || kind === 'epochs') return this.redis.llen(this.keys[kind])
    if (kind === 'attempts') return countOfAttempts(this.redis, this.keys)
    return this.redis.zcard(kind === 'results' ? this.keys.done : this.keys.failed)
  }

  /** Every pair that is not done, in its place as it is seen, and what it has been through: some of those that move meanwhile twice. */
  async *attempts(): AsyncGenerator<AttemptRecord> {
    yield* waitingAttempts(this.redis, this.keys)
    for await (const failure of this.failures()) yield attemptOfFailure(failure)
    // What went back into the line behind the reader's back.
    yield* waitingAttempts(this.redis, this.keys, ['ready'])
  }

  /** How many pairs were done within the last `seconds`, by the Redis server's clock. */
  async doneWithin(seconds: number): Promise<number> {
    const [unixSeconds] = await this.redis.time()
    return this.redis.zcount(this.keys.done, (Number(unixSeconds) - seconds) * 1000, '+inf')
  }

  async *#idsByTime(key: string, until?: string): AsyncGenerator<readonly string[]> {
    let cursor = FROM_THE_OLDEST
    for (;;) {
      const page = await idsAfter(this.redis, key, cursor, PAGE, until)
      if (page.ids.length === 0) return
      yield page.ids
      cursor = page.cursor
    }
  }
}
