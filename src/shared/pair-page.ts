/**
 * What the page of one pair shows beside its result. It is asked of the API anew, on demand: the queue keeps results, not
 * trades. Amounts are decimal text.
 */

/** Newest moves and matches that cross to the window; the counts tell of all. */
export const MAX_PAIR_ROWS = 1000
export const MAX_CURVE_POINTS = 500

/** A buy or a sell as it happened. */
export interface PairMove {
  readonly side: 'buy' | 'sell'
  /** Unix ms. */
  readonly atMs: number
  readonly quantity: string
  /** USD per token; null where no usable price is known. */
  readonly unitPriceUsd: string | null
}

/** A sell matched against the oldest open buy, in part or in whole. */
export interface PairMatch {
  readonly boughtAtMs: number
  readonly soldAtMs: number
  readonly quantity: string
  readonly buyPriceUsd: string
  readonly sellPriceUsd: string
  readonly profitUsd: string
}

/** Realized profit and loss up to a moment. A picture's precision: doubles. */
export interface CurvePoint {
  readonly atMs: number
  readonly realizedUsd: number
}

export type PairTrades =
  | {
      readonly kind: 'trades'
      /** Newest first, at most MAX_PAIR_ROWS of each. */
      readonly moves: readonly PairMove[]
      readonly matches: readonly PairMatch[]
      readonly moveCount: number
      readonly matchCount: number
      readonly curve: readonly CurvePoint[]
      /** Whether the history was cut at the transaction limit. */
      readonly truncated: boolean
      readonly requests: number
    }
  | { readonly kind: 'refused'; readonly message: string }

/** BirdEye's own figures for the pair, by weighted average cost. */
export type BirdeyeFigures =
  | {
      readonly kind: 'figures'
      readonly realizedPnlUsd: string | null
      readonly unrealizedPnlUsd: string | null
      readonly totalPnlUsd: string | null
      readonly investedUsd: string | null
    }
  /** The wallet was left out of the answer, which says nothing about it. */
  | { readonly kind: 'not-answered' }
  | { readonly kind: 'refused'; readonly message: string }
