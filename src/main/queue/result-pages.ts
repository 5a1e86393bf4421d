import type { Redis } from 'ioredis'
import type { PairResult, ResultColumnName } from '../../shared/result'
import type { QueueKeys } from './keys'
import { unpackCells, unpackResult, type KnownLayouts } from './stored-result'

/** How far results have been read, in the order in which they were done. */
export interface ResultCursor {
  /** Score of the last one read, as Redis spells it. */
  readonly score: string
  /** Those read at that score. */
  readonly ids: ReadonlySet<string>
}

export const FIRST_RESULT: ResultCursor = { score: '-inf', ids: new Set() }

/** Reads a column of one result. */
export type CellOf = (column: ResultColumnName) => PairResult[ResultColumnName]

/** Reads results page by page: by time, from where one left off; by rank; by id. */
export class ResultPages {
  #layouts: KnownLayouts = new Map()

  constructor(
    private readonly redis: Redis,
    private readonly keys: QueueKeys,
  ) {}

  count(): Promise<number> {
    return this.redis.zcard(this.keys.done)
  }

  /** Up to `limit` results that were done after the cursor, oldest first, and the cursor behind them. None: there are no more. */
  async after(cursor: ResultCursor, limit: number): Promise<{ readonly cells: readonly CellOf[]; readonly cursor: ResultCursor; readonly read: number }> {
    const page = await this.redis.zrangebyscore(this.keys.done, cursor.score, '+inf', 'WITHSCORES', 'LIMIT', 0, limit + cursor.ids.size)
    const found = page.flatMap((id, i) => (i % 2 === 0 ? [{ id, score: page[i + 1] ?? '' }] : []))
    const fresh = found.filter(({ id }) => !cursor.ids.has(id))
    const last = fresh.at(-1)
    if (last === undefined) return { cells: [], cursor, read: 0 }
    const atLast = found.filter(({ score }) => score === last.score).map(({ id }) => id)
    const ids = new Set(last.score === cursor.score ? [...cursor.ids, ...atLast] : atLast)
    const cells = (await this.#stored(fresh.map(({ id }) => id))).flatMap((stored) => (stored === null ? [] : [this.#cellsOf(stored)]))
    return { cells, cursor: { score: last.score, ids }, read: fresh.length }
  }

  /** Results by their place in time, the oldest at 0, in that order. */
  async byRank(from: number, count: number): Promise<PairResult[]> {
    return this.byIds(await this.redis.zrange(this.keys.done, from, String(from + count - 1)))
  }

  /** The results of these pairs, in their order; those that have none are left out. */
  async byIds(ids: readonly string[]): Promise<PairResult[]> {
    const stored = await this.#stored(ids)
    return stored.flatMap((result) => (result === null ? [] : [unpackResult(result, this.#layouts)]))
  }

  async #stored(ids: readonly string[]): Promise<readonly (string | null)[]> {
    if (ids.length === 0) return []
    const stored = await this.redis.hmget(this.keys.results, ...ids)
    if (stored.some((result) => result !== null && !this.#isKnown(result))) await this.#readLayouts()
    return stored
  }

  #isKnown(stored: string): boolean {
    return stored.startsWith('{') || this.#layouts.has(stored.slice(0, stored.indexOf(' ')))
  }

  #cellsOf(stored: string): CellOf {
    const { columns, values } = unpackCells(stored, this.#layouts)
    const places = placesOf(columns)
    return (column) => values[places.get(column) ?? -1] ?? null
  }

  async #readLayouts(): Promise<void> {
    const stored = Object.entries(await this.redis.hgetall(this.keys.layouts))
    this.#layouts = new Map(stored.map(([name, columns]) => [name, JSON.parse(columns) as string[]])) // written by settle
  }
}

const PLACES = new WeakMap<readonly string[], ReadonlyMap<string, number>>()

/** A layout's places are worked out once, not for each result. */
function placesOf(columns: readonly string[]): ReadonlyMap<string, number> {
  const known = PLACES.get(columns)
  if (known) return known
  const places = new Map(columns.map((name, i) => [name, i]))
  PLACES.set(columns, places)
  return places
}
