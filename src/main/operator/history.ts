/** The newest `capacity` items in order of arrival; readers ask for what came after the position they have seen. */
export class History<T> {
  #items: T[] = []
  #dropped = 0

  constructor(private readonly capacity: number) {}

  /** Position after the newest item. */
  get end(): number {
    return this.#dropped + this.#items.length
  }

  push(item: T): void {
    this.#items.push(item)
    // Cut in blocks: shifting at every push would move the whole array each time.
    if (this.#items.length >= 2 * this.capacity) this.#dropTo(this.capacity)
  }

  /** The items from this position on, at most `capacity`. */
  since(position: number): readonly T[] {
    const from = Math.max(position - this.#dropped, this.#items.length - this.capacity, 0)
    return this.#items.slice(from)
  }

  #dropTo(length: number): void {
    const excess = this.#items.length - length
    this.#items = this.#items.slice(excess)
    this.#dropped += excess
  }
}
