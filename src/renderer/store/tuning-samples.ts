import type { BatchRecord, EpochRecord, Gauges, SeriesPoint } from '../../shared/frames'
import type { Picture } from './picture'

type Pacing = Gauges['pacing']['kind']

/** What one batch size brought for a few seconds, or for one batch and the pause after it. */
export interface TuningSample {
  /** Unix ms, its end. */
  readonly atMs: number
  readonly size: number
  /** Pairs done per second. */
  readonly goodputPerSecond: number
  /** How long it lasted. */
  readonly seconds: number
  /** Of what was answered, 0–1: of the pairs of a batch under classic pacing, else of the requests. */
  readonly refusedShare: number
}

/** One sample of the rolling window lasts so many seconds. */
export const SAMPLE_SECONDS = 5
/** After a change of the size the pairs of the size before have to get through first. */
const WARM_UP_SECONDS = 3
/** More than the newest so many tell nothing new. */
const MOST_SAMPLES = 400

/**
 * The samples of one pacing, oldest first: under classic pacing one for each batch with its pause, under the rolling window one
 * for every few seconds of one size. Seconds in which something else than the size decides are left out: pauses, an empty queue,
 * the first seconds of a size, the second that still fills.
 */
export function samplesOf(picture: Pick<Picture, 'points' | 'batches' | 'epochs'>, pacing: Pacing): TuningSample[] {
  const epochs = picture.epochs.filter((epoch) => epoch.pacing === pacing)
  const samples = pacing === 'classic' ? ofBatches(picture.batches, epochs) : ofSeconds(picture.points, epochs)
  return samples.slice(-MOST_SAMPLES)
}

function ofBatches(batches: readonly BatchRecord[], epochs: readonly EpochRecord[]): TuningSample[] {
  const numbers = new Set(epochs.map(({ number }) => number))
  return batches.flatMap((batch) => {
    const { size, succeeded, rateLimited, untouched, startedAtMs, tookMs, waitMs } = batch
    const lastedMs = tookMs + waitMs
    if (!numbers.has(batch.epoch) || untouched > 0 || size === 0 || lastedMs <= 0) return []
    const goodputPerSecond = (succeeded * 1000) / lastedMs
    return [{ atMs: startedAtMs + lastedMs, size, goodputPerSecond, seconds: lastedMs / 1000, refusedShare: rateLimited / size }]
  })
}

function ofSeconds(points: readonly SeriesPoint[], epochs: readonly EpochRecord[]): TuningSample[] {
  const samples: TuningSample[] = []
  let stretch: SeriesPoint[] = []
  let heldSeconds = 0
  for (const [i, point] of points.slice(0, -1).entries()) {
    const before = points[i - 1]
    const isSameSize = before?.batchSize === point.batchSize && point.atMs - before.atMs === 1000
    heldSeconds = isSameSize && isWorking(point, epochs) ? heldSeconds + 1 : 0
    stretch = heldSeconds > WARM_UP_SECONDS ? [...stretch, point] : []
    if (stretch.length < SAMPLE_SECONDS) continue
    samples.push(sampleOf(stretch))
    stretch = []
  }
  return samples
}

/** A slot that is free for want of pairs says nothing of the size. */
function isWorking(point: SeriesPoint, epochs: readonly EpochRecord[]): boolean {
  const isFilled = point.ready > 0 && point.inFlight > 0
  return isFilled && epochs.some(({ startedAtMs, endedAtMs }) => startedAtMs <= point.atMs && point.atMs + 1000 <= (endedAtMs ?? Infinity))
}

function sampleOf(stretch: readonly SeriesPoint[]): TuningSample {
  const sum = (field: 'done' | 'requestsAccepted' | 'requestsRefused') => stretch.reduce((total, point) => total + point[field], 0)
  const answered = sum('requestsAccepted') + sum('requestsRefused')
  return {
    atMs: (stretch.at(-1)?.atMs ?? 0) + 1000,
    size: stretch[0]?.batchSize ?? 0,
    goodputPerSecond: sum('done') / stretch.length,
    seconds: stretch.length,
    refusedShare: answered === 0 ? 0 : sum('requestsRefused') / answered,
  }
}
