import { memo, type ReactNode } from 'react'
import { usePlotArea } from 'recharts'
import type { TuningSample } from '../store/tuning-samples'

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

interface SampleDotsProps {
  readonly samples: readonly DrawnSample[]
  readonly field: 'goodputPerSecond' | 'refusedShare'
  /** The batch size at the plot's right edge; 0 is at its left. */
  readonly rightmost: number
  /** The values at the plot's lower and upper edge. */
  readonly from?: number
  readonly top: number
}

/** The samples as dots. Recharts' Scatter is a component of its own for each, drawn anew with every move of the engine. */
export function SampleDots({ from = 0, ...props }: SampleDotsProps) {
  const plot = usePlotArea()
  if (plot === undefined) return null
  return <Dots {...props} from={from} x={plot.x} y={plot.y} width={plot.width} height={plot.height} />
}

interface DotsProps extends Required<SampleDotsProps> {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const Dots = memo(function Dots({ samples, field, rightmost, from, top, x, y, width, height }: DotsProps) {
  return (
    <g>
      {samples.map((sample) => {
        const cy = y + height * (1 - (sample[field] - from) / (top - from))
        const isInside = sample.size <= rightmost && cy >= y && cy <= y + height
        return isInside && dot(sample, x + (width * sample.size) / rightmost, cy)
      })}
    </g>
  )
})

/** Round while nothing was refused, a diamond where something was: the shape says it without the colour. */
function dot({ atMs, freshness, refusedShare }: DrawnSample, middle: number, y: number): ReactNode {
  const x = middle + ((((atMs / 1000) * 7) % 10) / 10 - 0.45) * JITTER_PX
  const opacity = 0.14 + 0.86 * freshness ** 2
  return refusedShare > REFUSED_SHARE ? (
    <rect key={atMs} x={x - 3.2} y={y - 3.2} width={6.4} height={6.4} transform={`rotate(45 ${x} ${y})`} fill="var(--limited)" fillOpacity={opacity} />
  ) : (
    <circle key={atMs} cx={x} cy={y} r={3.6} fill="var(--done)" fillOpacity={opacity} />
  )
}
