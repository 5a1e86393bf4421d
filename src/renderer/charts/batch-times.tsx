import { memo } from 'react'
import type { BatchRecord } from '../../shared/frames'
import { formatLatency, formatShare } from '../format'
import { waitingOf } from '../store/waiting'
import { text } from '../text'
import classes from './batch-times.module.css'
import { LegendMark } from './legend'

const SHOWN = 40
const t = text.pacing

/** The last batches as columns: the time that each worked, and the wait that followed it. */
export const BatchTimes = memo(function BatchTimes({ batches }: { readonly batches: readonly BatchRecord[] }) {
  const shown = batches.slice(-SHOWN)
  const longestMs = Math.max(...shown.map((batch) => batch.tookMs + batch.waitMs), 1)
  const percent = (ms: number) => `${(100 * ms) / longestMs}%`
  return (
    <figure className={classes.figure}>
      <div className={classes.columns} role="img" aria-label={t.columnsAbout(shown.length)}>
        {shown.map((batch) => (
          <span key={batch.number} title={t.column(batch.number, formatLatency(batch.tookMs), formatLatency(batch.waitMs))}>
            <i data-part="waited" style={{ height: percent(batch.waitMs) }} />
            <i data-part="worked" style={{ height: percent(batch.tookMs) }} />
          </span>
        ))}
      </div>
      <figcaption>
        <span>
          <LegendMark mark="area" color="var(--done)" /> {t.worked}
        </span>
        <span>
          <LegendMark mark="hatched" color="var(--limited)" /> {t.waited(formatShare(waitingOf(batches)?.share ?? null))}
        </span>
        <span className={classes.scale}>{t.upTo(formatLatency(longestMs))}</span>
      </figcaption>
    </figure>
  )
})
