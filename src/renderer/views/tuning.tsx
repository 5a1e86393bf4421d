import { useElementSize } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { ChartPanel } from '../charts/chart-panel'
import { GoodputPlot, RefusalPlot, sharedSizeScale, TuningLegend, type TuningChartProps } from '../charts/tuning-chart'
import charts from '../charts/tuning-chart.module.css'
import { BatchSizeCard } from '../controls/batch-size-card'
import { kneeWords } from '../controls/size-advice'
import { shownSize } from '../store/batch-size-wish'
import { useConsole, usePicture } from '../store/console-context'
import { selectTuning } from '../store/tuning'
import { text } from '../text'
import { EpochComparisonStrip } from './epoch-comparison-strip'
import { EpochTable } from './epoch-table'
import { PacingCard } from './pacing-card'
import { ReasonsCard } from './reasons-card'
import classes from './tuning.module.css'

const t = text.tuning

/** What the batch size does to the goodput, and everything that turns on it. */
export function Tuning() {
  return (
    <div className={classes.tuning}>
      <div className={classes.left}>
        <Charts />
        <EpochComparisonStrip />
        <EpochTable />
      </div>
      <div className={classes.right}>
        <BatchSizeCard />
        <PacingCard />
        <ReasonsCard />
      </div>
    </div>
  )
}

function Charts() {
  const props = useChartProps()
  const { tuning } = props
  const isEmpty = tuning.samples.length === 0
  return (
    <div className={charts.card} data-testid="tuning-chart" data-samples={tuning.samples.length} data-knee={tuning.model.knee.kind}>
      <ChartPanel title={t.chart.title} unit={t.chart.unit[tuning.pacing]} legend={<TuningLegend hasFindings={props.findings.length > 0} />} emptyText={isEmpty ? t.chart.empty : null}>
        {(size) => <GoodputPlot {...props} size={size} />}
      </ChartPanel>
      <p className={charts.verdict} data-testid="knee">
        <b>{kneeWords(tuning.model)}</b> {!isEmpty && t.chart.samples(tuning.samples.length)}
      </p>
      <div className={charts.refusals}>
        <p className={charts.refusalsHead}>
          {t.chart.refusals} <small>{t.chart.refusalsAbout[tuning.pacing]}</small>
        </p>
        <Measured>{(size) => <RefusalPlot tuning={tuning} sizes={sharedSizeScale(props)} size={size} />}</Measured>
      </div>
    </div>
  )
}

function Measured({ children }: { readonly children: (size: { width: number; height: number }) => ReactNode }) {
  const { ref, width, height } = useElementSize()
  return <div ref={ref}>{width > 0 && height > 0 && children({ width, height })}</div>
}

const NO_FINDINGS = [] as const

function useChartProps(): TuningChartProps {
  const tuning = usePicture(selectTuning)
  const wish = useConsole((state) => state.wish)
  const { asked, inForce, advised } = usePicture((picture) => picture.gauges.batchSize)
  const goodputPerSecond = usePicture((picture) => (picture.state.kind === 'running' ? picture.gauges.goodputPerSecond : null))
  const sweep = usePicture((picture) => picture.gauges.sweep)
  const shown = shownSize(wish, asked)
  return {
    tuning,
    now: { size: inForce, goodputPerSecond },
    lawSize: advised?.size ?? null,
    wishedSize: shown === inForce ? null : shown,
    findings: sweep === null || sweep.state === 'cancelled' ? NO_FINDINGS : sweep.findings,
    trying: sweep?.state === 'running' ? sweep.size : null,
  }
}
