import type { ChartRow } from '../store/series'
import type { TimeWindow } from '../store/ranges'

export interface BarSeries {
  readonly key: 'refused' | 'retried'
  readonly color: string
}

interface BarScale {
  /** Where the plot lies, in px. */
  readonly plot: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly window: TimeWindow
  /** The value at the plot's upper edge. */
  readonly top: number
}

/** Of a bin's width. */
const BAR_SHARE = 0.72
const NARROWEST_PX = 1

/** The bars of each series as one SVG path, each series on top of those before it; empty where nothing is to be drawn. */
export function barPaths<S extends BarSeries>(series: readonly S[], rows: readonly ChartRow[], { plot, window, top }: BarScale): (S & { readonly d: string })[] {
  const pxPerMs = plot.width / (window.toMs - window.fromMs)
  const widthPx = Math.max(NARROWEST_PX, window.stepMs * pxPerMs * BAR_SHARE)
  const below = rows.map(() => 0)
  return series.map((one) => {
    let d = ''
    for (const [i, row] of rows.entries()) {
      const value = row[one.key] ?? 0
      if (value <= 0) continue
      const base = below[i] ?? 0
      below[i] = base + value
      const x = plot.x + (row.atMs - window.fromMs) * pxPerMs - widthPx / 2
      const y = plot.y + plot.height * (1 - (base + value) / top)
      d += `M${px(x)} ${px(y)}h${px(widthPx)}v${px((plot.height * value) / top)}h${px(-widthPx)}z`
    }
    return { ...one, d }
  })
}

function px(value: number): number {
  return Math.round(value * 100) / 100
}
