import type { ReactNode } from 'react'
import { Line, ReferenceLine } from 'recharts'
import classes from './tuning-chart.module.css'

export const STILL = { isAnimationActive: false, activeDot: false, legendType: 'none', tooltipType: 'none' } as const

/** The curve: drawn through where something was tried, dashed beyond. */
export function curveLines(): ReactNode[] {
  const line = { ...STILL, type: 'linear', dot: false, stroke: 'var(--done)', strokeWidth: 2 } as const
  return [<Line key="tried" {...line} dataKey="tried" />, <Line key="untried" {...line} dataKey="untried" strokeDasharray="3 5" strokeOpacity={0.75} />]
}

interface SizeLineProps {
  readonly size: number
  readonly text: string
  /** Which row from the bottom the words stand in, so that lines close to each other do not talk at once. */
  readonly row: number
  readonly tone: 'good' | 'caution' | 'size' | 'plain'
  readonly top: number
}

/** A size that is talked of, as an upright line with its words. */
export function sizeLine({ size, text, row, tone, top }: SizeLineProps): ReactNode {
  return (
    <ReferenceLine
      key={`${tone}-${row}`}
      x={size}
      className={classes[`line-${tone}`] ?? ''}
      strokeDasharray="2 3"
      label={<SizeLabel text={text} row={row} tone={tone} isAtRight={size > top * 0.72} />}
    />
  )
}

interface SizeLabelProps extends Pick<SizeLineProps, 'text' | 'row' | 'tone'> {
  readonly isAtRight: boolean
  readonly viewBox?: { readonly x: number; readonly y: number; readonly height: number }
}

function SizeLabel({ text, row, tone, isAtRight, viewBox }: SizeLabelProps): ReactNode {
  if (viewBox === undefined) return null
  return (
    <text
      className={classes[`label-${tone}`]}
      x={viewBox.x + (isAtRight ? -5 : 5)}
      y={viewBox.y + viewBox.height - 8 - row * 15}
      textAnchor={isAtRight ? 'end' : 'start'}
    >
      {text}
    </text>
  )
}
