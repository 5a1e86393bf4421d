import type { EpochRecord } from '../../shared/frames'
import { formatChange, formatCount, formatRate, formatShare, formatSpan } from '../format'
import { usePictureInTurn } from '../store/console-context'
import type { ComparedEpoch, EpochComparison } from '../store/epoch-comparison'
import { selectTuning } from '../store/tuning'
import { text } from '../text'
import { Panel } from './panel'
import classes from './tuning.module.css'

const t = text.tuning.comparison

/** The last two epochs side by side, over equal time, and whether the difference is more than chance. */
export function EpochComparisonStrip() {
  const { comparison } = usePictureInTurn(selectTuning)
  const aside = comparison.kind === 'compared' && <span className={classes.aside}>{t.over(formatSpan(comparison.seconds * 1000))}</span>
  return (
    <Panel title={t.title} aside={aside}>
      <div data-testid="comparison" data-kind={comparison.kind}>
        <Comparison comparison={comparison} />
      </div>
    </Panel>
  )
}

function Comparison({ comparison }: { readonly comparison: EpochComparison }) {
  if (comparison.kind === 'too-few') return <p className={classes.note}>{t['too-few']}</p>
  if (comparison.kind === 'too-early') return <p className={classes.note}>{t.tooEarly(comparison.seconds, comparison.needed)}</p>
  const { a, b, change, margin, isMoreThanChance } = comparison
  return (
    <div className={classes.strip}>
      <Side letter="A" compared={a} />
      <Side letter="B" compared={b} />
      <div className={classes.side}>
        <p data-verdict={comparisonVerdict(comparison)}>
          <b>{t.change(formatChange(change), formatShare(margin))}</b>
        </p>
        <span title={isMoreThanChance ? t.isReal : t.isChance}>{isMoreThanChance ? t.isReal : t.isChance}</span>
      </div>
    </div>
  )
}

/** What the change came to, as far as it can be told from chance. */
export function comparisonVerdict({ change, isMoreThanChance }: Pick<Extract<EpochComparison, { kind: 'compared' }>, 'change' | 'isMoreThanChance'>): 'better' | 'worse' | 'open' {
  if (!isMoreThanChance) return 'open'
  return change > 0 ? 'better' : 'worse'
}

/** `size 20`, or `auto (22)`. */
export function settingsWords(epoch: EpochRecord): string {
  return t.size(sizeOf(epoch), epoch.sizing)
}

function Side({ letter, compared }: { readonly letter: string; readonly compared: ComparedEpoch }) {
  const { epoch, goodputPerSecond, refusedShare } = compared
  return (
    <div className={classes.side}>
      <h3>
        {letter} · #{epoch.number} · {settingsWords(epoch)} · {epoch.pacing}
      </h3>
      <b>{t.rate(formatRate(goodputPerSecond))}</b> <span className={classes.refused}>{t.refused(formatShare(refusedShare))}</span>
    </div>
  )
}

function sizeOf({ sizing, batchSize, meanBatchSize }: EpochRecord): string {
  return formatCount(sizing === 'auto' ? Math.round(meanBatchSize ?? batchSize) : batchSize)
}
