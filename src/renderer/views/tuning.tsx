import { useElementSize } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { ChartPanel } from '../charts/chart-panel'
import { GoodputPlot, RefusalPlot, TuningLegend } from '../charts/tuning-chart'
import charts from '../charts/tuning-chart.module.css'
import { BatchSizeCard } from '../controls/batch-size-card'
import { kneeWords } from '../controls/size-advice'
import { text } from '../text'
import surfaces from '../theme/surfaces.module.css'
import { EpochComparisonStrip } from './epoch-comparison-strip'
import { EpochTable } from './epoch-table'
import { PacingCard } from './pacing-card'
import { ReasonsCard } from './reasons-card'
import classes from './tuning.module.css'
import { useTuningChart } from './use-tuning-chart'
import { useUnmeasuredWords } from './use-unmeasured-words'

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
  const props = useTuningChart()
  const { tuning } = props
  const unmeasured = useUnmeasuredWords()
  const isEmpty = tuning.samples.length === 0
  return (
    <div className={`${surfaces.card} ${charts.card}`} data-testid="tuning-chart" data-samples={tuning.samples.length} data-knee={tuning.model.knee.kind}>
      <ChartPanel title={t.chart.title} unit={t.chart.unit[tuning.pacing]} legend={<TuningLegend hasFindings={props.findings.length > 0} />} emptyText={isEmpty ? unmeasured : null}>
        {(size) => !isEmpty && <GoodputPlot {...props} size={size} />}
      </ChartPanel>
      <p className={charts.verdict} data-testid="knee">
        <b>{kneeWords(tuning.model)}</b> {!isEmpty && t.chart.samples(tuning.samples.length)}
      </p>
      {!isEmpty && (
        <div className={charts.refusals}>
          <p className={charts.refusalsHead}>
            {t.chart.refusals} <small>{t.chart.refusalsAbout[tuning.pacing]}</small>
          </p>
          <Measured>{(size) => <RefusalPlot tuning={tuning} sizes={props.sizes} size={size} />}</Measured>
        </div>
      )}
    </div>
  )
}

function Measured({ children }: { readonly children: (size: { width: number; height: number }) => ReactNode }) {
  const { ref, width, height } = useElementSize()
  return <div ref={ref}>{width > 0 && height > 0 && children({ width, height })}</div>
}
