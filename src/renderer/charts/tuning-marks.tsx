import { DefaultZIndexes, Line, usePlotArea, ZIndexLayer } from 'recharts'
import type { ReactNode } from 'react'
import { formatCount } from '../format'
import { usePicture } from '../store/console-context'
import { text } from '../text'
import classes from './tuning-chart.module.css'

export const STILL = { isAnimationActive: false, activeDot: false, legendType: 'none', tooltipType: 'none' } as const

/** The curve: drawn through where something was tried, dashed beyond. */
export function curveLines(): ReactNode[] {
  const line = { ...STILL, type: 'linear', dot: false, stroke: 'var(--done)', strokeWidth: 2 } as const
  return [<Line key="tried" {...line} dataKey="tried" />, <Line key="untried" {...line} dataKey="untried" strokeDasharray="3 5" strokeOpacity={0.75} />]
}

/** A size that is talked of. */
export interface SizeLine {
  readonly size: number
  readonly text: string
  /** Which row from the bottom the words stand in, so that lines close to each other do not talk at once. */
  readonly row: number
  readonly tone: 'good' | 'caution' | 'size' | 'plain'
}

/** Sizes as upright lines with their words. Not a ReferenceLine each: those enter and leave Recharts' store one by one. */
export function SizeLines({ lines, rightmost }: { readonly lines: readonly SizeLine[]; readonly rightmost: number }) {
  const plot = usePlotArea()
  if (plot === undefined) return null
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.line}>
      <g>
        {lines.map(({ size, text: words, row, tone }) => {
          const x = plot.x + (plot.width * size) / rightmost
          const isAtRight = size > rightmost * 0.72
          return (
            <g key={row} className={classes[`line-${tone}`]}>
              <line x1={x} x2={x} y1={plot.y} y2={plot.y + plot.height} strokeDasharray="2 3" />
              <text className={classes[`label-${tone}`]} x={x + (isAtRight ? -5 : 5)} y={plot.y + plot.height - 8 - row * 15} textAnchor={isAtRight ? 'end' : 'start'}>
                {words}
              </text>
            </g>
          )
        })}
      </g>
    </ZIndexLayer>
  )
}

interface NowMarkProps extends LawMarkProps {
  /** The pairs per second at the plot's upper edge. */
  readonly top: number
}

interface LawMarkProps {
  /** The batch size at the plot's right edge. */
  readonly rightmost: number
}

/** Where the engine should be by Little's law, while the plot reaches so far. It moves often, and the chart beneath it stays. */
export function LawMark({ rightmost }: LawMarkProps) {
  const size = usePicture(({ gauges }) => gauges.batchSize.advised?.size ?? null)
  if (size === null || size > rightmost) return null
  return <SizeLines lines={[{ size, text: text.tuning.chart.law(formatCount(size)), row: 0, tone: 'good' }]} rightmost={rightmost} />
}

/** Where the engine is. It moves with every frame, and the chart beneath it stays: on its upper edge until a sample has raised that. */
export function NowMark({ rightmost, top }: NowMarkProps) {
  const plot = usePlotArea()
  const size = usePicture(({ gauges }) => gauges.batchSize.inForce)
  const goodputPerSecond = usePicture(({ state, gauges }) => (state.kind === 'running' ? gauges.goodputPerSecond : null))
  if (plot === undefined || goodputPerSecond === null || size > rightmost) return null
  const x = plot.x + (plot.width * size) / rightmost
  const y = plot.y + plot.height * (1 - Math.min(1, goodputPerSecond / top))
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.scatter}>
      <g>
        <circle cx={x} cy={y} r={7.5} fill="var(--surface)" stroke="var(--text)" strokeWidth={2} />
        <circle cx={x} cy={y} r={3.5} fill="var(--text)" />
        <text className={classes.now} x={x} y={y - 14} textAnchor="middle">
          {text.tuning.chart.now}
        </text>
      </g>
    </ZIndexLayer>
  )
}
