import type { BatchPair } from '../../shared/batch-pairs'
import type { Worked } from '../engine/batch'
import type { EngineEvent } from '../engine/events'

/** Pairs that are remembered, over all batches: some megabytes. */
const MOST_PAIRS = 20_000
/** What an API says of a failure may be long. */
const MESSAGE_LENGTH = 300

/** The pairs of the newest batches of this process, with what came of them there. */
export class BatchPairs {
  /** In order of settling. */
  readonly #batches = new Map<number, readonly BatchPair[]>()
  #pairs = 0

  record(event: EngineEvent): void {
    if (event.type !== 'batch-settled') return
    this.#batches.set(event.batch.number, event.worked.map(pairOf))
    this.#pairs += event.worked.length
    for (const [number, pairs] of this.#batches) {
      if (this.#pairs <= MOST_PAIRS) return
      this.#batches.delete(number)
      this.#pairs -= pairs.length
    }
  }

  /** Null where the batch is another engine's, or one of so long ago that it has been forgotten. */
  of(number: number): readonly BatchPair[] | null {
    return this.#batches.get(number) ?? null
  }
}

function pairOf({ pair, outcome, tookMs, effort }: Worked): BatchPair {
  const { wallet_address: wallet, token_address: token, token_symbol: symbol = null } = pair.entry
  const message = outcome.kind === 'succeeded' ? null : outcome.message.slice(0, MESSAGE_LENGTH)
  return { id: pair.id, wallet, token, symbol, outcome: outcome.kind, message, tookMs, requests: effort.requests }
}
