/** A value and how much it counts. */
export interface Weighted {
  readonly value: number
  readonly weight: number
}

/** Two-sided 90 % of a normal distribution. */
export const Z_90 = 1.645
/** The middle half of a normal distribution's deviations is this much narrower than its standard deviation. */
const MAD_TO_DEVIATION = 1.4826

/** The value that half of the weight does not exceed; between two values where they share the middle. Null of none. */
export function weightedMedian(items: readonly Weighted[]): number | null {
  const sorted = items.filter(({ weight }) => weight > 0).sort((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let below = 0
  for (const [i, { value, weight }] of sorted.entries()) {
    below += weight
    const next = sorted[i + 1]
    if (next && Math.abs(below - half) < half * 1e-9) return (value + next.value) / 2
    if (below > half) return value
  }
  return null
}

/** The standard deviation by the median of the deviations from `middle`: a few wild values do not move it. */
export function robustDeviation(items: readonly Weighted[], middle: number): number {
  const deviations = items.map(({ value, weight }) => ({ value: Math.abs(value - middle), weight }))
  return (weightedMedian(deviations) ?? 0) * MAD_TO_DEVIATION
}

/** How many equal weights tell as much as these (Kish, Survey Sampling, 1965). */
export function effectiveCount(items: readonly Weighted[]): number {
  const sum = items.reduce((total, { weight }) => total + weight, 0)
  const squares = items.reduce((total, { weight }) => total + weight * weight, 0)
  return squares === 0 ? 0 : (sum * sum) / squares
}

/** Two-sided 90 % of Student's distribution, by Fisher's and Cornish's series: within 2 % from two degrees of freedom on. */
export function studentT90(degrees: number): number {
  const v = Math.max(1, degrees)
  return Z_90 + 1.524 / v + 1.42 / v ** 2 + 0.984 / v ** 3
}

/** Mean and variance of numbers; the variance of fewer than two is 0. */
export function momentsOf(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, variance: values.length < 2 ? 0 : squares / (values.length - 1) }
}
