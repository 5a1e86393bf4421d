import type { Redis } from 'ioredis'
import type { PairResult, ResultColumnName } from '../../shared/result'
import { idsAfter, type TimeCursor } from './ids-by-time'
import type { QueueKeys } from './keys'
import { readLayout, unpackCells, unpackResult, type KnownLayouts } from './stored-result'

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
  async after(cursor: TimeCursor, limit: number): Promise<{ readonly cells: readonly CellOf[]; readonly cursor: TimeCursor; readonly read: number }> {
    const page = await idsAfter(this.redis, this.keys.done, cursor, limit)
    const stored = await this.#stored(page.ids)
    const cells = stored.flatMap((result, i) => (result === null ? [] : [this.#cellsOf(page.ids[i] ?? '', result)]))
    return { cells, cursor: page.cursor, read: page.ids.length }
  }

  /** Results by their place in time, the oldest at 0, in that order. */
  async byRank(from: number, count: number): Promise<PairResult[]> {
    return this.byIds(await this.redis.zrange(this.keys.done, from, String(from + count - 1)))
  }

  /** The results of these pairs, in their order; those that have none are left out. */
  async byIds(ids: readonly string[]): Promise<PairResult[]> {
    const stored = await this.#stored(ids)
    return stored.flatMap((result, i) => (result === null ? [] : [unpackResult(ids[i] ?? '', result, this.#layouts)]))
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

  #cellsOf(id: string, stored: string): CellOf {
    const { columns, values } = unpackCells(id, stored, this.#layouts)
    const places = placesOf(columns)
    return (column) => values[places.get(column) ?? -1] ?? null
  }

  async #readLayouts(): Promise<void> {
    const stored = Object.entries(await this.redis.hgetall(this.keys.layouts))
    this.#layouts = new Map(stored.map(([name, columns]) => [name, readLayout(columns)]))
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
