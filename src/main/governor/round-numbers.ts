/**
 * Quotas are made by people, and people like round numbers: 15 a second, 1000 a minute. A measurement that leaves room
 * for one very round number and for many odd ones most likely saw the round one. What is believed here is verified
 * afterwards by every answer, so a wrong belief costs time, not correctness.
 */

/** Steps between round numbers up to each bound. */
const PER_SECOND_STEPS: readonly (readonly [below: number, step: number])[] = [
  [10, 1],
  [50, 5],
  [200, 10],
  [1000, 50],
  [Infinity, 500],
]
const PER_MINUTE_STEPS: readonly (readonly [below: number, step: number])[] = [
  [60, 10],
  [300, 30],
  [1000, 100],
  [10_000, 500],
  [Infinity, 5000],
]

/** The windows that quotas are given in. */
export const COMMON_WINDOWS_MS: readonly number[] = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 86_400,
].map((seconds) => seconds * 1000)

/** The round rate within the bounds that is next to `near`, requests per second; null when they hold none. */
export function roundestRate(low: number, high: number, near: number): number | null {
  return (
    roundWithin(low, high, near, PER_SECOND_STEPS) ??
    perSecond(roundWithin(low * 60, high * 60, near * 60, PER_MINUTE_STEPS))
  )
}

/** The roundest count of requests within the bounds: of several the one in their middle, or the highest; null when they hold none. */
export function roundestCount(low: number, high: number, of: 'middle' | 'highest' = 'middle'): number | null {
  for (let step = 10 ** Math.floor(Math.log10(Math.max(1, high))); step >= 1; step /= 10) {
    for (const part of [step, step / 2]) {
      const count = (of === 'middle' ? Math.round((low + high) / 2 / part) : Math.floor(high / part)) * part
      if (count >= low && count <= high && Number.isInteger(count)) return count
    }
  }
  return null
}

function roundWithin(
  low: number,
  high: number,
  near: number,
  steps: readonly (readonly [below: number, step: number])[],
): number | null {
  const [, step = 1] = steps.find(([below]) => near < below) ?? []
  const nearest = Math.round(near / step) * step
  const inBounds = [nearest, nearest + step].find((rate) => rate > 0 && rate >= low && rate <= high)
  return inBounds ?? null
}

function perSecond(perMinute: number | null): number | null {
  return perMinute === null ? null : perMinute / 60
}
