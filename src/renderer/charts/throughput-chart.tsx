import { memo, useId, type ReactNode } from 'react'
import { ComposedChart, ReferenceLine, Tooltip } from 'recharts'
import { formatRate, formatStatedRate } from '../format'
import type { ChartRow } from '../store/series'
import { text } from '../text'
import { Grid, TimeAxis, ValueAxis } from './axes'
import type { ChartData } from '../store/chart-data'
import { ChartPanel, type ChartSize } from './chart-panel'
import { ChartTooltip } from './chart-tooltip'
import { CrosshairReport } from './crosshair'
import { Curve, SnapLine, StackedAreas } from './curves'
import { Legend, type LegendSeries } from './legend'
import { MarkerLane } from './marker-lane'
import { MarkerLines } from './marker-lines'
import { MARGIN, SYNC_ID } from './plot'
import { tightScale } from './scales'

const t = text.charts.throughput

const SERIES: readonly LegendSeries[] = [
  { key: 'done', name: text.outcomes.done, mark: 'area', color: 'var(--done)', format: formatRate },
  { key: 'rateLimited', name: text.outcomes.rateLimited, mark: 'hatched', color: 'var(--limited)', format: formatRate },
  { key: 'transient', name: text.outcomes.transient, mark: 'area', color: 'var(--transient)', format: formatRate },
  { key: 'failed', name: text.outcomes.failed, mark: 'area', color: 'var(--failed)', format: formatRate },
]

const SERIES_AND_PERMITS: readonly LegendSeries[] = [
  ...SERIES,
  { key: 'permittedPerSecond', name: t.permitted, mark: 'line', color: 'var(--text)', format: formatRate },
]

/** The quota is drawn to scale unless that would press the curve to the ground. */
const QUOTA_AT_MOST_TIMES = 6

/** A plot that is lower than this has fewer numbers beside it. */
const LOW_PX = 110

export interface PairQuota {
  readonly requestsPerSecond: number
  /** What that comes to in pairs, at the present number of requests per pair. */
  readonly pairsPerSecond: number
}

interface ThroughputChartProps {
  readonly data: ChartData
  readonly quota: PairQuota | null
  readonly emptyText: string | null
  readonly aside: ReactNode
}

/** Pairs per second, stacked by what became of them, against what the quota allows. */
export const ThroughputChart = memo(function ThroughputChart({ data, quota, emptyText, aside }: ThroughputChartProps) {
  const { window, rows, groups } = data
  return (
    <ChartPanel
      title={t.title}
      unit={t.unit(window.meanMs / 1000)}
      window={window}
      legend={<Legend series={quota ? SERIES_AND_PERMITS : SERIES} rows={rows} />}
      aside={aside}
      lane={(widthPx) => <MarkerLane groups={groups} window={window} widthPx={widthPx} />}
      emptyText={emptyText}
    >
      {(size) => <Plot data={data} quota={quota} size={size} />}
    </ChartPanel>
  )
})

interface PlotProps extends Pick<ThroughputChartProps, 'data' | 'quota'> {
  readonly size: ChartSize
}

const Plot = memo(function Plot({ data: { window, rows, groups }, quota, size }: PlotProps) {
  const hatchId = useId()
  const highest = Math.max(...rows.map(totalOf), 1)
  const shownQuota = quota && quota.pairsPerSecond <= highest * QUOTA_AT_MOST_TIMES ? quota : null
  // The label stands where nothing is yet, else at the end: at its beginning a run searches, and the permits cross the quota.
  const isYoung = (rows[0]?.atMs ?? 0) > (window.fromMs + window.toMs) / 2
  const scale = tightScale(Math.max(highest, (shownQuota?.pairsPerSecond ?? 0) * 1.1), size.height < LOW_PX ? [2, 3] : [3, 4], false)
  const areas = SERIES.map(({ key, mark, color }) => ({
    key,
    fill: mark === 'hatched' ? `url(#${hatchId})` : color,
    fillOpacity: 0.88,
    stroke: color,
    strokeWidth: key === 'done' ? 1.5 : 0,
  }))
  return (
    <ComposedChart {...size} aria-label={t.title} data={rows} margin={MARGIN} syncId={SYNC_ID} syncMethod="value">
      <defs>
        <pattern id={hatchId} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--limited)" />
          <rect width="1.6" height="5" fill="var(--surface)" opacity="0.55" />
        </pattern>
      </defs>
      <Grid yAxisId="rate" />
      <TimeAxis window={window} widthPx={size.width} />
      <ValueAxis id="rate" side="left" scale={scale} />
      <SnapLine yAxisId="rate" />
      <StackedAreas areas={areas} rows={rows} window={window} top={scale.top} />
      {shownQuota && (
        <ReferenceLine
          yAxisId="rate"
          y={shownQuota.pairsPerSecond}
          stroke="var(--quota)"
          strokeDasharray="5 4"
          label={{
            value: t.quota(formatStatedRate(shownQuota.requestsPerSecond), formatRate(shownQuota.pairsPerSecond)),
            position: isYoung ? 'insideBottomLeft' : 'insideBottomRight',
            offset: 5,
            className: 'quota-label',
          }}
        />
      )}
      {shownQuota && (
        <Curve name="permitted" value={(row) => permittedPairs(row, shownQuota)} shape="steps" rows={rows} window={window} top={scale.top} stroke="var(--text)" strokeOpacity={0.75} strokeWidth={1.2} />
      )}
      <MarkerLines groups={groups} window={window} />
      <Tooltip
        cursor={{ stroke: 'var(--text)', strokeOpacity: 0.55 }}
        isAnimationActive={false}
        filterNull={false}
        content={({ active, label }) => (
          <ChartTooltip active={active} label={label} rows={rows} series={SERIES_AND_PERMITS} groups={groups} note={t.mean(window.meanMs / 1000)} />
        )}
      />
      <CrosshairReport />
    </ComposedChart>
  )
})

/** What was let through then, in pairs at the present number of requests per pair. */
function permittedPairs({ permittedPerSecond }: ChartRow, { requestsPerSecond, pairsPerSecond }: PairQuota): number | null {
  return permittedPerSecond === null ? null : (permittedPerSecond * pairsPerSecond) / requestsPerSecond
}

function totalOf(row: ChartRow): number {
  return (row.done ?? 0) + (row.rateLimited ?? 0) + (row.transient ?? 0) + (row.failed ?? 0)
}
