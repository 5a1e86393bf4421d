import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { WAITING_PLACES, type WaitingPlace } from '../../shared/waiting-pairs'
import { DiscoverButton } from '../controls/discover-button'
import { ImportButton } from '../controls/import-button'
import { PriorityBar } from '../controls/priority-bar'
import bar from '../controls/result-filter-bar.module.css'
import { SearchField } from '../controls/search-field'
import { formatCount } from '../format'
import { usePicture } from '../store/console-context'
import { text } from '../text'
import failures from './failures.module.css'
import { Panel } from './panel'
import { QueueTable } from './queue-table'
import classes from './queue.module.css'
import { useQueue, type QueueList } from './use-queue'
import { MOST_ROWS } from './virtual-table'

const t = text.queue

/** What waits and what is being worked, in the order in which it comes up; and who comes first. */
export function Queue() {
  const queue = useQueue()
  const { place, search } = queue
  return (
    <div className={failures.view}>
      <News queue={queue} />
      <Panel
        title={t.title}
        aside={
          <div className={failures.actions}>
            <Places place={place} onChange={queue.show} />
            <DiscoverButton testId="discover-more" />
            <ImportButton />
          </div>
        }
      >
        <div className={bar.bar}>
          <SearchField className={classes.search} label={t.search} hint={t.searchHint} value={search.part} onChange={search.ask} />
          {search.found && <span className={bar.count}>{t.found(formatCount(search.found.rows.length), formatCount(search.found.matching))}</span>}
          {place !== 'inFlight' && (
            <PriorityBar
              chosen={queue.chosen}
              search={search.part === '' ? null : { part: search.part, matching: search.found?.matching ?? 0 }}
              onSet={queue.prioritize}
            />
          )}
        </div>
        <List queue={queue} />
      </Panel>
    </div>
  )
}

function Places({ place, onChange }: { readonly place: WaitingPlace; readonly onChange: (place: WaitingPlace) => void }) {
  const ledger = usePicture((picture) => picture.ledger)
  const data = WAITING_PLACES.map((value) => ({ value, label: t.placeCount(t.places[value], formatCount(ledger?.[value] ?? null)) }))
  return <SegmentedControl<WaitingPlace> aria-label={t.place} data={data} value={place} onChange={onChange} withItemsBorders={false} />
}

function List({ queue }: { readonly queue: QueueList }) {
  const { place, count, problem, search } = queue
  if (problem !== null) return <Plain title={t.problem} about={problem} />
  if (count === null) return search.part === '' ? null : <Plain title={t.searching} about="" />
  if (count === 0) return search.part === '' ? <Plain title={t.empty[place]} about={t.emptyAbout[place]} /> : <Plain title={t.nothing} about={t.nothingAbout} />
  return (
    <>
      <QueueTable queue={queue} count={count} />
      {count > MOST_ROWS && <p className={failures.note}>{t.tooMany(formatCount(MOST_ROWS))}</p>}
    </>
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
