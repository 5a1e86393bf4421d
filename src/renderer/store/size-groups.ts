import { effectiveCount, robustDeviation, weightedMedian, type Weighted } from './statistics'
import type { TuningSample } from './tuning-samples'

/** All samples of one batch size, as one. */
export interface SizeGroup {
  readonly size: number
  readonly samples: number
  /** Pairs done per second, and its standard error. */
  readonly goodputPerSecond: number
  readonly standardError: number
  /** 0–1, without the worst fifth of the samples: one episode of refusals is no habit. */
  readonly refusedShare: number
}

export interface GroupingOptions {
  /**
   * Whether samples that are far off say nothing of the size, as while a quota is being learned. Under classic pacing the long
   * pauses belong to the size that brought them about: there nothing is far off.
   */
  readonly dropsOutliers: boolean
}

/** A sample counts half as much as one that is so much newer: quotas change. */
const HALF_LIFE_MS = 600_000
const FAR_OFF_DEVIATIONS = 4
/** No measurement here is better than this, as a share: samples that follow each other are not independent. */
const LEAST_ERROR_SHARE = 0.01
/** The share by which samples of a size differ where there are too few to tell. */
const ASSUMED_SPREAD = 0.1
/** A group's own spread is trusted as if the common one had been seen so many times besides. */
const COMMON_SPREAD_COUNTS = 4

/** The groups, by rising size. Only sizes that brought anything can be told apart from an outage. */
export function groupBySize(samples: readonly TuningSample[], options: GroupingOptions): SizeGroup[] {
  const newestMs = Math.max(0, ...samples.map(({ atMs }) => atMs))
  const bySize = new Map<number, TuningSample[]>()
  for (const sample of samples) bySize.set(sample.size, [...(bySize.get(sample.size) ?? []), sample])
  const measured = [...bySize]
    .sort(([a], [b]) => a - b)
    .flatMap(([size, ofSize]) => measure(size, ofSize, newestMs, options) ?? [])
  const common = commonSpread(measured)
  return measured.map((group) => ({
    size: group.size,
    samples: group.samples,
    goodputPerSecond: group.mean,
    standardError: errorOf(group, common),
    refusedShare: group.refusedShare,
  }))
}

interface Measured {
  readonly size: number
  readonly samples: number
  readonly mean: number
  /** Standard deviation as a share of the mean. */
  readonly spread: number
  readonly count: number
  readonly refusedShare: number
}

function measure(size: number, samples: readonly TuningSample[], newestMs: number, options: GroupingOptions): Measured | null {
  const all = samples.map((sample) => ({
    value: sample.goodputPerSecond,
    weight: sample.seconds * 2 ** ((sample.atMs - newestMs) / HALF_LIFE_MS),
  }))
  const kept = options.dropsOutliers ? withoutOutliers(all) : all
  const weight = kept.reduce((sum, item) => sum + item.weight, 0)
  const mean = kept.reduce((sum, item) => sum + item.value * item.weight, 0) / weight
  if (!(mean > 0)) return null
  const variance = kept.reduce((sum, item) => sum + item.weight * (item.value - mean) ** 2, 0) / weight
  return {
    size,
    samples: samples.length,
    mean,
    spread: Math.sqrt(variance) / mean,
    count: effectiveCount(kept),
    refusedShare: usualShare(samples),
  }
}

function withoutOutliers(items: readonly Weighted[]): readonly Weighted[] {
  const middle = weightedMedian(items) ?? 0
  const deviation = Math.max(robustDeviation(items, middle), middle * 2 * LEAST_ERROR_SHARE)
  return items.filter(({ value }) => Math.abs(value - middle) <= FAR_OFF_DEVIATIONS * deviation)
}

function usualShare(samples: readonly TuningSample[]): number {
  const shares = samples.map(({ refusedShare }) => refusedShare).sort((a, b) => a - b)
  const usual = shares.slice(0, Math.ceil(shares.length * 0.8))
  return usual.reduce((sum, share) => sum + share, 0) / Math.max(1, usual.length)
}

function commonSpread(groups: readonly Measured[]): number {
  const telling = groups.filter(({ count }) => count >= 3)
  const counts = telling.reduce((sum, { count }) => sum + count, 0)
  if (counts === 0) return ASSUMED_SPREAD
  return Math.sqrt(telling.reduce((sum, { count, spread }) => sum + count * spread ** 2, 0) / counts)
}

function errorOf({ mean, spread, count }: Measured, common: number): number {
  const variance = (count * spread ** 2 + COMMON_SPREAD_COUNTS * common ** 2) / (count + COMMON_SPREAD_COUNTS)
  return mean * Math.max(LEAST_ERROR_SHARE, Math.sqrt(variance / count))
}
