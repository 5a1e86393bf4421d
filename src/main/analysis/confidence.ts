import { type Decimal, quantityText } from './decimal'

interface Evidence {
  readonly truncated: boolean
  readonly maxTransactions: number
  /** Buys and sells that were found. */
  readonly moves: number
  readonly soldQuantity: Decimal
  readonly unmatchedQuantity: Decimal
  readonly missingPrices: number
  /** Swaps that could not be read, and may have been of the token. */
  readonly unreadable: number
}

interface Confidence {
  readonly level: 'high' | 'medium' | 'low'
  /** What lowers it, null when nothing does. */
  readonly reason: string | null
}

/** A gap up to this share of the sold quantity, or of the swaps, leaves a result at medium. */
const SMALL_SHARE = 0.1

/**
 * How far a result can be trusted.
 * - high: the whole history was read, and each sell has its buy, each swap its price.
 * - low: more than a tenth of the sold quantity has no known buy, or more than a tenth of the swaps no price or no
 *   readable content; or the history was cut and a buy is missing, or nothing of the token was found before the cut.
 * - medium: everything between.
 */
export function judgeConfidence(evidence: Evidence): Confidence {
  const { truncated, moves, soldQuantity, unmatchedQuantity, missingPrices, unreadable } = evidence
  const reasons = reasonsOf(evidence)
  if (reasons.length === 0) return { level: 'high', reason: null }
  const isLow =
    (truncated && (moves === 0 || !unmatchedQuantity.isZero())) ||
    unmatchedQuantity.isGreaterThan(soldQuantity.times(SMALL_SHARE)) ||
    missingPrices + unreadable > (moves + unreadable) * SMALL_SHARE
  return { level: isLow ? 'low' : 'medium', reason: reasons.join('; ') }
}

function reasonsOf(evidence: Evidence): string[] {
  const { truncated, maxTransactions, moves, unmatchedQuantity, missingPrices, unreadable } = evidence
  const reasons: string[] = []
  if (truncated)
    reasons.push(`the history was not read to its end (limit ${maxTransactions}, [birdeye] max_transactions)`)
  if (!unmatchedQuantity.isZero())
    reasons.push(`${quantityText(unmatchedQuantity)} tokens were sold without a known buy`)
  if (missingPrices > 0) reasons.push(`${missingPrices} of ${moves} swaps have no usable price`)
  if (unreadable > 0) reasons.push(`${unreadable} ${unreadable === 1 ? 'swap' : 'swaps'} could not be read`)
  return reasons
}
