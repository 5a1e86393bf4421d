import { memo, useMemo } from 'react'
import { Area, CartesianGrid, ComposedChart, ErrorBar, Line, ReferenceDot, ReferenceLine, Scatter, XAxis, YAxis } from 'recharts'
import type { SweepFinding } from '../../shared/frames'
import { formatCount, formatRate, formatShare, formatTick } from '../format'
import { goodputAt } from '../store/tuning-model'
import type { Tuning } from '../store/tuning'
import { text } from '../text'
import type { ChartSize } from './chart-panel'
import { PLOT } from './plot'
import { drawnSamples, SampleDots } from './sample-dots'
import type { ValueScale } from './scales'
import classes from './tuning-chart.module.css'
import { curveLines, LawMark, NowMark, SizeLines, STILL, type SizeLine } from './tuning-marks'
import { curveRows, goodputScale } from './tuning-scale'

const t = text.tuning.chart

export interface TuningChartProps {
  readonly tuning: Tuning
  /** What both plots share. */
  readonly sizes: ValueScale
  /** The size that is being dragged to or was asked for; null while none is. */
  readonly wishedSize: number | null
  /** What the search has found, and the size that it holds now; null while it does not run. */
  readonly findings: readonly SweepFinding[]
  readonly trying: number | null
}

interface PlotProps extends TuningChartProps {
  readonly size: ChartSize
}

/** A plot that is lower than this has fewer numbers beside it, and no words under it. */
const LOW_PX = 170

/** Goodput against batch size: what was measured, what is expected, and the sizes that are talked of. */
export const GoodputPlot = memo(function GoodputPlot(props: PlotProps) {
  const { tuning, sizes, wishedSize, findings, size } = props
  const isLow = size.height < LOW_PX
  const wished = wishedSize === null ? null : goodputAt(tuning.model, wishedSize)
  const rates = goodputScale(tuning, [wished?.middle ?? null, ...findings.map(({ high }) => high)])
  const { top } = sizes
  const rows = useMemo(() => curveRows(tuning, top), [tuning, top])
  const dots = useMemo(() => drawnSamples(tuning.samples), [tuning])
  const lines = sizeLinesOf(props)
  const quota = tuning.capacityPerSecond !== null && tuning.capacityPerSecond <= rates.top ? tuning.capacityPerSecond : null
  return (
    <ComposedChart {...size} aria-label={t.title} data={rows} margin={MARGIN}>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <SizeAxis scale={sizes} isTitled={!isLow} />
      <RateAxis scale={isLow ? { ...rates, ticks: rates.ticks.filter((_, i) => i % 2 === 0) } : rates} format={formatTick} />
      <Area {...STILL} dataKey="band" type="linear" stroke="none" fill="var(--done)" fillOpacity={0.15} />
      {curveLines()}
      {quota !== null && (
        <ReferenceLine y={quota} stroke="var(--quota)" strokeDasharray="5 4" label={{ value: t.quota(formatRate(quota)), position: (tuning.samples.at(-1)?.size ?? 0) * 2 < top ? 'insideBottomRight' : 'insideBottomLeft', offset: 5, className: classes['label-plain'] ?? '' }} />
      )}
      <SizeLines lines={lines} rightmost={top} />
      <LawMark rightmost={top} />
      <SampleDots samples={dots} field="goodputPerSecond" rightmost={top} top={rates.top} />
      <Scatter data={findings} dataKey="goodputPerSecond" shape={<FindingDot />} isAnimationActive={false}>
        <ErrorBar dataKey={errorOf} direction="y" width={5} strokeWidth={1.5} stroke="var(--size)" isAnimationActive={false} />
      </Scatter>
      {wished !== null && wishedSize !== null && (
        <>
          <ReferenceLine segment={[{ x: wishedSize, y: wished.low }, { x: wishedSize, y: Math.min(wished.high, rates.top) }]} stroke="var(--accent)" strokeWidth={3} strokeOpacity={0.55} />
          <ReferenceDot x={wishedSize} y={wished.middle} r={5.5} fill="var(--surface)" stroke="var(--accent)" strokeWidth={2.5} />
        </>
      )}
      <NowMark rightmost={top} top={rates.top} />
    </ComposedChart>
  )
})

/** The sizes that are talked of. */
function sizeLinesOf({ tuning: { model }, wishedSize, trying }: TuningChartProps): SizeLine[] {
  const { knee, refusals } = model
  const lines: (SizeLine | null)[] = [
    knee.kind === 'found' ? { size: knee.size, text: t.knee(formatCount(knee.size)), row: 1, tone: 'plain' } : null,
    refusals.kind === 'between' ? { size: refusals.about, text: t.refusalsBegin(formatCount(refusals.about)), row: 2, tone: 'caution' } : null,
    trying === null ? null : { size: trying, text: t.trying(formatCount(trying)), row: 3, tone: 'size' },
    wishedSize === null || model.best === null ? null : { size: wishedSize, text: t.asked(formatCount(wishedSize)), row: 4, tone: 'size' },
  ]
  return lines.filter((line) => line !== null)
}

interface RefusalPlotProps {
  readonly tuning: Tuning
  readonly sizes: ValueScale
  readonly size: ChartSize
}

/** What was refused, against batch size. */
export const RefusalPlot = memo(function RefusalPlot({ tuning, sizes, size }: RefusalPlotProps) {
  const dots = useMemo(() => drawnSamples(tuning.samples), [tuning])
  const usual = useMemo(() => tuning.model.groups.map((group) => ({ size: group.size, refused: group.refusedShare })), [tuning])
  const highest = Math.max(0.1, ...tuning.samples.map(({ refusedShare }) => refusedShare))
  const top = Math.ceil(highest * 10) / 10
  return (
    <ComposedChart {...size} aria-label={t.refusals} data={usual} margin={MARGIN}>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <SizeAxis scale={sizes} />
      <RateAxis scale={{ top, ticks: [0, top] }} from={-top * ROOM_BELOW} format={formatShare} />
      {usual.length > 1 && <Line {...STILL} dataKey="refused" type="linear" dot={false} stroke="var(--limited)" strokeWidth={1.5} />}
      <SampleDots samples={dots} field="refusedShare" rightmost={sizes.top} from={-top * ROOM_BELOW} top={top} />
    </ComposedChart>
  )
})

const MARGIN = { left: 0, right: 16, top: 10, bottom: 0 } as const

function SizeAxis({ scale, isTitled = false }: { readonly scale: ValueScale; readonly isTitled?: boolean }) {
  return (
    <XAxis
      dataKey="size"
      type="number"
      domain={[0, scale.top]}
      allowDataOverflow
      ticks={[...scale.ticks]}
      interval={0}
      height={isTitled ? 34 : PLOT.bottom}
      axisLine={false}
      tickLine={false}
      tickSize={0}
      tickMargin={6}
      tick={{ className: classes.tick }}
      tickFormatter={formatTick}
      {...(isTitled && { label: { value: t.size, position: 'insideBottom', offset: 2, className: classes.axisTitle ?? '' } })}
    />
  )
}

/** Dots on the ground line are drawn whole. */
const ROOM_BELOW = 0.14

interface RateAxisProps {
  readonly scale: ValueScale
  readonly from?: number
  readonly format: (value: number) => string
}

function RateAxis({ scale, from = 0, format }: RateAxisProps) {
  return (
    <YAxis
      width={PLOT.left}
      domain={[from, scale.top]}
      allowDataOverflow
      ticks={[...scale.ticks]}
      interval={0}
      axisLine={false}
      tickLine={false}
      tickSize={0}
      tickMargin={8}
      tick={{ className: classes.tick }}
      tickFormatter={format}
    />
  )
}

/** What the marks mean. */
export function TuningLegend({ hasFindings }: { readonly hasFindings: boolean }) {
  return (
    <ul className={classes.legend}>
      <li>
        <i data-mark="clean" aria-hidden /> {t.clean}
      </li>
      <li>
        <i data-mark="refused" aria-hidden /> {t.withRefusals}
      </li>
      <li>
        <i data-mark="band" aria-hidden /> {t.band}
      </li>
      {hasFindings && (
        <li>
          <i data-mark="search" aria-hidden /> {t.search}
        </li>
      )}
    </ul>
  )
}

interface DotProps {
  readonly cx?: number
  readonly cy?: number
}

function FindingDot({ cx = 0, cy = 0 }: DotProps) {
  return <circle cx={cx} cy={cy} r={5.5} fill="var(--surface)" stroke="var(--size)" strokeWidth={2} />
}

function errorOf(finding: SweepFinding): [number, number] {
  return [finding.goodputPerSecond - finding.low, finding.high - finding.goodputPerSecond]
}
