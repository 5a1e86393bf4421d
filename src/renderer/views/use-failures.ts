import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { FailureChoice, FailureFilter, FailureRow, FailureSelection } from '../../shared/failures'
import { formatCount } from '../format'
import { useFailureCommands, usePicture } from '../store/console-context'
import { PagedRows } from '../store/paged-rows'
import { text } from '../text'

const t = text.failures
/** Rows that are asked for at once. */
const PAGE_ROWS = 100

export interface Failures {
  readonly filter: FailureFilter
  readonly found: FailureSelection | null
  readonly rows: PagedRows<FailureRow>
  /** Ids of the pairs that are chosen one by one. */
  readonly chosen: ReadonlySet<string>
  readonly problem: string | null
  readonly said: { readonly tone: 'good' | 'bad'; readonly words: string } | null
  /** Whether pairs have failed, or been put back, since the list was read. */
  readonly isStale: boolean
  readonly ask: (filter: FailureFilter) => void
  readonly look: () => void
  readonly choose: (ids: readonly string[], isChosen: boolean) => void
  readonly chooseNone: () => void
  readonly retry: (choice: FailureChoice) => Promise<void>
  readonly discard: (choice: FailureChoice) => Promise<void>
  readonly dismiss: () => void
}

/** The failures as the view has last read them, and what can be done about them. */
export function useFailures(): Failures {
  const commands = useFailureCommands()
  const failed = usePicture(({ ledger }) => ledger?.failed ?? 0)
  const [filter, setFilter] = useState<FailureFilter>({})
  const [found, setFound] = useState<FailureSelection | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<string | null>(null)
  const [said, setSaid] = useState<Failures['said']>(null)
  const latest = useRef<FailureFilter | null>(null)

  const read = useCallback(
    (wanted: FailureFilter): Promise<void> => {
      latest.current = wanted
      return commands.query(wanted).then((reply) => {
        // Somebody who types asks faster than a hundred thousand failures are grouped.
        if (latest.current !== wanted) return
        setProblem(reply.ok ? null : reply.message)
        if (!reply.ok) return
        setFound(reply.value)
        setChosen(new Set())
      })
    },
    [commands],
  )
  useEffect(() => void read({}), [read])
  // While nothing is shown there is nobody to disturb.
  const isEmpty = found?.total === 0
  useEffect(() => {
    if (isEmpty && failed > 0) void read({})
  }, [read, isEmpty, failed])
  const rows = useMemo(
    () => new PagedRows<FailureRow>(async (from, count) => (found === null ? null : commands.rows(found, from, count)), PAGE_ROWS),
    [commands, found],
  )

  const move = async (command: 'retry' | 'discard', choice: FailureChoice) => {
    const reply = await commands[command](choice)
    const words = command === 'retry' ? t.retried : t.discarded
    setSaid(reply.ok ? { tone: 'good', words: words(formatCount(reply.value), reply.value) } : { tone: 'bad', words: reply.message })
    await read(filter)
  }
  return {
    filter,
    found,
    rows,
    chosen,
    problem,
    said,
    isStale: found !== null && failed !== found.total,
    ask: (wanted) => {
      setFilter(wanted)
      void read(wanted)
    },
    look: () => void read({ ...filter }),
    choose: (ids, isChosen) => {
      const others = [...chosen].filter((id) => !ids.includes(id))
      setChosen(new Set(isChosen ? [...others, ...ids] : others))
    },
    chooseNone: () => setChosen(new Set()),
    retry: (choice) => move('retry', choice),
    discard: (choice) => move('discard', choice),
    dismiss: () => setSaid(null),
  }
}
