import type { Clock } from '../../src/main/engine/ports'

/** Time that stands still until a test moves it, for code that also does real input and output. */
export class ManualClock implements Clock {
  #ms = 0
  readonly #sleepers = new Set<{ readonly untilMs: number; readonly ms: number; wake(): void }>()
  readonly #watchers = new Set<() => void>()

  constructor(readonly startedAtMs = Date.UTC(2025, 6, 25, 12)) {}

  nowMs = (): number => this.#ms

  wallMs = (): number => this.startedAtMs + this.#ms

  after = (ms: number, task: () => void): (() => void) => {
    const sleeper = {
      untilMs: this.#ms + ms,
      ms,
      wake: () => {
        this.#sleepers.delete(sleeper)
        task()
      },
    }
    this.#sleepers.add(sleeper)
    for (const watcher of this.#watchers) watcher()
    return () => void this.#sleepers.delete(sleeper)
  }

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const callOff = this.after(ms, resolve)
      const wake = () => {
        callOff()
        resolve()
      }
      signal?.addEventListener('abort', wake, { once: true })
    })

  /** How many sleeps and tasks are to come. */
  get asleep(): number {
    return this.#sleepers.size
  }

  advance(ms: number): void {
    this.#ms += ms
    for (const sleeper of this.#sleepers) if (sleeper.untilMs <= this.#ms) sleeper.wake()
  }

  /** Waits until something sleeps for exactly `ms`, then moves time on by it. */
  async passSleepOf(ms: number): Promise<void> {
    const isAsleep = () => [...this.#sleepers].some((sleeper) => sleeper.ms === ms)
    if (!isAsleep()) {
      await new Promise<void>((resolve) => {
        const watch = () => {
          if (!isAsleep()) return
          this.#watchers.delete(watch)
          resolve()
        }
        this.#watchers.add(watch)
      })
    }
    this.advance(ms)
  }
}
