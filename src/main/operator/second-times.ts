import { quantileOf } from './gauges'

/** More pairs than this in one second are judged by the newest of them: memory must not depend on the pace. */
const MOST_TIMES = 500

/** The times of the pairs that were done in one second. */
export class SecondTimes {
  #timesMs: number[] = []
  #seen = 0

  add(tookMs: number): void {
    this.#timesMs[this.#seen % MOST_TIMES] = tookMs
    this.#seen += 1
  }

  clear(): void {
    this.#timesMs = []
    this.#seen = 0
  }

  /** Ms per pair; null of none. */
  quantiles(): { readonly pairMsP50: number | null; readonly pairMsP95: number | null } {
    return { pairMsP50: quantileOf(this.#timesMs, 0.5), pairMsP95: quantileOf(this.#timesMs, 0.95) }
  }
}
