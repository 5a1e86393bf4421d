import { usePlotArea } from 'recharts'
import type { ChartRow } from '../store/series'
import type { TimeWindow } from '../store/ranges'
import { barPaths, type BarSeries } from './bar-paths'

interface BinBarsProps {
  /** Stacked in this order, the first at the bottom. */
  readonly series: readonly BarSeries[]
  readonly rows: readonly ChartRow[]
  readonly window: TimeWindow
  /** The value at the plot's upper edge. */
  readonly top: number
}

/** Stacked bars, one a bin, as one path a series. Recharts' Bar is a component of its own for each bin, 480 of them here. */
export function BinBars({ series, rows, window, top }: BinBarsProps) {
  const plot = usePlotArea()
  if (plot === undefined) return null
  return (
    <g>
      {barPaths(series, rows, { plot, window, top }).map(({ key, color, d }) => (
        <path key={key} d={d} fill={color} />
      ))}
    </g>
  )
}
