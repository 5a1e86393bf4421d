import type { EpochRecord, SeriesPoint } from '../../shared/frames'
import { momentsOf, studentT90 } from './statistics'

/** One epoch of a comparison, over the time that is compared. */
export interface ComparedEpoch {
  readonly epoch: EpochRecord
  /** Pairs done per second. */
  readonly goodputPerSecond: number
  /** Of the requests that were answered, 0–1. */
  readonly refusedShare: number
}

/** The last two epochs, A before B. */
export type EpochComparison =
  | { readonly kind: 'too-few' }
  /** One of them has not worked for long enough: seconds so far, and seconds that it takes. */
  | { readonly kind: 'too-early'; readonly a: EpochRecord; readonly b: EpochRecord; readonly seconds: number; readonly needed: number }
  | {
      readonly kind: 'compared'
      readonly a: ComparedEpoch
      readonly b: ComparedEpoch
      /** Of each, the newest. */
      readonly seconds: number
      /** B's goodput against A's, as a share of A's, with the half width of the 90 % interval. */
      readonly change: number
      readonly margin: number
      /** Whether the interval leaves out nought. */
      readonly isMoreThanChance: boolean
    }

const BLOCK_SECONDS = 5
const LEAST_SECONDS = 3 * BLOCK_SECONDS
/** Of each epoch the first seconds still belong to the one before. */
const WARM_UP_SECONDS = 3
/** A longer silence is a pause, or an empty queue; the classic pacing's own pauses are shorter. */
const LONGEST_SILENCE_SECONDS = 15

/**
 * Compares over equal time, by Welch's test on the means of blocks (Welch, Biometrika 34, 1947). A is the last one before B that
 * lasted long enough.
 */
export function compareLastTwo(points: readonly SeriesPoint[], epochs: readonly EpochRecord[]): EpochComparison {
  const finished = epochs.filter((epoch) => epoch.finished > 0)
  const [before, b] = finished.slice(-2)
  if (before === undefined || b === undefined) return { kind: 'too-few' }
  const ofB = workedSeconds(points, b)
  const a = finished.slice(0, -1).findLast((epoch) => workedSeconds(points, epoch).length >= LEAST_SECONDS) ?? before
  const ofA = workedSeconds(points, a)
  const seconds = Math.min(ofA.length, ofB.length)
  if (seconds < LEAST_SECONDS) return { kind: 'too-early', a, b, seconds, needed: LEAST_SECONDS }
  const compared = Math.floor(seconds / BLOCK_SECONDS) * BLOCK_SECONDS
  const [lastOfA, lastOfB] = [ofA.slice(-compared), ofB.slice(-compared)]
  return { kind: 'compared', a: comparedOf(a, lastOfA), b: comparedOf(b, lastOfB), seconds: compared, ...differenceOf(blockMeans(lastOfA), blockMeans(lastOfB)) }
}

function differenceOf(a: readonly number[], b: readonly number[]): { change: number; margin: number; isMoreThanChance: boolean } {
  const [one, other] = [momentsOf(a), momentsOf(b)]
  const [varianceOfA, varianceOfB] = [one.variance / a.length, other.variance / b.length]
  const variance = varianceOfA + varianceOfB
  const degrees = variance === 0 ? 1 : variance ** 2 / (varianceOfA ** 2 / (a.length - 1) + varianceOfB ** 2 / (b.length - 1))
  const margin = studentT90(degrees) * Math.sqrt(variance)
  const difference = other.mean - one.mean
  const scale = one.mean > 0 ? one.mean : 1
  return { change: difference / scale, margin: margin / scale, isMoreThanChance: Math.abs(difference) > margin }
}

/** The seconds of an epoch that count, oldest first. */
function workedSeconds(points: readonly SeriesPoint[], { startedAtMs, endedAtMs }: EpochRecord): readonly SeriesPoint[] {
  const fromMs = startedAtMs + WARM_UP_SECONDS * 1000
  // The newest point still fills.
  const within = points.slice(0, -1).filter(({ atMs }) => atMs >= fromMs && atMs + 1000 <= (endedAtMs ?? Infinity))
  const worked: SeriesPoint[] = []
  let silence: SeriesPoint[] = []
  for (const point of within) {
    if (isSilent(point)) silence.push(point)
    else {
      if (silence.length <= LONGEST_SILENCE_SECONDS) worked.push(...silence)
      worked.push(point)
      silence = []
    }
  }
  return worked
}

function isSilent({ done, failed, rateLimited, requestsSent, inFlight }: SeriesPoint): boolean {
  return done + failed + rateLimited + requestsSent + inFlight === 0
}

function blockMeans(points: readonly SeriesPoint[]): number[] {
  return Array.from({ length: points.length / BLOCK_SECONDS }, (_, i) =>
    momentsOf(points.slice(i * BLOCK_SECONDS, (i + 1) * BLOCK_SECONDS).map(({ done }) => done)).mean,
  )
}

function comparedOf(epoch: EpochRecord, points: readonly SeriesPoint[]): ComparedEpoch {
  const sum = (field: 'done' | 'requestsAccepted' | 'requestsRefused') => points.reduce((total, point) => total + point[field], 0)
  const answered = sum('requestsAccepted') + sum('requestsRefused')
  return {
    epoch,
    goodputPerSecond: sum('done') / Math.max(1, points.length),
    refusedShare: answered === 0 ? 0 : sum('requestsRefused') / answered,
  }
}
