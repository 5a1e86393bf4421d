import { useMemo } from 'react'
import type { BatchRecord } from '../../shared/frames'
import { formatCount, formatShare } from '../format'
import { usePicture } from '../store/console-context'
import { text } from '../text'
import { BatchTable } from './batch-table'
import { Panel } from './panel'
import classes from './view.module.css'

/** The newest batches with everything that is known of them. */
export function Batches() {
  const batches = usePicture((picture) => picture.batches)
  const newestFirst = useMemo(() => batches.toReversed(), [batches])
  return (
    <div className={classes.view}>
      <Panel title={text.views.batches} aside={batches.length > 0 && <p className={classes.sum}>{summaryOf(batches)}</p>}>
        {/* A region that scrolls has to be reachable by keyboard. */}
        <div className={classes.scroll} role="region" aria-label={text.batches.table} tabIndex={0}>
          <BatchTable batches={newestFirst} columns="all" />
        </div>
      </Panel>
    </div>
  )
}

function summaryOf(batches: readonly BatchRecord[]): string {
  const pairs = batches.reduce((sum, batch) => sum + batch.size, 0)
  const succeeded = batches.reduce((sum, batch) => sum + batch.succeeded, 0)
  return text.batches.summary(batches.length, formatCount(pairs), formatShare(pairs === 0 ? null : succeeded / pairs))
}
