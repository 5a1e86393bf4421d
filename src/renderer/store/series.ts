import type { SeriesPoint } from '../../shared/frames'
import { firstIndexFrom } from './merge'
import type { TimeWindow } from './ranges'

/** One bin of time, as all charts draw it. A bin without any data is null throughout: a gap, not a nought. */
export interface ChartRow {
  /** Unix ms, the middle of the bin. */
  readonly atMs: number
  readonly fromMs: number
  readonly toMs: number
  /** Pairs per second, means over the window's `meanMs` up to the bin's end. */
  readonly done: number | null
  readonly rateLimited: number | null
  readonly transient: number | null
  readonly failed: number | null
  /** Requests that were refused in the bin. */
  readonly refused: number | null
  /** Pairs that ended in a transient error in the bin and are tried again later. */
  readonly retried: number | null
  /** Pairs, means over the bin. */
  readonly ready: number | null
  readonly delayed: number | null
  /** Pairs, the mean over the window's `meanMs`: one look a second falls on a full batch or on the pause after it. */
  readonly inFlight: number | null
  /** As it stood at the bin's end. */
  readonly batchSize: number | null
  readonly batchSizeAsked: number | null
  /** Age in ms of the oldest waiting pair at the bin's end. */
  readonly oldestReadyMs: number | null
  /** Requests per second that were let through, at the bin's end. */
  readonly permittedPerSecond: number | null
  /** Time of the pairs done in the bin, ms: the mean of the seconds' medians, and the highest of their 95th percentiles. */
  readonly pairMsP50: number | null
  readonly pairMsP95: number | null
}

/** Whether there is anything to be seen in a chart of the outcomes: a line along the ground is nothing. */
export function hasOutcomes(rows: readonly ChartRow[]): boolean {
  return rows.some(({ done, rateLimited, transient, failed }) => (done ?? 0) + (rateLimited ?? 0) + (transient ?? 0) + (failed ?? 0) > 0)
}

type CountField = 'done' | 'rateLimited' | 'transient' | 'failed' | 'requestsRefused' | 'ready' | 'delayed' | 'inFlight'

/** The bins of a window, oldest first, from the first one that has data. `points` ascend by time. */
export function rowsOf(points: readonly SeriesPoint[], window: TimeWindow): ChartRow[] {
  const rows: ChartRow[] = []
  for (let fromMs = window.fromMs; fromMs < window.toMs; fromMs += window.stepMs) {
    const toMs = fromMs + window.stepMs
    const bin = between(points, fromMs, toMs)
    if (bin.length === 0 && rows.length === 0) continue
    rows.push(rowOf(bin, between(points, toMs - window.meanMs, toMs), fromMs, toMs))
  }
  return rows
}

function rowOf(bin: readonly SeriesPoint[], smoothed: readonly SeriesPoint[], fromMs: number, toMs: number): ChartRow {
  const has = bin.length > 0
  const smooth = (field: CountField) => (has ? meanOf(smoothed, field) : null)
  const mean = (field: CountField) => (has ? meanOf(bin, field) : null)
  return {
    atMs: (fromMs + toMs) / 2,
    fromMs,
    toMs,
    done: smooth('done'),
    rateLimited: smooth('rateLimited'),
    transient: smooth('transient'),
    failed: smooth('failed'),
    refused: has ? sumOf(bin, 'requestsRefused') : null,
    retried: has ? sumOf(bin, 'transient') : null,
    ready: mean('ready'),
    delayed: mean('delayed'),
    inFlight: smooth('inFlight'),
    batchSize: bin.at(-1)?.batchSize ?? null,
    batchSizeAsked: bin.at(-1)?.batchSizeAsked ?? null,
    oldestReadyMs: bin.at(-1)?.oldestReadyMs ?? null,
    permittedPerSecond: bin.at(-1)?.permittedPerSecond ?? null,
    pairMsP50: meanKnown(bin.map(({ pairMsP50 }) => pairMsP50 ?? null)),
    pairMsP95: highestKnown(bin.map(({ pairMsP95 }) => pairMsP95 ?? null)),
  }
}

function meanKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

function highestKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}

function between(points: readonly SeriesPoint[], fromMs: number, toMs: number): readonly SeriesPoint[] {
  const atMs = (point: SeriesPoint) => point.atMs
  return points.slice(firstIndexFrom(points, fromMs, atMs), firstIndexFrom(points, toMs, atMs))
}

function sumOf(points: readonly SeriesPoint[], field: CountField): number {
  return points.reduce((sum, point) => sum + point[field], 0)
}

function meanOf(points: readonly SeriesPoint[], field: CountField): number {
  return sumOf(points, field) / points.length
}
