import type { Observations } from './observations'
import { roundestCount, roundestRate } from './round-numbers'

/** How much too fast a measurement asks. */
export const OVERLOAD = 1.15
const LONGEST_MEASURE_MS = 20_000
/** Requests per second that a sliding window of a second costs: what it gives back waits for the next request. */
const LOST_AT_TURNS = 1
const LEAST_MEASURE_MS = 3000
const NEAR_SHARE = 0.2
/** Between such bounds a gap is known: those on both sides of a round number that were tried are. */
const GAP_KNOWN = 1.0125

/** What came of asking a little too fast. */
export type FineVerdict =
  | { readonly kind: 'too-early' }
  | { readonly kind: 'nothing-refused' }
  | { readonly kind: 'measured'; readonly quota: number; readonly uncertainty: number }

/**
 * What was delivered among the requests sent in [fromMs, settledMs), all of them answered. A round number within the error
 * is believed, unless it is the one that was refuted; so is one a request per second above, because the slots of a steady
 * sender hardly ever fall just where a sliding window has room again.
 */
export function fineVerdict(observations: Observations, fromMs: number, settledMs: number, refuted: number | null): FineVerdict {
  const spentMs = settledMs - fromMs
  const isTooLong = spentMs > LONGEST_MEASURE_MS
  const delivery = observations.delivery(fromMs, settledMs)
  if (delivery === null) {
    const seen = observations.between(fromMs, settledMs)
    const isEnough = spentMs > LEAST_MEASURE_MS && seen.length * (OVERLOAD - 1) > 3
    if (isEnough && seen.every(({ accepted }) => accepted)) return { kind: 'nothing-refused' }
    const mean = (observations.acceptedBetween(fromMs, settledMs) * 1000) / spentMs
    return isTooLong ? { kind: 'measured', quota: mean, uncertainty: 0.1 } : { kind: 'too-early' }
  }
  const { accepted, spanMs } = delivery
  const delivered = (accepted * 1000) / spanMs
  const uncertainty = 1.2 / accepted
  const round = roundestRate(delivered * (1 - uncertainty), delivered * (1 + uncertainty) + LOST_AT_TURNS, delivered)
  const isSure = isTooLong || (accepted >= 30 && spanMs >= LEAST_MEASURE_MS)
  const isBelieved = round !== null && round !== refuted
  if (isBelieved) return isSure ? { kind: 'measured', quota: round, uncertainty } : { kind: 'too-early' }
  return uncertainty < 0.01 || isTooLong ? { kind: 'measured', quota: delivered, uncertainty } : { kind: 'too-early' }
}

/**
 * What was accepted between two moments at which a bucket was empty is what its quota gave, to within one request: the
 * quota that explains it, where `believed` is too low for it; else `believed`. Rates are per second.
 */
export function atLeast(believed: number, accepted: number, spanMs: number): number {
  const delivered = (accepted * 1000) / spanMs
  const uncertainty = 1.2 / accepted
  if (delivered * (1 - uncertainty) <= believed) return believed
  return roundestRate(delivered * (1 - uncertainty), delivered * (1 + uncertainty), delivered) ?? delivered
}

/**
 * The rate of a limit of which the API told the requests but not the window: so many a second, where that fits what is
 * delivered. A longer window is measured: an API that minds gaps, or is silent for a moment whenever it refuses, delivers
 * about half of its quota when it is asked too fast, just as a window of two seconds does.
 */
export function toldRateNear(requests: number | null, delivered: number): number | null {
  return requests !== null && Math.abs(requests - delivered) <= NEAR_SHARE * requests ? requests : null
}

/**
 * The next rate to try between one that is accepted and one that is refused, both per second: just beside a round number
 * where there is one between them, else the middle.
 */
export function gapStep(
  low: number,
  high: number,
): { readonly kind: 'found'; readonly quota: number; readonly uncertainty: number } | { readonly kind: 'try'; readonly target: number } {
  if (high / low < GAP_KNOWN) {
    return { kind: 'found', quota: roundestRate(low * 0.995, high, low) ?? low, uncertainty: high / low - 1 }
  }
  // A gap that is just longer than that of a round number most likely is that number's.
  const above = roundestCount(low * 1.001, low * 1.012)
  if (above !== null && high / above > 1.01) return { kind: 'try', target: above * 1.007 }
  const middle = Math.sqrt(low * high)
  const round = roundestCount(low * 1.012, high * 0.99) ?? roundestRate(low, high, middle)
  if (round !== null && round / low > 1.01) return { kind: 'try', target: round * 0.995 }
  return { kind: 'try', target: round !== null && high / round > 1.01 ? round * 1.007 : middle }
}
