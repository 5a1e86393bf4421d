import {
  natureOf,
  normalisedReason,
  type FailureChoice,
  type FailureFilter,
  type FailureGroup,
  type FailureRow,
  type FailureSelection,
} from '../../shared/failures'
import { OperatorRefused, type FailureShelf } from '../operator/ports'
import type { FailureRecord, QueueReader } from '../queue/reads'
import type { RedisWorkQueue } from '../queue/redis-work-queue'
import { LastDeed } from './last-deed'
import { isAmongGroups, isInGroup, isOfEitherNature } from './failure-filter'

/** Groups that cross to the window. */
const MOST_GROUPS = 200
/** Pairs that one command moves, so that Redis is never held up. */
const AT_ONCE = 1000
const REMEMBERED_SELECTIONS = 4

/**
 * 1. Groups the failures by what they say, and remembers which pairs a filter lets through.
 * 2. Brings rows of a selection, which stays as it was when it was made.
 * 3. Puts pairs back, or takes them out of the books for good: those named, or all of a selection.
 */
export class FailureBrowser implements FailureShelf {
  readonly #selections = new Map<number, readonly string[]>()
  #made = 0
  readonly #lastRetry = new LastDeed<FailureRecord>()

  constructor(
    private readonly reader: QueueReader,
    private readonly queue: RedisWorkQueue,
  ) {}

  async query(filter: FailureFilter): Promise<FailureSelection> {
    const groups = new Map<string, FailureGroup>()
    const ids: string[] = []
    const byNature = { poison: 0, 'bad-luck': 0 }
    let total = 0
    for await (const failure of this.reader.failures()) {
      total++
      if (!isOfEitherNature(filter, failure)) continue
      byNature[natureOf(failure.reason)] += 1
      if (!isAmongGroups(filter, failure)) continue
      const words = normalisedReason(failure.message)
      const key = `${failure.reason} ${words}`
      groups.set(key, withFailure(groups.get(key), words, failure))
      if (isInGroup(filter, failure)) ids.push(failure.id)
    }
    const selection = ++this.#made
    this.#selections.set(selection, ids.reverse())
    this.#selections.delete(selection - REMEMBERED_SELECTIONS)
    const largest = [...groups.values()].sort((a, b) => b.count - a.count || b.lastAtMs - a.lastAtMs || (a.words < b.words ? -1 : 1))
    return { selection, total, matching: ids.length, byNature, groups: largest.slice(0, MOST_GROUPS), groupCount: groups.size }
  }

  async rows({ selection, from, count }: { selection: number; from: number; count: number }): Promise<FailureRow[] | null> {
    const ids = this.#selections.get(selection)
    if (ids === undefined) return null
    return (await this.reader.failuresOf(ids.slice(from, from + count))).map(rowOf)
  }

  retry(choice: FailureChoice): Promise<number> {
    this.#lastRetry.begin()
    return this.#each(choice, async (ids) => {
      this.#lastRetry.note(await this.reader.failuresOf(ids))
      return this.queue.retryFailed(ids)
    })
  }

  async undoRetry(): Promise<number> {
    const failures = this.#lastRetry.take()
    let back = 0
    for (let from = 0; from < failures.length; from += AT_ONCE) back += await this.queue.unretry(failures.slice(from, from + AT_ONCE))
    return back
  }

  discard(choice: FailureChoice): Promise<number> {
    return this.#each(choice, (ids) => this.queue.discardFailed(ids))
  }

  async #each(choice: FailureChoice, move: (ids: readonly string[]) => Promise<number>): Promise<number> {
    const ids = 'ids' in choice ? choice.ids : this.#selections.get(choice.selection)
    if (ids === undefined) throw new OperatorRefused('The list is out of date. Look at it anew, and choose again.')
    let moved = 0
    for (let from = 0; from < ids.length; from += AT_ONCE) moved += await move(ids.slice(from, from + AT_ONCE))
    return moved
  }
}

function withFailure(group: FailureGroup | undefined, words: string, { reason, message, failedAtMs }: FailureRecord): FailureGroup {
  if (group === undefined) return { words, reason, count: 1, firstAtMs: failedAtMs, lastAtMs: failedAtMs, example: message }
  return { ...group, count: group.count + 1, firstAtMs: Math.min(group.firstAtMs, failedAtMs), lastAtMs: Math.max(group.lastAtMs, failedAtMs), example: message }
}

function rowOf({ id, entry, ...rest }: FailureRecord): FailureRow {
  return { id, wallet: entry.wallet_address, token: entry.token_address, symbol: entry.token_symbol ?? null, ...rest }
}
