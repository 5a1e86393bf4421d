import type { Gauges, SeriesPoint } from '../../shared/frames'

export const RANGE_KEYS = ['1m', '5m', '15m', '1h', 'run'] as const
export type RangeKey = (typeof RANGE_KEYS)[number]

/** A stretch of time, Unix ms. */
export interface TimeSpan {
  readonly fromMs: number
  readonly toMs: number
}

/** The stretch of time that all charts show, and how finely. */
export interface TimeWindow {
  /** Unix ms, a multiple of `stepMs`. */
  readonly fromMs: number
  /** Unix ms, a multiple of `stepMs`, at the end of the last bin that is complete. */
  readonly toMs: number
  /** Width of one bin. */
  readonly stepMs: number
  /** Rates are means over this long, ending with the bin. Said on the chart, so that the smoothing hides nothing. */
  readonly meanMs: number
}

/** More points than this make the charts slower, not clearer. */
export const MAX_BINS = 240

const SPANS_MS = { '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000 } as const
/** The means are longer than a batch and its pause, or the curve would show the batches' beat and nothing else. */
const STEPS = [
  { stepMs: 1000, meanMs: 5000 },
  { stepMs: 2000, meanMs: 20_000 },
  { stepMs: 5000, meanMs: 30_000 },
  { stepMs: 15_000, meanMs: 60_000 },
] as const
const COARSEST = STEPS[3]
/** Less than this is drawn on an axis of this length. */
const SHORTEST_MS = 60_000

interface WindowParts {
  readonly points: readonly SeriesPoint[]
  /** Time of the newest frame. */
  readonly atMs: number
  readonly run: Gauges['run']
}

/**
 * The window of a range, or of a stretch that was chosen. It ends where the newest complete bin ends: a bin that still fills would
 * look like a fall. While there is less history than the range it begins with the history, or the first minutes of a run would be
 * drawn on a sixth of the width.
 */
export function windowOf(range: RangeKey | TimeSpan, parts: WindowParts): TimeWindow {
  const closedMs = closedUntilMs(parts)
  if (typeof range === 'object') return endingAt(Math.min(range.toMs, closedMs), range.toMs - range.fromMs)
  if (range === 'run') return runWindow(parts)
  const oldestMs = parts.points[0]?.atMs ?? closedMs
  return endingAt(closedMs, Math.min(Math.max(closedMs - oldestMs, SHORTEST_MS), SPANS_MS[range]))
}

function runWindow({ run, ...rest }: WindowParts): TimeWindow {
  const closedMs = closedUntilMs(rest)
  if (run === null) return endingAt(closedMs, SHORTEST_MS)
  const endMs = run.endedAtMs === null ? closedMs : Math.min(closedMs, run.endedAtMs + 1000)
  const spanMs = Math.min(Math.max(endMs - run.startedAtMs, SHORTEST_MS), SPANS_MS['1h'])
  return endingAt(endMs, spanMs)
}

function endingAt(endMs: number, spanMs: number): TimeWindow {
  const step = STEPS.find(({ stepMs }) => spanMs / stepMs <= MAX_BINS) ?? COARSEST
  const toMs = Math.floor(endMs / step.stepMs) * step.stepMs
  return { fromMs: toMs - Math.ceil(spanMs / step.stepMs) * step.stepMs, toMs, ...step }
}

/** The newest point is the second that still fills; when points stay away, time goes on without them. */
export function closedUntilMs({ points, atMs }: Pick<WindowParts, 'points' | 'atMs'>): number {
  return Math.max(points.at(-1)?.atMs ?? 0, Math.floor(atMs / 1000) * 1000 - 2000)
}
