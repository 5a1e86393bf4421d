import { useCallback, useEffect, useRef, useState } from 'react'
import { MAX_WAITING_ROWS, type PriorityChoice, type WaitingPlace, type WaitingRow } from '../../shared/waiting-pairs'
import { formatCount } from '../format'
import { useQueueCommands } from '../store/console-context'
import { text } from '../text'

const t = text.queue
/** Pairs come and go: what is shown is read anew this often. */
const LOOK_AGAIN_MS = 1500

export interface QueueList {
  readonly place: WaitingPlace
  readonly rows: readonly WaitingRow[]
  readonly chosen: ReadonlySet<string>
  readonly problem: string | null
  readonly said: string | null
  readonly show: (place: WaitingPlace) => void
  readonly more: () => void
  readonly choose: (ids: readonly string[], isChosen: boolean) => void
  readonly prioritize: (choice: PriorityChoice) => Promise<void>
  readonly dismiss: () => void
}

/** The pairs of one place as they stand, read anew while they are looked at. */
export function useQueue(): QueueList {
  const commands = useQueueCommands()
  const [place, setPlace] = useState<WaitingPlace>('ready')
  const [pages, setPages] = useState(1)
  const [rows, setRows] = useState<readonly WaitingRow[]>([])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<string | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const latest = useRef(0)

  const read = useCallback(async () => {
    const turn = ++latest.current
    const replies = await Promise.all(
      Array.from({ length: pages }, (_, page) => commands.rows({ place, from: page * MAX_WAITING_ROWS, count: MAX_WAITING_ROWS })),
    )
    if (latest.current !== turn) return
    const refused = replies.find((reply) => !reply.ok)
    setProblem(refused && !refused.ok ? refused.message : null)
    setRows(replies.flatMap((reply) => (reply.ok ? reply.value : [])))
  }, [commands, place, pages])
  useEffect(() => {
    void read()
    const timer = setInterval(() => void read(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [read])

  return {
    place,
    rows,
    chosen,
    problem,
    said,
    show: (next) => {
      setRows([])
      setPages(1)
      setChosen(new Set())
      setPlace(next)
    },
    more: () => setPages(pages + 1),
    choose: (ids, isChosen) => {
      const others = [...chosen].filter((id) => !ids.includes(id))
      setChosen(new Set(isChosen ? [...others, ...ids] : others))
    },
    prioritize: async (choice) => {
      const reply = await commands.prioritize(choice)
      const words = (changed: number) => (changed === 0 ? t.none : t.changed(formatCount(changed), changed))
      setSaid(reply.ok ? words(reply.value) : reply.message)
      if (reply.ok) setChosen(new Set())
      await read()
    },
    dismiss: () => setSaid(null),
  }
}
