import type { EngineEvent } from './events'
import type { Clock, WorkQueue } from './ports'

/** So long an inbox that was empty is not looked at again while the line gives every pair that is asked for. */
const INBOX_UNSEEN_MS = 20

interface InboxWatchParts {
  readonly queue: Pick<WorkQueue, 'adopt'>
  readonly clock: Clock
  emit(event: EngineEvent): void
}

/** Adopts what comes into the inbox, and does not look for it anew with every claim. */
export class InboxWatch {
  #emptyUntilMs = -Infinity

  constructor(private readonly parts: InboxWatchParts) {}

  /** Looks whether or not it is due: the line gave less than was asked for. */
  lookAgain(): void {
    this.#emptyUntilMs = -Infinity
  }

  /** Answers what is left in the inbox, as far as is known. */
  async adoptIfDue(): Promise<number> {
    const { clock, queue, emit } = this.parts
    if (clock.nowMs() < this.#emptyUntilMs) return 0
    const { left, ...inbox } = await queue.adopt()
    const found = inbox.adopted + inbox.duplicates + inbox.rejected
    if (found > 0) emit({ type: 'adopted', ...inbox })
    this.#emptyUntilMs = found + left === 0 ? clock.nowMs() + INBOX_UNSEEN_MS : -Infinity
    return left
  }
}
