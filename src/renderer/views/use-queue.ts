import { useEffect, useMemo, useState } from 'react'
import type { PriorityChoice, WaitingPlace, WaitingRow } from '../../shared/waiting-pairs'
import { formatCount } from '../format'
import { useQueueCommands, usePicture } from '../store/console-context'
import { PagedRows } from '../store/paged-rows'
import { text } from '../text'
import { useQueueSearch, type QueueSearch } from './use-queue-search'

const t = text.queue
/** Pairs come and go: what is shown is read anew this often. */
const LOOK_AGAIN_MS = 1500
/** Rows that are asked for at once. */
const PAGE_ROWS = 100

export interface QueueList {
  readonly place: WaitingPlace
  readonly rows: PagedRows<WaitingRow>
  /** Rows of the table; null before that is known. */
  readonly count: number | null
  readonly search: QueueSearch
  readonly chosen: ReadonlySet<string>
  readonly problem: string | null
  readonly said: string | null
  readonly show: (place: WaitingPlace) => void
  readonly choose: (ids: readonly string[], isChosen: boolean) => void
  readonly chooseNone: () => void
  readonly prioritize: (choice: PriorityChoice) => Promise<void>
  readonly dismiss: () => void
}

/** The pairs of one place as they stand, or those of them that a search finds, read anew while they are looked at. */
export function useQueue(): QueueList {
  const commands = useQueueCommands()
  const [place, setPlace] = useState<WaitingPlace>('ready')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<string | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const search = useQueueSearch(place, setProblem)
  const all = usePicture(({ ledger }) => ledger?.[place] ?? null)

  const inPlace = useMemo(
    () =>
      new PagedRows<WaitingRow>(async (from, count) => {
        const reply = await commands.rows({ place, from, count })
        setProblem(reply.ok ? null : reply.message)
        return reply.ok ? reply.value : null
      }, PAGE_ROWS),
    [commands, place],
  )
  const rows = search.rows ?? inPlace
  useEffect(() => {
    if (search.part !== '') return
    const timer = setInterval(() => void inPlace.refresh(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [inPlace, search.part])

  return {
    place,
    rows,
    count: search.part === '' ? all : (search.found?.rows.length ?? null),
    search,
    chosen,
    problem,
    said,
    show: (next) => {
      setChosen(new Set())
      setPlace(next)
    },
    choose: (ids, isChosen) => {
      const others = [...chosen].filter((id) => !ids.includes(id))
      setChosen(new Set(isChosen ? [...others, ...ids] : others))
    },
    chooseNone: () => setChosen(new Set()),
    prioritize: async (choice) => {
      const reply = await commands.prioritize(choice)
      const words = (changed: number) => (changed === 0 ? t.none : t.changed(formatCount(changed), changed))
      setSaid(reply.ok ? words(reply.value) : reply.message)
      if (reply.ok) setChosen(new Set())
      await rows.refresh()
    },
    dismiss: () => setSaid(null),
  }
}
