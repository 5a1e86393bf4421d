import { Button, Checkbox } from '@mantine/core'
import type { FailureRow, FailureSelection } from '../../shared/failures'
import { formatCount } from '../format'
import { formatAddress, formatMoment } from '../format-results'
import { text } from '../text'
import classes from './failures.module.css'
import type { Failures } from './use-failures'
import { MOST_ROWS, VirtualTable, type VirtualColumn } from './virtual-table'

const t = text.failures

/** The pairs of the selection, newest first. */
export function FailureTable({ failures, found }: { readonly failures: Failures; readonly found: FailureSelection }) {
  return (
    <>
      <VirtualTable label={t.table} rows={failures.rows} count={found.matching} columns={columnsOf(failures)} testId="failure-row" />
      {found.matching > MOST_ROWS && <p className={classes.note}>{t.tooMany(formatCount(MOST_ROWS))}</p>}
    </>
  )
}

function columnsOf({ rows, chosen, choose, chooseNone, retry }: Failures): VirtualColumn<FailureRow>[] {
  const chooseOnScreen = (isChosen: boolean) => (isChosen ? choose(rows.onScreen.map(({ id }) => id), true) : chooseNone())
  return [
    {
      key: 'choose',
      width: '38px',
      head: <Checkbox size="xs" aria-label={t.chooseAll} checked={chosen.size > 0} indeterminate={chosen.size > 0} onChange={({ currentTarget }) => chooseOnScreen(currentTarget.checked)} />,
      cell: ({ id, wallet }) => <Checkbox size="xs" aria-label={t.choose(formatAddress(wallet))} checked={chosen.has(id)} onChange={({ currentTarget }) => choose([id], currentTarget.checked)} />,
    },
    { key: 'wallet', width: '112px', head: t.wallet, isText: true, isAddress: true, cell: ({ wallet }) => formatAddress(wallet), title: ({ wallet }) => wallet },
    { key: 'token', width: '92px', head: t.token, isText: true, cell: ({ symbol, token }) => symbol ?? formatAddress(token), title: ({ token }) => token },
    { key: 'message', width: 'minmax(140px, 1fr)', head: t.message, isText: true, cell: ({ message }) => message, title: ({ message }) => message },
    { key: 'attempts', width: '74px', head: t.attempts, about: t.attemptsAbout, cell: ({ attempts }) => formatCount(attempts) },
    { key: 'refusals', width: '72px', head: t.refusals, about: t.refusalsAbout, cell: ({ refusals }) => formatCount(refusals) },
    { key: 'recoveries', width: '68px', head: t.recoveries, about: t.recoveriesAbout, cell: ({ recoveries }) => formatCount(recoveries) },
    { key: 'failed', width: '148px', head: t.failedAt, cell: ({ failedAtMs }) => formatMoment(failedAtMs) },
    {
      key: 'retry',
      width: '78px',
      head: <span className="visually-hidden">{t.retryOne}</span>,
      cell: ({ id }) => (
        <Button size="compact-xs" variant="subtle" onClick={() => void retry({ ids: [id] })}>
          {t.retryOne}
        </Button>
      ),
    },
  ]
}
