import { memo, type ReactNode } from 'react'
import { ComposedChart, Tooltip } from 'recharts'
import { formatCount } from '../format'
import { text } from '../text'
import { Grid, TimeAxis, ValueAxis } from './axes'
import type { BarSeries } from './bar-paths'
import { BinBars } from './bin-bars'
import type { ChartData } from '../store/chart-data'
import { ChartPanel, type ChartSize } from './chart-panel'
import { ChartTooltip } from './chart-tooltip'
import { CrosshairReport } from './crosshair'
import { SnapLine } from './curves'
import { Legend, type LegendSeries } from './legend'
import { MarkerLines } from './marker-lines'
import { intervalsFor, MARGIN, SYNC_ID } from './plot'
import { valueScale } from './scales'

const t = text.charts.refusals

const SERIES: readonly (LegendSeries & BarSeries)[] = [
  { key: 'refused', name: t.refused, mark: 'area', color: 'var(--limited)', format: formatCount },
  { key: 'retried', name: t.retried, mark: 'area', color: 'var(--transient)', format: formatCount },
]

interface RefusalsChartProps {
  readonly data: ChartData
  readonly aside: ReactNode
  /** Whether anything was worked yet: before, there is nothing to be glad of. */
  readonly hasRun: boolean
}

/** What cost quota or time without a result: refused requests, and pairs that have to be tried again. */
export const RefusalsChart = memo(function RefusalsChart({ data, aside, hasRun }: RefusalsChartProps) {
  const stepSeconds = data.window.stepMs / 1000
  return (
    <ChartPanel
      title={t.title}
      unit={t.unit(stepSeconds)}
      window={data.window}
      legend={<Legend series={SERIES} rows={data.rows} />}
      aside={aside}
      emptyText={hasRun && data.rows.every(({ refused, retried }) => !refused && !retried) ? text.empty.noRefusals : null}
    >
      {(size) => <Plot data={data} size={size} />}
    </ChartPanel>
  )
})

const Plot = memo(function Plot({ data, size }: { readonly data: ChartData; readonly size: ChartSize }) {
  const { window, rows, groups } = data
  const highest = Math.max(...rows.map((row) => (row.refused ?? 0) + (row.retried ?? 0)), 0)
  const scale = valueScale(highest, intervalsFor(size.height), { whole: true })
  return (
    <ComposedChart {...size} aria-label={t.title} data={rows} margin={MARGIN} syncId={SYNC_ID} syncMethod="value">
      <Grid yAxisId="count" />
      <TimeAxis window={window} widthPx={size.width} />
      <ValueAxis id="count" side="left" scale={scale} />
      <SnapLine yAxisId="count" />
      <BinBars series={SERIES} rows={rows} window={window} top={scale.top} />
      <MarkerLines groups={groups} window={window} />
      <Tooltip
        cursor={{ stroke: 'var(--text)', strokeOpacity: 0.55 }}
        isAnimationActive={false}
        filterNull={false}
        content={({ active, label }) => (
          <ChartTooltip active={active} label={label} rows={rows} series={SERIES} groups={groups} />
        )}
      />
      <CrosshairReport />
    </ComposedChart>
  )
})
