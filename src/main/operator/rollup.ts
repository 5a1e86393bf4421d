import { HISTORY_SECONDS, type Ledger, type SeriesPoint } from '../../shared/frames'
import type { Outcome } from '../engine/ports'
import { SecondTimes } from './second-times'

/** What became of one HTTP request. */
export type RequestFate = 'accepted' | 'refused' | 'failed'

type Counts = Pick<
  SeriesPoint,
  'done' | 'rateLimited' | 'failed' | 'transient' | 'requestsSent' | 'requestsAccepted' | 'requestsRefused'
>

/** What was asked for and allowed at the end of a second. */
export type Settings = Pick<SeriesPoint, 'batchSizeAsked' | 'permittedPerSecond' | 'quotaPerSecond'>

type Depths = Pick<Ledger, 'ready' | 'delayed' | 'inFlight' | 'oldestReadyMs'>

const NO_COUNTS: Counts = {
  done: 0,
  rateLimited: 0,
  failed: 0,
  transient: 0,
  requestsSent: 0,
  requestsAccepted: 0,
  requestsRefused: 0,
}

/**
 * 1. Adds outcomes and requests up by the second.
 * 2. Keeps an hour of seconds, the quiet ones included, and no more.
 */
export class Rollup {
  #points: SeriesPoint[] = []
  #counts: { -readonly [K in keyof Counts]: number } = { ...NO_COUNTS }
  #secondMs: number | null = null
  #depths = { ready: 0, delayed: 0, inFlight: 0 }
  #oldest: { readonly ageMs: number; readonly seenMs: number } | null = null
  readonly #times = new SecondTimes()

  /** `batchSize` and `settings` are asked for at the end of each second. */
  constructor(
    private readonly batchSize: () => number,
    private readonly settings: () => Settings = () => ({}),
  ) {}

  /** Puts seconds before those that are yet to come: an earlier console's, oldest first. */
  restore(points: readonly SeriesPoint[]): void {
    this.#points = points.slice(-HISTORY_SECONDS)
  }

  countOutcome(atMs: number, outcome: Outcome['kind']): void {
    this.advance(atMs)
    if (outcome === 'succeeded') this.#counts.done += 1
    else if (outcome === 'rate-limited') this.#counts.rateLimited += 1
    else if (outcome === 'transient') this.#counts.transient += 1
    else if (outcome === 'permanent' || outcome === 'timed-out') this.#counts.failed += 1
  }

  /** How long a pair took that succeeded. */
  timePair(atMs: number, tookMs: number): void {
    this.advance(atMs)
    this.#times.add(tookMs)
  }

  countRequest(atMs: number, fate: RequestFate): void {
    this.advance(atMs)
    this.#counts.requestsSent += 1
    if (fate === 'accepted') this.#counts.requestsAccepted += 1
    else if (fate === 'refused') this.#counts.requestsRefused += 1
  }

  setDepths({ ready, delayed, inFlight, oldestReadyMs }: Depths): void {
    this.#depths = { ready, delayed, inFlight }
    this.#oldest = oldestReadyMs === null ? null : { ageMs: oldestReadyMs, seenMs: this.#secondMs ?? Infinity }
  }

  /** Closes the seconds that are over. A clock that was set back counts on in the second it had reached. */
  advance(atMs: number): void {
    const second = Math.floor(atMs / 1000) * 1000
    this.#secondMs ??= second
    if (second - this.#secondMs > HISTORY_SECONDS * 1000) this.#restartAt(second)
    while (this.#secondMs < second) {
      this.#points.push(this.#current(this.#secondMs))
      this.#counts = { ...NO_COUNTS }
      this.#times.clear()
      this.#secondMs += 1000
    }
    if (this.#points.length >= 2 * HISTORY_SECONDS) this.#points = this.#points.slice(-HISTORY_SECONDS)
  }

  /** The seconds from this one on, the unfinished one last. */
  since(atMs: number): SeriesPoint[] {
    if (this.#secondMs === null) return []
    const closed = this.closed
    let first = closed.length
    while (first > 0 && (closed[first - 1]?.atMs ?? 0) >= atMs) first -= 1
    return [...closed.slice(first), this.#current(this.#secondMs)]
  }

  /** The seconds that are over, oldest first. */
  get closed(): readonly SeriesPoint[] {
    return this.#points.length > HISTORY_SECONDS ? this.#points.slice(-HISTORY_SECONDS) : this.#points
  }

  #current(atMs: number): SeriesPoint {
    return {
      atMs,
      ...this.#counts,
      ...this.#depths,
      ...this.#times.quantiles(),
      oldestReadyMs: this.#oldest && this.#oldest.ageMs + Math.max(0, atMs - this.#oldest.seenMs),
      batchSize: this.batchSize(),
      ...this.settings(),
    }
  }

  /** After more than the whole history asleep nothing of it is worth drawing. */
  #restartAt(second: number): void {
    this.#points = []
    this.#counts = { ...NO_COUNTS }
    this.#times.clear()
    this.#oldest = null
    this.#secondMs = second
  }
}
