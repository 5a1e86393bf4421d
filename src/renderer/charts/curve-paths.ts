import { area, curveLinear, curveStepAfter, line } from 'd3-shape'
import type { ChartRow } from '../store/series'
import type { TimeWindow } from '../store/ranges'

/** A field that is drawn, or what is worked out from a row; null leaves a gap. */
export type RowValue = (row: ChartRow) => number | null

/** How values become px, from the upper left corner of a plot. */
export interface CurveScale {
  readonly widthPx: number
  readonly heightPx: number
  readonly window: TimeWindow
  /** The value at the plot's upper edge; its lower edge is 0. */
  readonly top: number
}

export interface AreaPath {
  readonly area: string
  /** Along the area's upper edge. */
  readonly edge: string
}

/** SVG paths of areas on top of each other, the first at the bottom. A row without a value is a gap in its own area only. */
export function areaPaths(values: readonly RowValue[], rows: readonly ChartRow[], scale: CurveScale): AreaPath[] {
  const { x, y } = placesIn(scale)
  const below = new Map<ChartRow, number>()
  return values.map((valueOf) => {
    const bins = rows.map((row) => {
      const from = below.get(row) ?? 0
      const value = valueOf(row)
      const to = from + (value ?? 0)
      below.set(row, to)
      return { x: x(row), from: y(from), to: y(to), isKnown: value !== null }
    })
    const shape = area<(typeof bins)[number]>()
      .digits(DIGITS)
      .defined(({ isKnown }) => isKnown)
      .x((bin) => bin.x)
      .y0((bin) => bin.from)
      .y1((bin) => bin.to)
    return { area: shape(bins) ?? '', edge: shape.lineY1()(bins) ?? '' }
  })
}

/** The SVG path of a line through the rows, straight from one to the next or in steps. A row without a value is a gap. */
export function linePath(valueOf: RowValue, rows: readonly ChartRow[], scale: CurveScale, shape: 'straight' | 'steps'): string {
  const { x, y } = placesIn(scale)
  const path = line<ChartRow>()
    .digits(DIGITS)
    .defined((row) => valueOf(row) !== null)
    .curve(shape === 'steps' ? curveStepAfter : curveLinear)
    .x(x)
    .y((row) => y(valueOf(row) ?? 0))
  return path(rows) ?? ''
}

/** Of a px. */
const DIGITS = 2

function placesIn({ widthPx, heightPx, window, top }: CurveScale) {
  const pxPerMs = widthPx / (window.toMs - window.fromMs)
  return {
    x: ({ atMs }: ChartRow) => (atMs - window.fromMs) * pxPerMs,
    y: (value: number) => heightPx * (1 - value / top),
  }
}
