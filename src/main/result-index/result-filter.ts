import { foldAddress } from '../../shared/pair'
import type { PairResult } from '../../shared/result'
import { figureOf, isWithin, RESULT_FIGURES, type Confidence, type ResultFigure, type ResultFilter } from '../../shared/results-query'

/** A bound on one figure. */
export interface FigureRange {
  readonly figure: ResultFigure
  readonly range: { readonly min?: number | undefined; readonly max?: number | undefined }
}

/** A filter, ready to be asked many times. */
export interface ReadyFilter {
  /** A part of the address as it is compared; null for any. */
  readonly wallet: string | null
  isTokenWanted: ((address: string, symbol: string | null) => boolean) | null
  isConfidenceWanted: ((confidence: string) => boolean) | null
  readonly ranges: readonly FigureRange[]
}

export function readyFilter({ wallet, token, confidence, ranges = {} }: ResultFilter): ReadyFilter {
  return {
    wallet: wallet ? foldAddress(wallet) : null,
    isTokenWanted: token ? tokenMatcher(token) : null,
    isConfidenceWanted: confidence ? (level) => confidence.includes(level as Confidence) : null, // looked for among them
    ranges: RESULT_FIGURES.flatMap((figure) => {
      const range = ranges[figure]
      return range && (range.min !== undefined || range.max !== undefined) ? [{ figure, range }] : []
    }),
  }
}

/** Whether a result is among those that the filter lets through. */
export function isWanted(filter: ReadyFilter, result: PairResult): boolean {
  return (
    (filter.wallet === null || foldAddress(String(result.wallet_address)).includes(filter.wallet)) &&
    (filter.isTokenWanted === null || filter.isTokenWanted(String(result.token_address), symbolOf(result))) &&
    (filter.isConfidenceWanted === null || filter.isConfidenceWanted(String(result.confidence))) &&
    filter.ranges.every(({ figure, range }) => isWithin(figureOf(figure, result[figure]), range))
  )
}

function symbolOf({ token_symbol: symbol }: PairResult): string | null {
  return symbol === null ? null : String(symbol)
}

function tokenMatcher(part: string): (address: string, symbol: string | null) => boolean {
  const address = foldAddress(part)
  const lowered = part.toLowerCase()
  return (candidate, symbol) => foldAddress(candidate).includes(address) || (symbol ?? '').toLowerCase().includes(lowered)
}
