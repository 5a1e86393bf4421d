import type { PriorityChoice, WaitingFound, WaitingRow, WaitingRowsRequest, WaitingSearch } from '../../shared/waiting-pairs'
import type { WaitingShelf } from '../operator/ports'
import type { QueueReader } from '../queue/reads'
import type { RedisWorkQueue } from '../queue/redis-work-queue'
import type { WaitingPages } from '../queue/waiting-pages'
import { LastDeed } from './last-deed'

/** Pairs that one command changes, so that Redis is never held up. */
const AT_ONCE = 1000

interface QueueDeskParts {
  readonly pages: WaitingPages
  readonly reader: QueueReader
  readonly queue: RedisWorkQueue
}

/** What waits, in order, and who comes first. */
export class QueueDesk implements WaitingShelf {
  readonly #lastChange = new LastDeed<{ readonly id: string; readonly priority: number }>()

  constructor(private readonly parts: QueueDeskParts) {}

  rows(request: WaitingRowsRequest): Promise<WaitingRow[]> {
    return this.parts.pages.rows(request)
  }

  search(search: WaitingSearch): Promise<WaitingFound> {
    return this.parts.pages.search(search)
  }

  async prioritize({ priority, pairs }: PriorityChoice): Promise<number> {
    this.#lastChange.begin()
    if ('ids' in pairs) return this.#change(pairs.ids, priority)
    let changed = 0
    for await (const ids of this.parts.reader.waiting(pairs)) changed += await this.#change(ids, priority)
    return changed
  }

  async undoPrioritize(): Promise<number> {
    const before = this.#lastChange.take()
    let changed = 0
    for (const priority of new Set(before.map((pair) => pair.priority))) {
      const pairs = before.filter((pair) => pair.priority === priority)
      for (let from = 0; from < pairs.length; from += AT_ONCE) {
        changed += await this.parts.queue.prioritize(pairs.slice(from, from + AT_ONCE).map(({ id }) => id), priority)
      }
    }
    return changed
  }

  async #change(ids: readonly string[], priority: number): Promise<number> {
    const before = await this.parts.reader.prioritiesOf(ids)
    this.#lastChange.note(ids.flatMap((id, i) => (before[i] === priority ? [] : [{ id, priority: before[i] ?? 0 }])))
    return this.parts.queue.prioritize(ids, priority)
  }
}
