import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { MAX_PRIORITY } from '../../shared/pair'
import type { PriorityChoice } from '../../shared/waiting-pairs'
import { formatCount } from '../format'
import { useViewActions } from '../store/view-actions'
import { text } from '../text'
import classes from './result-filter-bar.module.css'

const t = text.queue
const LEVELS = Array.from({ length: MAX_PRIORITY + 1 }, (_, level) => ({ value: String(level), label: t.levels(level) }))

interface PriorityBarProps {
  /** Ids of the pairs that are chosen in the table. */
  readonly chosen: ReadonlySet<string>
  /** What is searched for, and how many waiting pairs that finds; null while nothing is. */
  readonly search: { readonly part: string; readonly matching: number } | null
  readonly onSet: (choice: PriorityChoice) => Promise<void>
}

/** Gives waiting pairs another priority: those chosen, else those that are found, else all. */
export function PriorityBar({ chosen, search, onSet }: PriorityBarProps) {
  const [level, setLevel] = useState('9')
  const pairs: PriorityChoice['pairs'] = chosen.size > 0 ? { ids: [...chosen] } : search === null ? {} : { part: search.part }
  const words =
    chosen.size > 0
      ? t.setFor(formatCount(chosen.size), chosen.size)
      : search === null
        ? t.setForAll
        : t.setForFound(formatCount(search.matching), search.matching)
  useViewActions(
    'priority',
    chosen.size === 0 && search?.matching === 0 ? [] : [{ id: 'set', label: text.palette.prioritize(words, level), run: () => void onSet({ priority: Number(level), pairs }) }],
  )
  return (
    <form
      className={classes.end}
      onSubmit={(event) => {
        event.preventDefault()
        void onSet({ priority: Number(level), pairs })
      }}
    >
      <div className={classes.actions}>
        <span className={classes.count}>{words}</span>
        <NativeSelect aria-label={t.priority} data={LEVELS} value={level} onChange={(event) => setLevel(event.currentTarget.value)} />
        <Button type="submit" disabled={chosen.size === 0 && search?.matching === 0} data-testid="set-priority">
          {t.apply}
        </Button>
      </div>
    </form>
  )
}
