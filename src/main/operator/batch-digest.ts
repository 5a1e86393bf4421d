import type { EngineEvent } from '../engine/events'
import type { Spoken } from './narration'

/** A line for so long, while there is anything to say. */
const EVERY_MS = 5000

type Settled = Extract<EngineEvent, { type: 'batch-settled' }>

/**
 * In a rolling window several batches end each second: what they came to is told together, once in five seconds. Nothing
 * that needs attention waits for that: it has lines of its own.
 */
export class BatchDigest {
  #sinceMs = 0
  #batches = 0
  #counts = { done: 0, refused: 0, failed: 0, transient: 0, untouched: 0, late: 0 }

  /** Counts a batch; answers the line that is due, null while none is. */
  add({ batch, tally }: Settled, atMs: number): Spoken | null {
    if (this.#batches === 0) this.#sinceMs = Math.max(this.#sinceMs, atMs - EVERY_MS)
    this.#batches += 1
    this.#counts.done += batch.succeeded
    this.#counts.refused += batch.rateLimited
    this.#counts.failed += batch.permanent + batch.timedOut
    this.#counts.transient += batch.transient
    this.#counts.untouched += batch.untouched
    this.#counts.late += tally.late
    return atMs - this.#sinceMs >= EVERY_MS ? this.flush(atMs) : null
  }

  /** What is counted and not yet told; null without any. */
  flush(atMs: number): Spoken | null {
    if (this.#batches === 0) return null
    const { done, refused, failed, transient, untouched, late } = this.#counts
    const parts = [
      `${done} done`,
      ...(refused > 0 ? [`${refused} rate-limited (retrying)`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(transient > 0 ? [`${transient} transient ${transient === 1 ? 'error' : 'errors'}`] : []),
      ...(untouched > 0 ? [`${untouched} given back untouched`] : []),
      ...(late > 0 ? [`${late} too late for their lease`] : []),
    ]
    const line = `${this.#batches} ${this.#batches === 1 ? 'batch' : 'batches'}: ${parts.join(', ')}`
    this.#sinceMs = atMs
    this.#batches = 0
    this.#counts = { done: 0, refused: 0, failed: 0, transient: 0, untouched: 0, late: 0 }
    return { level: late > 0 ? 'warn' : 'info', text: line }
  }
}
