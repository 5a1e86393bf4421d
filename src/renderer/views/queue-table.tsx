import { Checkbox } from '@mantine/core'
import type { WaitingRow } from '../../shared/waiting-pairs'
import { formatCount, formatSpan, UNKNOWN } from '../format'
import { formatAddress, formatMoment } from '../format-results'
import { usePicture } from '../store/console-context'
import { text } from '../text'
import classes from './queue.module.css'
import type { QueueList } from './use-queue'
import { VirtualTable, type VirtualColumn } from './virtual-table'

const t = text.queue

/** The pairs of a place, the next one first. */
export function QueueTable({ queue, count }: { readonly queue: QueueList; readonly count: number }) {
  // All moments are those of the Redis server: so is the time that they are compared with.
  const nowMs = usePicture(({ ledger }) => ledger?.auditedAtMs ?? 0)
  return <VirtualTable label={t.table} rows={queue.rows} count={count} columns={columnsOf(queue, nowMs)} testId="queue-row" />
}

function columnsOf({ place, rows, chosen, choose, chooseNone }: QueueList, nowMs: number): VirtualColumn<WaitingRow>[] {
  const chooseOnScreen = (isChosen: boolean) => (isChosen ? choose(rows.onScreen.map(({ id }) => id), true) : chooseNone())
  const chooser: VirtualColumn<WaitingRow> = {
    key: 'choose',
    width: '38px',
    head: <Checkbox size="xs" aria-label={t.chooseAll} checked={chosen.size > 0} indeterminate={chosen.size > 0} onChange={({ currentTarget }) => chooseOnScreen(currentTarget.checked)} />,
    cell: ({ id, wallet }) => <Checkbox size="xs" aria-label={t.choose(formatAddress(wallet))} checked={chosen.has(id)} onChange={({ currentTarget }) => choose([id], currentTarget.checked)} />,
  }
  const batch: VirtualColumn<WaitingRow> = { key: 'batch', width: '84px', head: t.batch, cell: ({ batch: number }) => (number === null ? UNKNOWN : `#${number}`) }
  return [
    ...(place === 'inFlight' ? [] : [chooser]),
    { key: 'position', width: '84px', head: t.position, cell: ({ position }) => formatCount(position) },
    { key: 'wallet', width: 'minmax(112px, 1fr)', head: t.wallet, isText: true, isAddress: true, cell: ({ wallet }) => formatAddress(wallet), title: ({ wallet }) => wallet },
    { key: 'token', width: 'minmax(92px, 1fr)', head: t.token, isText: true, cell: ({ symbol, token }) => symbol ?? formatAddress(token), title: ({ token }) => token },
    ...(place === 'inFlight' ? [batch] : []),
    {
      key: 'priority',
      width: '96px',
      head: t.priority,
      cell: ({ priority, isAtFront }) => (
        <>
          {isAtFront && <span className={classes.front}>{t.front}</span>} {priority}
        </>
      ),
      title: ({ isAtFront }) => (isAtFront ? t.frontAbout : undefined),
    },
    { key: 'attempts', width: '84px', head: t.attempts, about: text.failures.attemptsAbout, cell: ({ attempts }) => formatCount(attempts) },
    { key: 'refusals', width: '84px', head: t.refusals, about: text.failures.refusalsAbout, cell: ({ refusals }) => formatCount(refusals) },
    { key: 'recoveries', width: '78px', head: t.recoveries, about: text.failures.recoveriesAbout, cell: ({ recoveries }) => formatCount(recoveries) },
    { key: 'moment', width: '124px', head: t.moment[place], cell: ({ atMs }) => agoOf(atMs, nowMs), title: ({ atMs }) => (atMs === null ? undefined : formatMoment(atMs)) },
  ]
}

function agoOf(atMs: number | null, nowMs: number): string {
  if (atMs === null || nowMs === 0) return UNKNOWN
  const ms = atMs - nowMs
  if (Math.abs(ms) < 1000) return t.now
  return ms > 0 ? t.in(formatSpan(ms)) : t.ago(formatSpan(-ms))
}
