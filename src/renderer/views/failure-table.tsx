import { Button, Checkbox } from '@mantine/core'
import { memo } from 'react'
import type { FailureRow, FailureSelection } from '../../shared/failures'
import { formatCount } from '../format'
import { formatAddress, formatMoment } from '../format-results'
import { text } from '../text'
import classes from './failures.module.css'
import type { Failures } from './use-failures'

const t = text.failures

/** The pairs of the selection, newest first, more of them on request. */
export function FailureTable({ failures, found }: { readonly failures: Failures; readonly found: FailureSelection }) {
  const { rows, chosen, choose, retry, more } = failures
  const isAllChosen = rows.length > 0 && rows.every(({ id }) => chosen.has(id))
  return (
    <div className={classes.scroll} role="region" aria-label={t.table} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <Checkbox
                size="xs"
                aria-label={t.chooseAll}
                checked={isAllChosen}
                indeterminate={!isAllChosen && chosen.size > 0}
                onChange={(event) => choose(rows.map(({ id }) => id), event.currentTarget.checked)}
              />
            </th>
            <th scope="col" data-text>
              {t.wallet}
            </th>
            <th scope="col" data-text>
              {t.token}
            </th>
            <th scope="col" data-text>
              {t.message}
            </th>
            <th scope="col" title={t.attemptsAbout}>
              {t.attempts}
            </th>
            <th scope="col" title={t.refusalsAbout}>
              {t.refusals}
            </th>
            <th scope="col" title={t.recoveriesAbout}>
              {t.recoveries}
            </th>
            <th scope="col">{t.failedAt}</th>
            <th scope="col">
              <span className="visually-hidden">{t.retryOne}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} isChosen={chosen.has(row.id)} choose={choose} retry={retry} />
          ))}
        </tbody>
      </table>
      {rows.length < found.matching && (
        <p className={classes.note}>
          {t.more(formatCount(rows.length), formatCount(found.matching))} · <Button onClick={more}>{t.showMore}</Button>
        </p>
      )}
    </div>
  )
}

interface RowProps extends Pick<Failures, 'choose' | 'retry'> {
  readonly row: FailureRow
  readonly isChosen: boolean
}

const Row = memo(function Row({ row, isChosen, choose, retry }: RowProps) {
  const { id, wallet, token, symbol, message, attempts, refusals, recoveries, failedAtMs } = row
  return (
    <tr data-testid="failure-row">
      <td>
        <Checkbox size="xs" aria-label={t.choose(formatAddress(wallet))} checked={isChosen} onChange={(event) => choose([id], event.currentTarget.checked)} />
      </td>
      <td data-text className={classes.address} title={wallet}>
        {formatAddress(wallet)}
      </td>
      <td data-text title={token}>
        {symbol ?? formatAddress(token)}
      </td>
      <td data-text className={classes.words} title={message}>
        {message}
      </td>
      <td>{formatCount(attempts)}</td>
      <td>{formatCount(refusals)}</td>
      <td>{formatCount(recoveries)}</td>
      <td>{formatMoment(failedAtMs)}</td>
      <td>
        <Button size="compact-xs" variant="subtle" onClick={() => void retry({ ids: [id] })}>
          {t.retryOne}
        </Button>
      </td>
    </tr>
  )
})
