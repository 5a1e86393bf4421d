import type { SeriesPoint } from '../../shared/frames'
import { firstIndexFrom } from './merge'
import type { Picture } from './picture'
import { closedUntilMs, windowOf, type RangeKey, type TimeSpan } from './ranges'

/** The shortest stretch that can be looked at closely. */
export const SHORTEST_SPAN_MS = 10_000

const MINUTE_MS = 60_000
/** How much of the past the strip shows, and how wide its bins are: the smallest that holds all there is. */
const STRIPS = [
  { spanMs: MINUTE_MS, stepMs: 1000 },
  { spanMs: 5 * MINUTE_MS, stepMs: 3000 },
  { spanMs: 15 * MINUTE_MS, stepMs: 5000 },
  { spanMs: 30 * MINUTE_MS, stepMs: 10_000 },
  { spanMs: 60 * MINUTE_MS, stepMs: 15_000 },
] as const
const LONGEST = STRIPS[4]

/** All of the history at a glance: what the brush goes over. */
export interface HistoryStrip extends TimeSpan {
  readonly stepMs: number
  /** Pairs done per second by bin; null where nothing is known. */
  readonly goodput: readonly (number | null)[]
}

/** What came of a stretch of time. */
export interface SpanFigures {
  readonly done: number
  /** Seconds that are known of it. */
  readonly seconds: number
  readonly goodputPerSecond: number | null
  readonly refused: number
  /** Of the requests that were answered; null where none was. */
  readonly refusedShare: number | null
}

/** The selector of the strip. It answers the very same until a bin is complete: it is drawn once in several seconds. */
export function historyStripSelector(): (picture: Picture) => HistoryStrip {
  let last: { readonly strip: HistoryStrip; readonly generation: number } | null = null
  return (picture) => {
    const { fromMs, toMs, stepMs } = boundsOf(picture)
    const isSame = last?.generation === picture.generation && last.strip.fromMs === fromMs && last.strip.toMs === toMs
    if (last === null || !isSame) last = { strip: stripOf(picture.points, { fromMs, toMs, stepMs }), generation: picture.generation }
    return last.strip
  }
}

/** The selector of a stretch's figures. What is past does not change: it answers the very same until the history is a new one. */
export function spanFiguresSelector(span: TimeSpan): (picture: Picture) => SpanFigures {
  let last: { readonly figures: SpanFigures; readonly generation: number } | null = null
  return ({ points, generation }) => {
    if (last?.generation !== generation) last = { figures: figuresOf(between(points, span)), generation }
    return last.figures
  }
}

/** The stretch between two times, in whichever order, in whole seconds: within the bounds, and no shorter than can be looked at. */
export function spanBetween(aMs: number, bMs: number, bounds: TimeSpan): TimeSpan {
  const [low, high] = [wholeSeconds(Math.min(aMs, bMs)), wholeSeconds(Math.max(aMs, bMs))]
  const toMs = clamped(Math.max(high, low + SHORTEST_SPAN_MS), bounds.fromMs + SHORTEST_SPAN_MS, bounds.toMs)
  return { fromMs: clamped(low, bounds.fromMs, toMs - SHORTEST_SPAN_MS), toMs }
}

/** What the charts show of the history, whatever was chosen for them. */
export function shownSpan(chosen: RangeKey | TimeSpan, picture: Pick<Picture, 'points' | 'atMs' | 'gauges'>, bounds: TimeSpan): TimeSpan {
  const { fromMs, toMs } = typeof chosen === 'object' ? chosen : windowOf(chosen, { ...picture, run: picture.gauges.run })
  return spanBetween(Math.max(fromMs, bounds.fromMs), Math.min(toMs, bounds.toMs), bounds)
}

export type Edge = 'from' | 'to' | 'both'

/** The stretch with one end moved, or the whole of it. The other end stays where it is. */
export function movedSpan({ fromMs, toMs }: TimeSpan, edge: Edge, byMs: number, bounds: TimeSpan): TimeSpan {
  if (edge === 'both') {
    const by = clamped(wholeSeconds(byMs), bounds.fromMs - fromMs, bounds.toMs - toMs)
    return { fromMs: fromMs + by, toMs: toMs + by }
  }
  if (edge === 'from') return { fromMs: clamped(wholeSeconds(fromMs + byMs), bounds.fromMs, toMs - SHORTEST_SPAN_MS), toMs }
  return { fromMs, toMs: clamped(wholeSeconds(toMs + byMs), fromMs + SHORTEST_SPAN_MS, bounds.toMs) }
}

function boundsOf({ points, atMs }: Pick<Picture, 'points' | 'atMs'>): TimeSpan & { readonly stepMs: number } {
  const closedMs = closedUntilMs({ points, atMs })
  const ageMs = closedMs - (points[0]?.atMs ?? closedMs)
  const { spanMs, stepMs } = STRIPS.find((strip) => ageMs <= strip.spanMs) ?? LONGEST
  const toMs = Math.floor(closedMs / stepMs) * stepMs
  return { fromMs: toMs - spanMs, toMs, stepMs }
}

function stripOf(points: readonly SeriesPoint[], bounds: TimeSpan & { readonly stepMs: number }): HistoryStrip {
  const goodput: (number | null)[] = []
  for (let fromMs = bounds.fromMs; fromMs < bounds.toMs; fromMs += bounds.stepMs) {
    goodput.push(figuresOf(between(points, { fromMs, toMs: fromMs + bounds.stepMs })).goodputPerSecond)
  }
  return { ...bounds, goodput }
}

function figuresOf(points: readonly SeriesPoint[]): SpanFigures {
  const sum = (field: 'done' | 'requestsAccepted' | 'requestsRefused') => points.reduce((total, point) => total + point[field], 0)
  const [done, refused] = [sum('done'), sum('requestsRefused')]
  const answered = refused + sum('requestsAccepted')
  return {
    done,
    seconds: points.length,
    goodputPerSecond: points.length === 0 ? null : done / points.length,
    refused,
    refusedShare: answered === 0 ? null : refused / answered,
  }
}

function between(points: readonly SeriesPoint[], { fromMs, toMs }: TimeSpan): readonly SeriesPoint[] {
  const atMs = (point: SeriesPoint) => point.atMs
  return points.slice(firstIndexFrom(points, fromMs, atMs), firstIndexFrom(points, toMs, atMs))
}

function wholeSeconds(ms: number): number {
  return Math.round(ms / 1000) * 1000
}

function clamped(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
