import { BatchTimes } from '../charts/batch-times'
import controls from '../controls/controls.module.css'
import { formatLatency } from '../format'
import { usePicture } from '../store/console-context'
import { text } from '../text'
import classes from './pacing-card.module.css'

const t = text.pacing

/** The rule that sets the pause between batches, the present pause, and what the pauses have cost. */
export function PacingCard() {
  const { kind, waitMs, why } = usePicture((picture) => picture.gauges.pacing)
  const batches = usePicture((picture) => picture.batches)
  return (
    <section className={controls.card} aria-label={t.title}>
      <header className={controls.cardHead}>
        <h2>{t.title}</h2>
        <span className={classes.kind} title={t.about[kind]}>
          {t.kinds[kind]}
        </span>
      </header>
      <p className={classes.wait}>
        <b>{formatLatency(waitMs)}</b> <span className={controls.aside}>{t.beforeNext(why)}</span>
      </p>
      {batches.length > 0 && <BatchTimes batches={batches} />}
    </section>
  )
}
