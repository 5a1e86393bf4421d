import { useEffect, useMemo, useState } from 'react'
import type { WaitingFound, WaitingPlace, WaitingRow } from '../../shared/waiting-pairs'
import { useQueueCommands } from '../store/console-context'
import { PagedRows } from '../store/paged-rows'

/** A search goes through all ids of a place: what it has found is looked for anew more seldom than a page is read. */
const SEARCH_AGAIN_MS = 5000
/** More than main brings: all that it finds is one page. */
const PAGE_ROWS = 1000

export interface QueueSearch {
  /** A part of an address; empty while nothing is searched for. */
  readonly part: string
  /** Null while nothing is searched for, and until the first answer. */
  readonly found: WaitingFound | null
  readonly rows: PagedRows<WaitingRow> | null
  readonly ask: (part: string) => void
}

/** What a part of an address finds among the pairs of a place. */
export function useQueueSearch(place: WaitingPlace, onProblem: (problem: string | null) => void): QueueSearch {
  const commands = useQueueCommands()
  const [part, setPart] = useState('')
  const [answer, setAnswer] = useState<{ readonly of: string; readonly found: WaitingFound } | null>(null)
  const wanted = `${place} ${part}`
  const rows = useMemo(
    () =>
      part === ''
        ? null
        : new PagedRows<WaitingRow>(async () => {
            const reply = await commands.search({ place, part })
            onProblem(reply.ok ? null : reply.message)
            if (!reply.ok) return null
            // An answer that comes late is told by what it is an answer to.
            setAnswer({ of: wanted, found: reply.value })
            return reply.value.rows
          }, PAGE_ROWS),
    [commands, place, part, wanted, onProblem],
  )
  useEffect(() => {
    if (rows === null) return
    rows.need(0, 0)
    const timer = setInterval(() => void rows.refresh(), SEARCH_AGAIN_MS)
    return () => clearInterval(timer)
  }, [rows])
  const found = rows !== null && answer?.of === wanted ? answer.found : null
  return { part, found, rows, ask: (next) => setPart(next.trim()) }
}
