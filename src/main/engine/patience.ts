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
  /** What was refused, and will be tried again. */
  readonly #refused = new Set<unknown>()

  constructor(private readonly parts: PatienceParts) {}

  renew(): void {
    this.#given = new AbortController()
    for (const key of this.#refused) this.#isTaken(key)
  }

  /** From now on it ends after a while. */
  limit(): void {
    const given = this.#given
    void this.parts.clock.sleep(STOP_LIMIT_MS).then(() => given.abort())
  }

  /** Tries until the queue does it. Answers null only when the engine was told to stop meanwhile. */
  async patiently<T>(task: () => Promise<T>): Promise<T | null> {
    const key = {}
    try {
      for (;;) {
        try {
          const done = await this.orGivenUp(task())
          // What was tried once need not wait for its next turn to be known as possible.
          this.#isTaken(this)
          return done
        } catch (error) {
          this.#stumble(key, error)
          await this.#rest()
          if (this.parts.isStopping()) return null
        }
      }
    } finally {
      this.#isTaken(key)
    }
  }

  /** Tries once: what is done anew every few seconds, and can be left until then. */
  async once(task: () => Promise<unknown>): Promise<void> {
    try {
      await this.orGivenUp(task())
      this.#isTaken(this)
    } catch (error) {
      this.#stumble(this, error)
    }
  }

  /** Hears of a command that somebody else tries again and again, by `key`; null when it was taken. */
  hear(key: unknown, error: unknown): void {
    if (error === null) this.#isTaken(key)
    else this.#stumble(key, error)
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

  #stumble(key: unknown, error: unknown): void {
    this.#refused.add(key)
    this.parts.emit({ type: 'stumbled', message: error instanceof Error ? error.message : String(error) })
  }

  #isTaken(key: unknown): void {
    if (this.#refused.delete(key) && this.#refused.size === 0) this.parts.emit({ type: 'steadied' })
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
