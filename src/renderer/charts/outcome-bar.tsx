import { memo } from 'react'
import type { BatchRecord } from '../../shared/frames'
import { text } from '../text'
import classes from './outcome-bar.module.css'

interface OutcomeBarProps {
  readonly batch: Pick<BatchRecord, 'succeeded' | 'rateLimited' | 'transient' | 'timedOut' | 'permanent' | 'untouched'>
}

/** A batch's outcomes as shares of its size. */
export const OutcomeBar = memo(function OutcomeBar({ batch }: OutcomeBarProps) {
  const parts = [
    { kind: 'done', name: text.outcomes.done, count: batch.succeeded },
    { kind: 'limited', name: text.outcomes.rateLimited, count: batch.rateLimited },
    { kind: 'transient', name: text.outcomes.transient, count: batch.transient },
    { kind: 'failed', name: text.outcomes.failed, count: batch.permanent + batch.timedOut },
    { kind: 'untouched', name: text.outcomes.untouched, count: batch.untouched },
  ].filter(({ count }) => count > 0)
  const words = parts.map(({ count, name }) => `${count} ${name}`).join(', ')
  return (
    <span className={classes.bar} role="img" aria-label={words} title={words}>
      {parts.map(({ kind, count }) => (
        <span key={kind} data-kind={kind} style={{ flexGrow: count }} />
      ))}
    </span>
  )
})
