import type { PriorityChoice, WaitingFound, WaitingRow, WaitingRowsRequest, WaitingSearch } from '../../shared/waiting-pairs'
import type { WaitingShelf } from '../operator/ports'
import type { QueueReader } from '../queue/reads'
import type { RedisWorkQueue } from '../queue/redis-work-queue'
import type { WaitingPages } from '../queue/waiting-pages'

interface QueueDeskParts {
  readonly pages: WaitingPages
  readonly reader: QueueReader
  readonly queue: RedisWorkQueue
}

/** What waits, in order, and who comes first. */
export class QueueDesk implements WaitingShelf {
  constructor(private readonly parts: QueueDeskParts) {}

  rows(request: WaitingRowsRequest): Promise<WaitingRow[]> {
    return this.parts.pages.rows(request)
  }

  search(search: WaitingSearch): Promise<WaitingFound> {
    return this.parts.pages.search(search)
  }

  async prioritize({ priority, pairs }: PriorityChoice): Promise<number> {
    const { queue, reader } = this.parts
    if ('ids' in pairs) return queue.prioritize(pairs.ids, priority)
    let changed = 0
    for await (const ids of reader.waiting(pairs)) changed += await queue.prioritize(ids, priority)
    return changed
  }
}
