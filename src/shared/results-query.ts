import { z } from 'zod'
import { RESULT_COLUMNS, type PairResult, type ResultColumnName } from './result'

/** The figures of a result by which results are ordered. All are columns; text that means a number counts as that number. */
export const RESULT_FIGURES = [
  'total_pnl_usd',
  'realized_pnl_usd',
  'unrealized_pnl_usd',
  'win_rate',
  'total_trades',
  'total_volume_usd',
  'invested_usd',
  'average_hold_minutes',
  'analysis_ms',
  'requests',
  'epoch',
  'analyzed_at',
] as const satisfies readonly ResultColumnName[]
export type ResultFigure = (typeof RESULT_FIGURES)[number]

export const CONFIDENCES = ['high', 'medium', 'low'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** What can be drawn of a selection, as shares of its pairs by size. */
export const DISTRIBUTIONS = ['total_pnl_usd', 'win_rate', 'total_trades', 'average_hold_minutes'] as const satisfies readonly ResultFigure[]
export type Distribution = (typeof DISTRIBUTIONS)[number]

const bound = z.number().finite()
const range = z.strictObject({ min: bound.optional(), max: bound.optional() })
const addressPart = z.string().max(100)

/**
 * Which results. What is left out lets everything through; a figure that is not known is within no range. `analyzed_at` is
 * in Unix ms.
 */
export const resultFilterSchema = z.strictObject({
  /** A part of the wallet's address. */
  wallet: addressPart.optional(),
  /** A part of the token's address or, in any case, of its symbol. */
  token: addressPart.optional(),
  confidence: z.array(z.enum(CONFIDENCES)).max(CONFIDENCES.length).optional(),
  ranges: z.partialRecord(z.enum(RESULT_FIGURES), range).optional(),
})
export type ResultFilter = z.infer<typeof resultFilterSchema>

export const resultQuerySchema = z.strictObject({
  filter: resultFilterSchema,
  sort: z.strictObject({ by: z.enum(RESULT_FIGURES), descending: z.boolean() }),
  distribution: z.enum(DISTRIBUTIONS),
})
export type ResultQuery = z.infer<typeof resultQuerySchema>

/** Most rows that one look brings. */
export const MAX_RESULT_ROWS = 500

export const resultRowsSchema = z.strictObject({
  selection: z.number().int().nonnegative(),
  from: z.number().int().nonnegative(),
  count: z.number().int().min(1).max(MAX_RESULT_ROWS),
})
export type ResultRowsRequest = z.infer<typeof resultRowsSchema>

export const resultColumnsSchema = z
  .array(z.enum(RESULT_COLUMNS.map(({ name }) => name) as [ResultColumnName, ...ResultColumnName[]])) // a list that is not empty
  .min(1)
  .max(RESULT_COLUMNS.length)

export interface DistributionBin {
  /** From this on, null where it is open. */
  readonly from: number | null
  /** To below this, null where it is open. */
  readonly to: number | null
  readonly count: number
}

/** Figures over all results of a selection. Sums are of doubles with compensation: right to the cent for any real sum. */
export interface ResultTotals {
  readonly pairs: number
  readonly totalPnlUsd: number
  readonly realizedPnlUsd: number
  readonly volumeUsd: number
  readonly trades: number
  /** Pairs with a total above nought. */
  readonly profitable: number
  /** Null where there are none. */
  readonly medianPnlUsd: number | null
  readonly meanWinRate: number | null
}

/** What a query has found. Its rows are asked for by the number of the selection. */
export interface ResultSelection {
  readonly selection: number
  /** Rows that it has. */
  readonly matching: number
  /** Results that the totals and the filter know of, and how many there are. */
  readonly indexed: number
  readonly total: number
  readonly totals: ResultTotals
  readonly distribution: readonly DistributionBin[]
}

/** Null where the selection is not known any more: ask again. */
export type ResultRows = readonly PairResult[] | null

/** A result's figure as a number; NaN where it is not known. `analyzed_at` in Unix ms. */
export function figureOf(figure: ResultFigure, cell: PairResult[ResultColumnName] | undefined): number {
  if (cell === null || cell === undefined || typeof cell === 'boolean' || cell === '') return Number.NaN
  return figure === 'analyzed_at' ? Date.parse(String(cell)) : Number(cell)
}

/** Whether a figure is within a range; what is not known never is. */
export function isWithin(value: number, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: { readonly min?: number | undefined; readonly max?: number | undefined }): boolean {
  return value >= min && value <= max
}

/** Whether a filter lets everything through. */
export function isOpen({ wallet, token, confidence, ranges = {} }: ResultFilter): boolean {
  const isFree = Object.values(ranges).every((range) => range?.min === undefined && range?.max === undefined)
  return !wallet && !token && confidence === undefined && isFree
}
