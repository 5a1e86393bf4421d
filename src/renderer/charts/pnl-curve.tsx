import { memo } from 'react'
import { Area, AreaChart, CartesianGrid, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import type { CurvePoint } from '../../shared/pair-page'
import { formatMoment, formatUsd, formatUsdTick } from '../format-results'
import type { ChartSize } from './chart-panel'
import classes from './distribution-chart.module.css'

interface PnlCurveProps {
  /** Oldest first, one at least. */
  readonly points: readonly CurvePoint[]
  readonly size: ChartSize
}

const TICK = { fill: 'var(--muted)', fontSize: 10.5, className: classes.tick }
const DAY_MS = 24 * 60 * 60 * 1000

/** Realized profit and loss as it grew: it stands still between sells. What lies below nought has the colour of a loss. */
export const PnlCurve = memo(function PnlCurve({ points, size }: PnlCurveProps) {
  const [first, last] = [points[0]?.atMs ?? 0, points.at(-1)?.atMs ?? 0]
  // A single sell is a step as well: it gets a day on each side.
  const start = first === last ? first - DAY_MS : first
  const data = [{ atMs: start, realizedUsd: 0 }, ...points]
  const highest = Math.max(0, ...points.map(({ realizedUsd }) => realizedUsd))
  const lowest = Math.min(0, ...points.map(({ realizedUsd }) => realizedUsd))
  const zeroAt = highest === lowest ? 1 : highest / (highest - lowest)
  return (
    <AreaChart {...size} data={data} margin={{ top: 8, right: 38, bottom: 0, left: 4 }} accessibilityLayer={false}>
      <defs>
        <linearGradient id="pnl-line" x1="0" y1="0" x2="0" y2="1">
          <stop offset={zeroAt} stopColor="var(--done)" />
          <stop offset={zeroAt} stopColor="var(--failed)" />
        </linearGradient>
      </defs>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="atMs"
        type="number"
        domain={[start, first === last ? last + DAY_MS : last]}
        tickFormatter={(atMs: number) => formatMoment(atMs).slice(0, 10)}
        tick={TICK}
        tickLine={false}
        axisLine={{ stroke: 'var(--line-strong)' }}
        minTickGap={60}
        tickMargin={8}
        height={26}
      />
      <YAxis tickFormatter={formatUsdTick} tick={TICK} tickLine={false} axisLine={false} width={52} />
      <ReferenceLine y={0} stroke="var(--line-strong)" />
      <Tooltip isAnimationActive={false} cursor={{ stroke: 'var(--muted)' }} content={<CurveTip />} />
      <Area type="stepAfter" dataKey="realizedUsd" stroke="url(#pnl-line)" strokeWidth={1.8} fill="url(#pnl-line)" fillOpacity={0.12} isAnimationActive={false} dot={false} />
    </AreaChart>
  )
})

function CurveTip({ active, payload }: { readonly active?: boolean; readonly payload?: readonly { readonly payload: CurvePoint }[] }) {
  const point = payload?.[0]?.payload
  if (!active || !point) return null
  return (
    <p className={classes.tip}>
      {formatMoment(point.atMs)} · <b>{formatUsd(point.realizedUsd)}</b>
    </p>
  )
}
