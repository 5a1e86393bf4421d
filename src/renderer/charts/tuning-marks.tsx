import type { ReactNode } from 'react'
import { Line, ReferenceLine, Scatter } from 'recharts'
import type { TuningSample } from '../store/tuning-samples'
import classes from './tuning-chart.module.css'

interface SampleDotProps {
  readonly cx?: number
  readonly cy?: number
  readonly payload?: DrawnSample
}

/** A sample with what it looks like. */
export interface DrawnSample extends TuningSample {
  /** 0–1, the newest 1. */
  readonly freshness: number
}

const REFUSED_SHARE = 0.01
/** Samples of one size stand beside each other within so many px. */
const JITTER_PX = 9

/** The samples, each with how new it is among them. */
export function drawnSamples(samples: readonly TuningSample[]): DrawnSample[] {
  return samples.map((sample, i) => ({ ...sample, freshness: (i + 1) / samples.length }))
}

/** Round while nothing was refused, a diamond where something was: the shape says it without the colour. */
export function SampleDot({ cx = 0, cy = 0, payload }: SampleDotProps): ReactNode {
  if (payload === undefined) return null
  const x = cx + ((((payload.atMs / 1000) * 7) % 10) / 10 - 0.45) * JITTER_PX
  const opacity = 0.14 + 0.86 * payload.freshness ** 2
  const isRefused = payload.refusedShare > REFUSED_SHARE
  return isRefused ? (
    <rect x={x - 3.2} y={cy - 3.2} width={6.4} height={6.4} transform={`rotate(45 ${x} ${cy})`} fill="var(--limited)" fillOpacity={opacity} />
  ) : (
    <circle cx={x} cy={cy} r={3.6} fill="var(--done)" fillOpacity={opacity} />
  )
}

export const STILL = { isAnimationActive: false, activeDot: false, legendType: 'none', tooltipType: 'none' } as const

/** The samples as dots. */
export function sampleDots(samples: readonly DrawnSample[], field: 'goodputPerSecond' | 'refusedShare'): ReactNode {
  return <Scatter data={samples} dataKey={field} shape={<SampleDot />} isAnimationActive={false} tooltipType="none" legendType="none" />
}

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
