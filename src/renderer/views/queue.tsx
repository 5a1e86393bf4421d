import { ActionIcon, Button, Checkbox, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { WAITING_PLACES, type WaitingPlace, type WaitingRow } from '../../shared/waiting-pairs'
import { DiscoverButton } from '../controls/discover-button'
import { ImportButton } from '../controls/import-button'
import { PriorityBar } from '../controls/priority-bar'
import { formatCount } from '../format'
import { formatAddress, formatMoment } from '../format-results'
import { usePicture } from '../store/console-context'
import { text } from '../text'
import failures from './failures.module.css'
import { Panel } from './panel'
import classes from './queue.module.css'
import { useQueue, type QueueList } from './use-queue'

const t = text.queue

/** What waits and what is being worked, in the order in which it comes up; and who comes first. */
export function Queue() {
  const queue = useQueue()
  const ledger = usePicture((picture) => picture.ledger)
  const { place, rows, problem } = queue
  const data = WAITING_PLACES.map((value) => ({ value, label: t.placeCount(t.places[value], formatCount(ledger?.[value] ?? null)) }))
  return (
    <div className={failures.view}>
      <News queue={queue} />
      <Panel
        title={t.title}
        aside={
          <div className={failures.actions}>
            <SegmentedControl<WaitingPlace> aria-label={t.place} data={data} value={place} onChange={queue.show} withItemsBorders={false} />
            <DiscoverButton testId="discover-more" />
            <ImportButton />
          </div>
        }
      >
        {place !== 'inFlight' && <PriorityBar chosen={queue.chosen} onSet={queue.prioritize} />}
        {problem !== null && <Plain title={t.problem} about={problem} />}
        {problem === null && rows.length === 0 && <Plain title={t.empty[place]} about={t.emptyAbout[place]} />}
        {problem === null && rows.length > 0 && <Rows queue={queue} all={ledger?.[place] ?? rows.length} />}
      </Panel>
    </div>
  )
}

function Rows({ queue, all }: { readonly queue: QueueList; readonly all: number }) {
  const { place, rows, chosen, choose, more } = queue
  const isAllChosen = rows.every(({ id }) => chosen.has(id))
  return (
    <div className={failures.scroll} role="region" aria-label={t.table} tabIndex={0}>
      <table className={failures.table}>
        <thead>
          <tr>
            {place !== 'inFlight' && (
              <th scope="col">
                <Checkbox
                  size="xs"
                  aria-label={t.chooseAll}
                  checked={isAllChosen}
                  indeterminate={!isAllChosen && chosen.size > 0}
                  onChange={(event) => choose(rows.map(({ id }) => id), event.currentTarget.checked)}
                />
              </th>
            )}
            <th scope="col">{t.position}</th>
            <th scope="col" data-text>
              {t.wallet}
            </th>
            <th scope="col" data-text>
              {t.token}
            </th>
            <th scope="col">{t.priority}</th>
            <th scope="col" title={text.failures.attemptsAbout}>
              {t.attempts}
            </th>
            <th scope="col" title={text.failures.refusalsAbout}>
              {t.refusals}
            </th>
            <th scope="col" title={text.failures.recoveriesAbout}>
              {t.recoveries}
            </th>
            <th scope="col">{t.moment[place]}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} place={place} isChosen={chosen.has(row.id)} choose={choose} />
          ))}
        </tbody>
      </table>
      {rows.length < all && (
        <p className={failures.note}>
          {t.more(formatCount(rows.length), formatCount(all))} · <Button onClick={more}>{t.showMore}</Button>
        </p>
      )}
    </div>
  )
}

interface RowProps extends Pick<QueueList, 'choose'> {
  readonly row: WaitingRow
  readonly place: WaitingPlace
  readonly isChosen: boolean
}

function Row({ row, place, isChosen, choose }: RowProps) {
  const { id, position, wallet, token, symbol, priority, attempts, refusals, recoveries, atMs, isAtFront } = row
  return (
    <tr data-testid="queue-row">
      {place !== 'inFlight' && (
        <td>
          <Checkbox size="xs" aria-label={t.choose(formatAddress(wallet))} checked={isChosen} onChange={(event) => choose([id], event.currentTarget.checked)} />
        </td>
      )}
      <td>{formatCount(position)}</td>
      <td data-text className={failures.address} title={wallet}>
        {formatAddress(wallet)}
      </td>
      <td data-text title={token} className={classes.token}>
        {symbol ?? formatAddress(token)}
      </td>
      <td title={isAtFront ? t.frontAbout : undefined}>
        {isAtFront && <span className={classes.front}>{t.front}</span>} {priority}
      </td>
      <td>{formatCount(attempts)}</td>
      <td>{formatCount(refusals)}</td>
      <td>{formatCount(recoveries)}</td>
      <td>{formatMoment(atMs ?? Number.NaN)}</td>
    </tr>
  )
}

function News({ queue: { said, dismiss } }: { readonly queue: QueueList }) {
  if (said === null) return null
  return (
    <div className={failures.news} role="status">
      <span>{said}</span>
      <ActionIcon aria-label={t.dismiss} onClick={dismiss}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </div>
  )
}

function Plain({ title, about }: { readonly title: string; readonly about: string }) {
  return (
    <div className={failures.plain} role="status">
      <b>{title}</b>
      <p>{about}</p>
    </div>
  )
}
