import type { Ledger } from '../../shared/frames'
import type { EngineEvent } from '../engine/events'
import type { RequestFate } from './rollup'

/** The figures of one run, as `work --json` prints them. Counts are this run's; `lost` is the audit's. */
export interface RunFigures {
  readonly pairs: {
    /** What the run had before it: what was waiting when it began, and what arrived while it ran. */
    readonly enqueued: number
    readonly done: number
    readonly failed: number
    /** Outcomes "rate limited"; a pair that was refused three times counts three times. */
    readonly rateLimited: number
    /** Pairs put back to be tried again, whatever the reason. */
    readonly retried: number
    /** Pairs taken back from engines that died. */
    readonly recovered: number
    readonly lost: number
  }
  readonly requests: { readonly sent: number; readonly accepted: number; readonly refused: number; readonly failed: number }
  readonly batches: number
  readonly durationMs: number
  readonly pairsPerSecond: number
  readonly batchSize: number
}

/** Counts one run from its events. What a late settlement tried to report is not counted: it changed nothing. */
export class RunSummary {
  #pairs = { enqueued: 0, done: 0, failed: 0, rateLimited: 0, retried: 0, recovered: 0 }
  #requests = { sent: 0, accepted: 0, refused: 0, failed: 0 }
  #batches = 0

  constructor(atStart: Ledger) {
    this.#pairs.enqueued = atStart.ready + atStart.delayed + atStart.inFlight
  }

  record(event: EngineEvent): void {
    if (event.type === 'adopted') this.#pairs.enqueued += event.adopted
    if (event.type === 'recovered') {
      this.#pairs.recovered += event.recovered + event.failed
      this.#pairs.failed += event.failed
    }
    if (event.type !== 'batch-settled') return
    this.#batches += 1
    this.#pairs.done += event.tally.done
    this.#pairs.failed += event.tally.failed
    this.#pairs.rateLimited += event.batch.rateLimited
    this.#pairs.retried += event.tally.toFront + event.tally.delayed
  }

  countRequest(fate: RequestFate): void {
    this.#requests.sent += 1
    this.#requests[fate] += 1
  }

  figures(durationMs: number, batchSize: number, lost: number): RunFigures {
    const seconds = durationMs / 1000
    return {
      pairs: { ...this.#pairs, lost },
      requests: { ...this.#requests },
      batches: this.#batches,
      durationMs: Math.round(durationMs),
      pairsPerSecond: seconds > 0 ? Math.round((this.#pairs.done / seconds) * 1000) / 1000 : 0,
      batchSize,
    }
  }
}
