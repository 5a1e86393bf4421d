import { memo, type ReactNode } from 'react'
import { ComposedChart, Tooltip } from 'recharts'
import { formatLatency } from '../format'
import type { ChartData } from '../store/chart-data'
import { text } from '../text'
import { Grid, TimeAxis, ValueAxis } from './axes'
import { ChartPanel, type ChartSize } from './chart-panel'
import { ChartTooltip } from './chart-tooltip'
import { CrosshairReport } from './crosshair'
import { Curve, SnapLine } from './curves'
import { Legend, type LegendSeries } from './legend'
import { MarkerLines } from './marker-lines'
import { intervalsFor, MARGIN, SYNC_ID } from './plot'
import { valueScale } from './scales'

const t = text.charts.pairTimes

const SERIES: readonly LegendSeries[] = [
  { key: 'pairMsP50', name: t.p50, mark: 'line', color: 'var(--ready)', format: formatLatency },
  { key: 'pairMsP95', name: t.p95, mark: 'line', color: 'var(--limited)', format: formatLatency },
]

interface PairTimesChartProps {
  readonly data: ChartData
  readonly aside: ReactNode
}

/** How long the pairs took that were done at the time: the middle one, and the one that nineteen of twenty beat. */
export const PairTimesChart = memo(function PairTimesChart({ data, aside }: PairTimesChartProps) {
  const isEmpty = data.rows.every(({ pairMsP50 }) => pairMsP50 === null)
  return (
    <ChartPanel title={t.title} unit={t.unit} window={data.window} legend={<Legend series={SERIES} rows={data.rows} />} aside={aside} emptyText={isEmpty ? t.none : null}>
      {(size) => <Plot data={data} size={size} />}
    </ChartPanel>
  )
})

const Plot = memo(function Plot({ data, size }: { readonly data: ChartData; readonly size: ChartSize }) {
  const { window, rows, groups } = data
  const highestSeconds = Math.max(...rows.map(({ pairMsP95 }) => pairMsP95 ?? 0), 0) / 1000
  const scale = valueScale(highestSeconds, intervalsFor(size.height), { whole: false })
  const inMs = { top: scale.top * 1000, ticks: scale.ticks.map((tick) => tick * 1000) }
  return (
    <ComposedChart {...size} aria-label={t.title} data={rows} margin={MARGIN} syncId={SYNC_ID} syncMethod="value">
      <Grid yAxisId="time" />
      <TimeAxis window={window} widthPx={size.width} />
      <ValueAxis id="time" side="left" scale={inMs} format={(ms) => t.tick(ms / 1000)} />
      <SnapLine yAxisId="time" />
      {SERIES.map(({ key, color }) => (
        <Curve key={key} name={key} value={(row) => row[key]} shape="straight" rows={rows} window={window} top={inMs.top} stroke={color} strokeWidth={1.7} />
      ))}
      <MarkerLines groups={groups} window={window} />
      <Tooltip
        cursor={{ stroke: 'var(--text)', strokeOpacity: 0.55 }}
        isAnimationActive={false}
        filterNull={false}
        content={({ active, label }) => <ChartTooltip active={active} label={label} rows={rows} series={SERIES} groups={groups} />}
      />
      <CrosshairReport />
    </ComposedChart>
  )
})
