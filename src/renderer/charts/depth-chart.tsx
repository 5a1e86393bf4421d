import { memo } from 'react'
import { ComposedChart, Tooltip } from 'recharts'
import { formatCount, formatSpan } from '../format'
import type { ChartRow } from '../store/series'
import { text } from '../text'
import classes from './charts.module.css'
import { Grid, TimeAxis, ValueAxis } from './axes'
import type { ChartData } from '../store/chart-data'
import { ChartPanel, type ChartSize } from './chart-panel'
import { ChartTooltip } from './chart-tooltip'
import { CrosshairReport } from './crosshair'
import { Curve, SnapLine, StackedAreas, type StackedArea } from './curves'
import { Legend, type LegendSeries } from './legend'
import { MarkerLines } from './marker-lines'
import { intervalsFor, MARGIN_OF_TWO_AXES, SYNC_ID } from './plot'
import { valueScale } from './scales'

const t = text.charts.depth

const SERIES: readonly LegendSeries[] = [
  { key: 'ready', name: text.places.ready, mark: 'area', color: 'var(--ready)', format: formatCount },
  { key: 'delayed', name: text.places.delayed, mark: 'hatched', color: 'var(--delayed)', format: formatCount },
  { key: 'inFlight', name: text.places.inFlight, mark: 'area', color: 'var(--size-soft)', format: formatCount },
  { key: 'batchSize', name: t.batchSize, mark: 'line', color: 'var(--size)', format: formatCount },
]
/** Said under the pointer only: the legend is full, and the age has the heading. */
const TOLD: readonly LegendSeries[] = [
  ...SERIES,
  { key: 'batchSizeAsked', name: t.batchSizeAsked, mark: 'line', color: 'var(--muted)', format: formatCount },
  { key: 'oldestReadyMs', name: t.oldest, mark: 'line', color: 'var(--ready)', format: formatAge },
]

interface DepthChartProps {
  readonly data: ChartData
}

/** Pairs that wait, on the left scale; pairs in flight under the batch size that bounds them, on the right one. */
export const DepthChart = memo(function DepthChart({ data }: DepthChartProps) {
  const oldestMs = data.rows.at(-1)?.oldestReadyMs ?? null
  return (
    <ChartPanel
      title={t.title}
      unit={oldestMs === null ? t.unit : t.oldestWaits(formatSpan(oldestMs))}
      window={data.window}
      legend={<Legend series={SERIES} rows={data.rows} />}
      aside={oldestMs !== null && <span className={classes.unitApart}>{t.oldestApart(formatSpan(oldestMs))}</span>}
    >
      {(size) => <Plot data={data} size={size} />}
    </ChartPanel>
  )
})

const Plot = memo(function Plot({ data, size }: { readonly data: ChartData; readonly size: ChartSize }) {
  const { window, rows, groups } = data
  const intervals = intervalsFor(size.height)
  const waiting = Math.max(...rows.map((row) => (row.ready ?? 0) + (row.delayed ?? 0)), 0)
  const slots = Math.max(...rows.map((row: ChartRow) => Math.max(row.inFlight ?? 0, row.batchSize ?? 0, row.batchSizeAsked ?? 0)), 0)
  const waitingScale = valueScale(waiting * HEADROOM, intervals, { whole: true })
  const slotsScale = valueScale(slots * HEADROOM, intervals, { whole: true })
  const plot = { rows, window }
  return (
    <ComposedChart {...size} aria-label={t.title} data={rows} margin={MARGIN_OF_TWO_AXES} syncId={SYNC_ID} syncMethod="value">
      <Grid yAxisId="waiting" />
      <TimeAxis window={window} widthPx={size.width} />
      <ValueAxis id="waiting" side="left" scale={waitingScale} />
      <ValueAxis id="slots" side="right" scale={slotsScale} />
      <SnapLine yAxisId="waiting" />
      <StackedAreas areas={WAITING} {...plot} top={waitingScale.top} />
      <StackedAreas areas={AT_WORK} {...plot} top={slotsScale.top} />
      <Curve name="batchSizeAsked" value={(row) => row.batchSizeAsked} shape="steps" {...plot} top={slotsScale.top} stroke="var(--muted)" strokeWidth={1} strokeDasharray="3 3" />
      <Curve name="batchSize" value={(row) => row.batchSize} shape="steps" {...plot} top={slotsScale.top} stroke="var(--size)" strokeWidth={1.8} />
      <MarkerLines groups={groups} window={window} />
      <Tooltip
        cursor={{ stroke: 'var(--text)', strokeOpacity: 0.55 }}
        isAnimationActive={false}
        filterNull={false}
        content={({ active, label }) => (
          <ChartTooltip active={active} label={label} rows={rows} series={TOLD} groups={groups} />
        )}
      />
      <CrosshairReport />
    </ComposedChart>
  )
})

function formatAge(ageMs: number | null): string {
  return ageMs === null ? formatCount(null) : formatSpan(ageMs)
}

/** Lines that run along the top edge look cut off. */
const HEADROOM = 1.05
/** On top of each other, the first at the bottom. */
const WAITING: readonly StackedArea[] = [
  { key: 'ready', fill: 'var(--ready)', fillOpacity: 0.18, stroke: 'var(--ready)', strokeWidth: 1.8 },
  { key: 'delayed', fill: 'var(--delayed)', fillOpacity: 0.5 },
]
const AT_WORK: readonly StackedArea[] = [{ key: 'inFlight', fill: 'var(--size)', fillOpacity: 0.28 }]
