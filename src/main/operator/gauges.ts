import type { Gauges, SeriesPoint } from '../../shared/frames'

/** Rates are means over this many seconds. */
const RATE_WINDOW_SECONDS = 30
/** The time left is judged from this many blocks of that many seconds. */
const ETA_BLOCKS = 6
const ETA_BLOCK_SECONDS = 10
/** Two-sided 90 % of a normal distribution. */
const Z_90 = 1.645

/** Means over the last whole seconds of the run; null before the first one is over. */
export function ratesOf(
  closed: readonly SeriesPoint[],
  runStartedAtMs: number | null,
): Pick<Gauges, 'goodputPerSecond' | 'acceptedPerSecond' | 'refusedShare'> {
  const seconds = runStartedAtMs === null ? [] : ofThisRun(closed, runStartedAtMs).slice(-RATE_WINDOW_SECONDS)
  if (seconds.length === 0) return { goodputPerSecond: null, acceptedPerSecond: null, refusedShare: null }
  const sum = (field: 'done' | 'requestsSent' | 'requestsAccepted' | 'requestsRefused') =>
    seconds.reduce((total, second) => total + second[field], 0)
  const answered = sum('requestsAccepted') + sum('requestsRefused')
  return {
    goodputPerSecond: sum('done') / seconds.length,
    acceptedPerSecond: sum('requestsAccepted') / seconds.length,
    refusedShare: answered === 0 ? null : sum('requestsRefused') / answered,
  }
}

function ofThisRun(closed: readonly SeriesPoint[], runStartedAtMs: number): readonly SeriesPoint[] {
  const first = closed.findIndex((second) => second.atMs >= Math.floor(runStartedAtMs / 1000) * 1000)
  return first < 0 ? [] : closed.slice(first)
}

/**
 * Seconds until `remaining` pairs are finished, as a range: the 90 % interval of the mean pace over the last minute, from
 * ten-second blocks. Null before three blocks are whole, or while nothing gets finished.
 */
export function etaOf(
  closed: readonly SeriesPoint[],
  runStartedAtMs: number | null,
  remaining: number,
): Gauges['etaSeconds'] {
  if (runStartedAtMs === null) return null
  const paces = blockPaces(ofThisRun(closed, runStartedAtMs))
  if (paces.length < 3) return null
  const mean = paces.reduce((total, pace) => total + pace, 0) / paces.length
  if (mean <= 0) return null
  const variance = paces.reduce((total, pace) => total + (pace - mean) ** 2, 0) / (paces.length - 1)
  const margin = Z_90 * Math.sqrt(variance / paces.length)
  return {
    low: remaining / (mean + margin),
    // A pace that may be nought gives no upper bound; a quarter of the mean keeps the range a finite warning.
    high: remaining / Math.max(mean - margin, mean / 4),
  }
}

/** Pairs finished per second, done or failed, by whole blocks from the newest backwards. */
function blockPaces(seconds: readonly SeriesPoint[]): number[] {
  const blocks = Math.min(ETA_BLOCKS, Math.floor(seconds.length / ETA_BLOCK_SECONDS))
  return Array.from({ length: blocks }, (_, block) => {
    const end = seconds.length - block * ETA_BLOCK_SECONDS
    const part = seconds.slice(end - ETA_BLOCK_SECONDS, end)
    return part.reduce((total, second) => total + second.done + second.failed, 0) / ETA_BLOCK_SECONDS
  })
}

/** The value that a share `quantile` of the numbers does not exceed (nearest rank); null of none. */
export function quantileOf(numbers: readonly number[], quantile: number): number | null {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? null
}
