import type { Frame } from '../../shared/frames'
import type { Operator } from '../operator/operator'
import type { Assembly } from './assemble'

/**
 * The console that is at work, which another one can replace while the window stays open.
 * 1. Builds the new one first: where that fails, the old one works on.
 * 2. Moves the listeners over, then closes the old one, which hands back what it has in flight.
 */
export class CurrentConsole {
  readonly #listeners = new Map<(frame: Frame) => void, () => void>()
  #exchange: Promise<void> = Promise.resolve()

  /** Who makes it closes it, and the assembly with it. */
  constructor(private assembly: Assembly) {}

  get operator(): Operator {
    return this.assembly.operator
  }

  /** Calls the listener with each frame of the console at work; answers the function that ends it. */
  subscribe(listener: (frame: Frame) => void): () => void {
    this.#listeners.set(listener, this.operator.subscribe(listener))
    return () => {
      this.#listeners.get(listener)?.()
      this.#listeners.delete(listener)
    }
  }

  /** Rejects with why no new console could be built. Exchanges come one after the other. */
  exchange(build: () => Promise<Assembly>): Promise<void> {
    const next = this.#exchange.then(() => this.#replace(build))
    this.#exchange = next.catch(() => undefined)
    return next
  }

  async close(): Promise<void> {
    await this.#exchange
    await this.assembly.close()
  }

  async #replace(build: () => Promise<Assembly>): Promise<void> {
    const before = this.assembly
    this.assembly = await build()
    for (const [listener, end] of this.#listeners) {
      end()
      this.#listeners.set(listener, this.operator.subscribe(listener))
    }
    // What could not be closed as it should be comes back by its leases.
    await before.close().catch((error: unknown) => this.operator.say('warn', error instanceof Error ? error.message : String(error)))
  }
}
