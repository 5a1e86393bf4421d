import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { memo, useState } from 'react'
import type { BatchRecord } from '../../shared/frames'
import { OutcomeBar } from '../charts/outcome-bar'
import { formatCount, formatLatency, formatTime } from '../format'
import { text } from '../text'
import { BatchPairs } from './batch-pairs'
import surfaces from '../theme/surfaces.module.css'
import classes from './batch-table.module.css'

const t = text.batches.columns

/** Heights of the head and of a row whose reason fits on one line. */
export const HEAD_PX = 24
export const ROW_PX = 24

type Columns = 'few' | 'all'

interface BatchTableProps {
  /** In the order in which they are shown. */
  readonly batches: readonly BatchRecord[]
  readonly columns: Columns
}

export function BatchTable({ batches, columns }: BatchTableProps) {
  if (batches.length === 0) return <p className={classes.empty}>{text.empty.noBatches}</p>
  return (
    <table className={`${surfaces.table} ${classes.table}`} data-columns={columns}>
      <thead>
        <tr style={{ height: HEAD_PX }}>
          <th scope="col">{t.number}</th>
          {columns === 'all' && <th scope="col">{t.started}</th>}
          <th scope="col">{t.size}</th>
          <th scope="col" className={classes.outcome}>
            {t.outcome}
          </th>
          {columns === 'all' && <OutcomeHeads />}
          <th scope="col">{t.took}</th>
          <th scope="col">{t.wait}</th>
          <th scope="col" className={classes.why}>
            {t.why}
          </th>
        </tr>
      </thead>
      <tbody>
        {batches.map((batch) => (
          <BatchRow key={batch.number} batch={batch} columns={columns} />
        ))}
      </tbody>
    </table>
  )
}

const OUTCOMES = ['succeeded', 'rateLimited', 'transient', 'timedOut', 'permanent', 'untouched'] as const

/** Number, start, size, the bar, the outcomes, time, wait and why. */
const ALL_COLUMNS = 7 + OUTCOMES.length

function OutcomeHeads() {
  return OUTCOMES.map((outcome) => (
    <th scope="col" key={outcome}>
      {t[outcome]}
    </th>
  ))
}

const BatchRow = memo(function BatchRow({ batch, columns }: { readonly batch: BatchRecord; readonly columns: Columns }) {
  const [isOpen, setOpen] = useState(false)
  const row = (
    <tr style={{ height: ROW_PX }} data-testid="batch-row" data-number={batch.number} data-size={batch.size}>
      <th scope="row">
        {columns === 'all' ? (
          <button type="button" className={classes.open} aria-expanded={isOpen} aria-label={text.batches.open(batch.number)} onClick={() => setOpen(!isOpen)}>
            {isOpen ? <IconChevronDown size={13} aria-hidden /> : <IconChevronRight size={13} aria-hidden />}#{batch.number}
          </button>
        ) : (
          `#${batch.number}`
        )}
      </th>
      {columns === 'all' && <td>{formatTime(batch.startedAtMs, 'second')}</td>}
      <td>{formatCount(batch.size)}</td>
      <td className={classes.outcome}>
        <OutcomeBar batch={batch} />
      </td>
      {columns === 'all' &&
        OUTCOMES.map((outcome) => (
          <td key={outcome} data-zero={batch[outcome] === 0 || undefined}>
            {formatCount(batch[outcome])}
          </td>
        ))}
      <td>{formatLatency(batch.tookMs)}</td>
      <td data-zero={batch.waitMs === 0 || undefined}>{formatLatency(batch.waitMs)}</td>
      <td className={classes.why} title={batch.why}>
        {batch.why}
      </td>
    </tr>
  )
  if (!isOpen) return row
  return (
    <>
      {row}
      <tr className={classes.opened}>
        <td colSpan={ALL_COLUMNS}>
          <BatchPairs number={batch.number} />
        </td>
      </tr>
    </>
  )
})
