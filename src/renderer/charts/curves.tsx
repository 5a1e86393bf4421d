import type { ReactNode } from 'react'
import { Line, usePlotArea } from 'recharts'
import type { ChartRow } from '../store/series'
import type { TimeWindow } from '../store/ranges'
import { areaPaths, linePath, type CurveScale, type RowValue } from './curve-paths'

interface CurvesProps {
  readonly rows: readonly ChartRow[]
  readonly window: TimeWindow
  /** The value at the plot's upper edge. */
  readonly top: number
}

export interface StackedArea {
  readonly key: CurveField
  readonly fill: string
  readonly fillOpacity: number
  /** Drawn along the upper edge, where it is wider than 0. */
  readonly stroke?: string
  readonly strokeWidth?: number
}

type CurveField = Exclude<keyof ChartRow, 'fromMs' | 'toMs'>

/** Areas on top of each other, one path each. Recharts' Area works out each bin several times over whenever a chart is drawn. */
export function StackedAreas({ areas, ...props }: CurvesProps & { readonly areas: readonly StackedArea[] }) {
  return (
    <PlotBox {...props}>
      {(scale) => {
        const paths = areaPaths(areas.map(({ key }) => (row) => row[key]), props.rows, scale)
        return areas.map(({ key, fill, fillOpacity, stroke, strokeWidth = 0 }, i) => (
          <g key={key} data-curve={key}>
            <path d={paths[i]?.area} fill={fill} fillOpacity={fillOpacity} />
            {strokeWidth > 0 && <path d={paths[i]?.edge} fill="none" stroke={stroke} strokeWidth={strokeWidth} />}
          </g>
        ))
      }}
    </PlotBox>
  )
}

interface CurveProps extends CurvesProps {
  readonly name: string
  readonly value: RowValue
  readonly shape: 'straight' | 'steps'
  readonly stroke: string
  readonly strokeWidth: number
  readonly strokeOpacity?: number
  readonly strokeDasharray?: string
}

/** A line over time. */
export function Curve({ name, value, shape, rows, window, top, ...stroke }: CurveProps) {
  return (
    <PlotBox rows={rows} window={window} top={top}>
      {(scale) => <path data-curve={name} d={linePath(value, rows, scale, shape)} fill="none" strokeLinejoin="round" {...stroke} />}
    </PlotBox>
  )
}

/** Draws in px from the plot's upper left corner, and nothing beyond its edges. */
function PlotBox({ window, top, children }: CurvesProps & { readonly children: (scale: CurveScale) => ReactNode }) {
  const plot = usePlotArea()
  if (plot === undefined) return null
  return (
    <svg x={plot.x} y={plot.y} width={plot.width} height={plot.height}>
      {children({ widthPx: plot.width, heightPx: plot.height, window, top })}
    </svg>
  )
}

/** Not seen: what Recharts' tooltip and crosshair snap to. */
export function SnapLine({ yAxisId }: { readonly yAxisId: string }) {
  return <Line yAxisId={yAxisId} dataKey="done" stroke="none" dot={false} activeDot={false} isAnimationActive={false} />
}
