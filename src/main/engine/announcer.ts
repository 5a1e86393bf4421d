import type { EngineEvent } from './events'

/** Tells everybody who listens what has happened. */
export class Announcer {
  readonly #listeners = new Set<(event: EngineEvent) => void>()

  subscribe(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A listener that throws is its own affair: the work and the other listeners go on. */
  emit(event: EngineEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
