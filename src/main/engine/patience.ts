import type { EngineEvent } from './events'
import type { Clock } from './ports'

/** How long the engine rests after the queue refused a command (not after a lost connection: that waits by itself). */
const STUMBLE_REST_MS = 2000
/** How long a stop waits for a queue that does not answer. The leases give the pairs back then. */
const STOP_LIMIT_MS = 5000

export interface PatienceParts {
  readonly clock: Clock
  isStopping(): boolean
  /** Sleeps so long, or until something changes. */
  sleep(ms: number): Promise<void>
  emit(event: EngineEvent): void
}

/**
 * 1. Asks the queue again after a refusal, and tells of each.
 * 2. Tells once more when the queue takes every command again that it had refused.
 * 3. Does not wait for ever once a stop was asked for.
 */
export class Patience {
  /** Aborted when a stop has waited long enough for a queue that does not answer. */
  #given = new AbortController()
  /** Commands that were refused and are being tried again. */
  #refused = 0

  constructor(private readonly parts: PatienceParts) {}

  renew(): void {
    this.#given = new AbortController()
  }

  /** From now on it ends after a while. */
  limit(): void {
    const given = this.#given
    void this.parts.clock.sleep(STOP_LIMIT_MS).then(() => given.abort())
  }

  /** Tries until the queue does it. Answers null only when the engine was told to stop meanwhile. */
  async patiently<T>(task: () => Promise<T>): Promise<T | null> {
    let refusals = 0
    try {
      for (;;) {
        try {
          return await this.orGivenUp(task())
        } catch (error) {
          if (refusals++ === 0) this.#refused += 1
          this.stumble(error)
          await this.#rest()
          if (this.parts.isStopping()) return null
        }
      }
    } finally {
      if (refusals > 0 && --this.#refused === 0) this.parts.emit({ type: 'steadied' })
    }
  }

  /** The task's result, or null when a stop has waited long enough for it. */
  orGivenUp<T>(task: Promise<T>): Promise<T | null> {
    const { signal } = this.#given
    return new Promise((resolve, reject) => {
      const giveUp = () => resolve(null)
      if (signal.aborted) giveUp()
      signal.addEventListener('abort', giveUp)
      // The signal outlives many tasks: each takes its listener with it.
      void task.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
    })
  }

  stumble(error: unknown): void {
    this.parts.emit({ type: 'stumbled', message: error instanceof Error ? error.message : String(error) })
  }

  /** Rests the whole time, or until a stop. */
  async #rest(): Promise<void> {
    const { clock, isStopping, sleep } = this.parts
    const untilMs = clock.nowMs() + STUMBLE_REST_MS
    for (let leftMs = STUMBLE_REST_MS; leftMs > 0 && !isStopping(); ) {
      await sleep(leftMs)
      leftMs = untilMs - clock.nowMs()
    }
  }
}
