/** Whether Redis refuses the governor's commands, as a full one does: told as it begins and as it ends, not at each try. */
export class Refusals {
  readonly #listeners = new Set<(error: unknown) => void>()
  readonly #refused = new Set<unknown>()

  /** Calls the listener with the error, and with null when every command is taken again; answers the function that ends it. */
  subscribe(listener: (error: unknown) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Hears how a command about `key` ended; null is well. */
  hear(key: unknown, error: unknown): void {
    const wasWell = this.#refused.size === 0
    if (error === null) this.#refused.delete(key)
    else this.#refused.add(key)
    const isWell = this.#refused.size === 0
    if (isWell !== wasWell) for (const listener of this.#listeners) listener(isWell ? null : error)
  }
}
