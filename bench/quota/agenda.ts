interface Event {
  readonly atMs: number
  readonly order: number
  run(): void
}

/** Virtual time: events by their moment, those of one moment in the order in which they were planned (a binary heap). */
export class Agenda {
  #nowMs: number
  readonly #heap: Event[] = []
  #order = 0

  constructor(startMs: number) {
    this.#nowMs = startMs
  }

  get nowMs(): number {
    return this.#nowMs
  }

  /** Plans something for a moment; what is past happens now. */
  at(atMs: number, run: () => void): void {
    const event = { atMs: Math.max(atMs, this.#nowMs), order: ++this.#order, run }
    let hole = this.#heap.push(event) - 1
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      const above = this.#heap[parent]
      if (above === undefined || !isBefore(event, above)) break
      this.#heap[hole] = above
      hole = parent
    }
    this.#heap[hole] = event
  }

  runUntil(endMs: number): void {
    while (this.runNext(endMs));
  }

  /** Runs the next event that is due until then; with none, it is then. Answers whether there was one. */
  runNext(endMs: number): boolean {
    const next = this.#heap[0]
    if (next === undefined || next.atMs > endMs) {
      this.#nowMs = endMs
      return false
    }
    this.#removeFirst()
    this.#nowMs = next.atMs
    next.run()
    return true
  }

  #removeFirst(): void {
    const last = this.#heap.pop()
    if (last === undefined || this.#heap.length === 0) return
    let hole = 0
    for (;;) {
      const child = this.#smallerChild(hole)
      const below = this.#heap[child]
      if (below === undefined || !isBefore(below, last)) break
      this.#heap[hole] = below
      hole = child
    }
    this.#heap[hole] = last
  }

  #smallerChild(parent: number): number {
    const [left, right] = [this.#heap[2 * parent + 1], this.#heap[2 * parent + 2]]
    return left && right && isBefore(right, left) ? 2 * parent + 2 : 2 * parent + 1
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
}
