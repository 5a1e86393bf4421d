import type { PairResult, ResultColumnName } from '../../shared/result'
import type { ResultFilter, ResultQuery, ResultSelection } from '../../shared/results-query'

/** Rows that are asked for at once. */
export const PAGE_ROWS = 100
/** Pages that are kept: some thousand rows around what is on screen. */
const KEPT_PAGES = 40

/** What the results view shows and has asked for. */
export interface ResultsState {
  readonly query: ResultQuery
  /** What the last answered query found; null before the first answer. */
  readonly found: ResultSelection | null
  /** Pages of the rows of `found`, by their number, the last one asked for last. */
  readonly pages: ReadonlyMap<number, readonly PairResult[]>
  /** The query of `found`: another one than `query` while that is being answered. */
  readonly foundBy: ResultQuery | null
  readonly problem: string | null
  readonly columns: readonly ResultColumnName[]
}

export const DEFAULT_COLUMNS: readonly ResultColumnName[] = [
  'wallet_address',
  'token_symbol',
  'total_pnl_usd',
  'realized_pnl_usd',
  'win_rate',
  'total_trades',
  'total_volume_usd',
  'average_hold_minutes',
  'confidence',
  'analyzed_at',
]

export const NO_RESULTS: ResultsState = {
  query: { filter: {}, sort: { by: 'analyzed_at', descending: true }, distribution: 'total_pnl_usd' },
  found: null,
  pages: new Map(),
  foundBy: null,
  problem: null,
  columns: DEFAULT_COLUMNS,
}

/** The row at a place of the table; undefined while it is being fetched. */
export function rowAt({ pages }: ResultsState, index: number): PairResult | undefined {
  return pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS]
}

/** The pages that are needed to show these rows and are not there. */
export function missingPages({ pages, found }: ResultsState, first: number, last: number): number[] {
  const end = Math.min(last, (found?.matching ?? 0) - 1)
  const missing: number[] = []
  for (let page = Math.floor(Math.max(0, first) / PAGE_ROWS); page <= Math.floor(end / PAGE_ROWS); page++) {
    if (!pages.has(page)) missing.push(page)
  }
  return missing
}

export function withPage(pages: ResultsState['pages'], page: number, rows: readonly PairResult[]): ResultsState['pages'] {
  const kept = [...pages].filter(([known]) => known !== page).slice(1 - KEPT_PAGES)
  return new Map([...kept, [page, rows]])
}

/** The filter with one bound changed; undefined takes it away. */
export function withBound(filter: ResultFilter, figure: keyof NonNullable<ResultFilter['ranges']>, end: 'min' | 'max', value: number | undefined): ResultFilter {
  const { [end]: _gone, ...other } = filter.ranges?.[figure] ?? {}
  const range = value === undefined ? other : { ...other, [end]: value }
  const { [figure]: _before, ...ranges } = filter.ranges ?? {}
  const all = Object.keys(range).length === 0 ? ranges : { ...ranges, [figure]: range }
  const { ranges: _all, ...rest } = filter
  return Object.keys(all).length === 0 ? rest : { ...rest, ranges: all }
}

/** The filter with a text changed; an empty one takes it away. */
export function withText(filter: ResultFilter, field: 'wallet' | 'token', value: string): ResultFilter {
  const { [field]: _gone, ...rest } = filter
  const trimmed = value.trim()
  return trimmed === '' ? rest : { ...rest, [field]: trimmed }
}

/** How many conditions a filter has, texts left out. */
export function conditionCount({ ranges = {}, confidence }: ResultFilter): number {
  return Object.values(ranges).reduce((sum, range) => sum + (range?.min === undefined ? 0 : 1) + (range?.max === undefined ? 0 : 1), confidence === undefined ? 0 : 1)
}

/** A click on a column's head: by it, the largest first; once more turns it round. */
export function sortedBy({ by, descending }: ResultQuery['sort'], figure: ResultQuery['sort']['by']): ResultQuery['sort'] {
  return { by: figure, descending: by === figure ? !descending : true }
}
