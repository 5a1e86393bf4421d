import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconArrowDown, IconSearch, IconX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { usePicture } from '../store/console-context'
import { filterLog, LOG_LEVELS, type LogFilter } from '../store/log-filter'
import { text } from '../text'
import { LogLines } from './log-lines'
import classes from './log.module.css'
import { Panel } from './panel'
import { useFollowingScroll } from './use-following-scroll'
import view from './view.module.css'

const t = text.log
const LEVELS = LOG_LEVELS.map((value) => ({ value, label: t.filter[value] }))

/** The newest lines of the log, to be read and searched. It follows until the person scrolls back. */
export function Log() {
  const log = usePicture((picture) => picture.log)
  const [filter, setFilter] = useState<LogFilter>({ level: 'all', text: '' })
  const lines = useMemo(() => filterLog(log, filter), [log, filter])
  const { scrollRef, onScroll, isFollowing, follow } = useFollowingScroll()
  return (
    <div className={view.view}>
      <Panel title={t.title} aside={<Filters filter={filter} onChange={setFilter} shown={lines.length} all={log.length} />}>
        {lines.length === 0 && <p className={classes.empty}>{log.length === 0 ? t.nothingYet : t.nothingFound}</p>}
        <LogLines lines={lines} scrollRef={scrollRef} onScroll={onScroll} />
        {!isFollowing && (
          <Button className={classes.follow ?? ''} leftSection={<IconArrowDown size={14} aria-hidden />} onClick={follow}>
            {t.follow}
          </Button>
        )}
      </Panel>
    </div>
  )
}

interface FiltersProps {
  readonly filter: LogFilter
  readonly onChange: (filter: LogFilter) => void
  readonly shown: number
  readonly all: number
}

function Filters({ filter, onChange, shown, all }: FiltersProps) {
  const clear = (
    <ActionIcon size={22} aria-label={t.clear} onClick={() => onChange({ ...filter, text: '' })}>
      <IconX size={13} aria-hidden />
    </ActionIcon>
  )
  return (
    <div className={classes.filters}>
      <p className={view.sum} role="status">
        {t.shown(shown, all)}
      </p>
      <SegmentedControl<LogFilter['level']>
        aria-label={t.filterTitle}
        data={LEVELS}
        value={filter.level}
        onChange={(level) => onChange({ ...filter, level })}
        withItemsBorders={false}
      />
      <TextInput
        className={classes.search ?? ''}
        aria-label={t.search}
        data-search
        placeholder={t.search}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={filter.text === '' ? null : clear}
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
      />
    </div>
  )
}
