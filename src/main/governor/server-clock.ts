interface Sample {
  readonly offsetMs: number
  readonly roundTripMs: number
}

const SAMPLES = 30

/**
 * What time it is for the Redis server, from its own answers: half of the quickest round trip of late is what the answer
 * is old (Cristian, Distributed Computing 3, 1989). Slots are laid out by that clock, whatever the clocks of engines say.
 */
export class ServerClock {
  #samples: Sample[] = []
  #offsetMs = 0

  /** `sentMs` and `receivedMs` by the engine's monotonic clock, `serverMs` Unix ms. */
  heard(sentMs: number, serverMs: number, receivedMs: number): void {
    const sample = { offsetMs: serverMs - (sentMs + receivedMs) / 2, roundTripMs: receivedMs - sentMs }
    this.#samples = [...this.#samples.slice(1 - SAMPLES), sample]
    const [best = sample] = this.#samples.toSorted((one, other) => one.roundTripMs - other.roundTripMs)
    this.#offsetMs = best.offsetMs
  }

  /** From the engine's monotonic ms to the server's Unix ms. */
  toServerMs(monotonicMs: number): number {
    return monotonicMs + this.#offsetMs
  }

  toMonotonicMs(serverMs: number): number {
    return serverMs - this.#offsetMs
  }
}
