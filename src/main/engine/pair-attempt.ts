import type { Attempt, Outcome } from './ports'

/**
 * One try of a pair. Its signal is made when it is first asked for: a pair that is decided without waiting for anything needs
 * none, and making one costs more than all the rest that the engine does for a pair.
 */
export class PairAttempt implements Attempt {
  requests = 0
  refused = 0
  waitedMs = 0
  #abort: AbortController | null = null
  #givenUpAs: Outcome | null = null

  get signal(): AbortSignal {
    if (this.#abort === null) {
      this.#abort = new AbortController()
      if (this.#givenUpAs !== null) this.#abort.abort(this.#givenUpAs)
    }
    return this.#abort.signal
  }

  /** What came of the pair when nobody waited for its analysis any longer; null while somebody does. */
  get givenUpAs(): Outcome | null {
    return this.#givenUpAs
  }

  giveUp(outcome: Outcome): void {
    this.#givenUpAs = outcome
    this.#abort?.abort(outcome)
  }
}
