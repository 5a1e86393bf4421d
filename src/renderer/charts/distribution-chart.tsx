import { memo } from 'react'
import { Bar, BarChart, Cell, Tooltip, XAxis, YAxis } from 'recharts'
import type { Distribution, DistributionBin } from '../../shared/results-query'
import { formatCount } from '../format'
import { formatEdge } from '../format-results'
import { text } from '../text'
import type { ChartSize } from './chart-panel'
import classes from './distribution-chart.module.css'

const t = text.results.distribution

interface DistributionChartProps {
  readonly bins: readonly DistributionBin[]
  readonly of: Distribution
  readonly size: ChartSize
}

/** How many pairs fall between each two edges. Losses and gains have colours of their own, and nought lies between them. */
export const DistributionChart = memo(function DistributionChart({ bins, of, size }: DistributionChartProps) {
  const data = bins.map((bin) => ({ ...bin, name: rangeOf(bin, of) }))
  const words = data.map(({ name, count }) => t.bin(name, formatCount(count), count)).join('; ')
  return (
    <div role="img" aria-label={`${t.of[of]}. ${words}`}>
      <BarChart {...size} data={data} margin={{ top: 6, right: 20, bottom: 0, left: 20 }} barCategoryGap={1} accessibilityLayer={false}>
        <XAxis dataKey="name" height={20} interval={0} tickLine={false} axisLine={{ stroke: 'var(--line-strong)' }} tick={<EdgeTick bins={bins} of={of} />} />
        <YAxis hide domain={[0, 'dataMax']} />
        <Tooltip cursor={{ fill: 'var(--pressed)' }} isAnimationActive={false} content={<BinTip />} />
        <Bar dataKey="count" isAnimationActive={false} minPointSize={2} radius={[2, 2, 0, 0]}>
          {data.map(({ name, from }) => (
            <Cell key={name} fill={of === 'total_pnl_usd' && (from === null || from < 0) ? 'var(--failed)' : 'var(--done)'} />
          ))}
        </Bar>
      </BarChart>
    </div>
  )
})

function rangeOf({ from, to }: DistributionBin, of: Distribution): string {
  if (from === null) return t.below(formatEdge(of, to ?? 0))
  return to === null ? t.from(formatEdge(of, from)) : t.between(formatEdge(of, from), formatEdge(of, to))
}

interface EdgeTickProps {
  readonly bins: readonly DistributionBin[]
  readonly of: Distribution
  /** From the chart. */
  readonly x?: number
  readonly y?: number
  readonly index?: number
  readonly width?: number
  readonly visibleTicksCount?: number
}

/** Labels stand under the edge on a bar's left; of many, only as many as there is room for. */
function EdgeTick({ bins, of, x = 0, y = 0, index = 0, width = 0 }: EdgeTickProps) {
  const from = bins[index]?.from ?? null
  const step = width / Math.max(1, bins.length)
  const every = Math.max(1, Math.ceil(44 / step))
  const zero = bins.findIndex((bin) => bin.from === 0)
  // Counted from nought where there is one, so that it is always named.
  if (from === null || (index - Math.max(0, zero)) % every !== 0) return null
  return (
    <text x={x - step / 2} y={y + 10} textAnchor="middle" className={classes.tick}>
      {formatEdge(of, from)}
    </text>
  )
}

function BinTip({ active, payload }: { readonly active?: boolean; readonly payload?: readonly { readonly payload: { readonly name: string; readonly count: number } }[] }) {
  const bin = payload?.[0]?.payload
  if (!active || !bin) return null
  return <p className={classes.tip}>{t.bin(bin.name, formatCount(bin.count), bin.count)}</p>
}
