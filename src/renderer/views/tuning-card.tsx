import { ChartPanel } from '../charts/chart-panel'
import { GoodputPlot } from '../charts/tuning-chart'
import { formatChange, formatRate, formatShare, formatSpan } from '../format'
import { usePictureInTurn } from '../store/console-context'
import type { ComparedEpoch } from '../store/epoch-comparison'
import { selectTuning } from '../store/tuning'
import { text } from '../text'
import { comparisonVerdict, settingsWords } from './epoch-comparison-strip'
import { linkTo } from './route'
import surfaces from '../theme/surfaces.module.css'
import classes from './tuning-card.module.css'
import { useTuningChart } from './use-tuning-chart'
import { useUnmeasuredWords } from './use-unmeasured-words'

const t = text.tuning

/** The tuning on the overview: the curve, and what the last change of a setting has brought. */
export function TuningCard() {
  const props = useTuningChart()
  const unmeasured = useUnmeasuredWords()
  const isEmpty = props.tuning.samples.length === 0
  return (
    <div className={`${surfaces.card} ${classes.card}`} data-testid="tuning-card">
      <ChartPanel
        title={t.chart.title}
        unit={t.chart.short}
        legend={null}
        aside={
          <a className={classes.more} href={linkTo('tuning')}>
            {text.views.tuning}
          </a>
        }
        emptyText={isEmpty ? unmeasured : null}
      >
        {(size) => !isEmpty && <GoodputPlot {...props} size={size} />}
      </ChartPanel>
      <LastChange />
    </div>
  )
}

function LastChange() {
  const { comparison } = usePictureInTurn(selectTuning)
  if (comparison.kind !== 'compared') {
    return <p className={classes.note}>{comparison.kind === 'too-few' ? t.comparison['too-few'] : t.comparison.tooEarly(comparison.seconds, comparison.needed)}</p>
  }
  const { a, b, change, margin, seconds } = comparison
  return (
    <div className={classes.sides} title={comparison.isMoreThanChance ? t.comparison.isReal : t.comparison.isChance}>
      <Side letter="A" compared={a} seconds={seconds}>
        <span>{t.comparison.refused(formatShare(a.refusedShare))}</span>
      </Side>
      <Side letter="B" compared={b} seconds={seconds}>
        <span data-verdict={comparisonVerdict(comparison)}>{t.comparison.change(formatChange(change), formatShare(margin))}</span>
      </Side>
    </div>
  )
}

interface SideProps {
  readonly letter: string
  readonly compared: ComparedEpoch
  readonly seconds: number
  readonly children: React.ReactNode
}

function Side({ letter, compared: { epoch, goodputPerSecond }, seconds, children }: SideProps) {
  return (
    <div className={classes.side}>
      <h3>{[letter, settingsWords(epoch), formatSpan(seconds * 1000)].join(' · ')}</h3>
      <b>{formatRate(goodputPerSecond)}</b>
      <small>{t.comparison.perSecond}</small> {children}
    </div>
  )
}
