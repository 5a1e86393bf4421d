/** What was forgotten at the head is cut off once it is as long as this. */
const CUT_FROM = 4096

/**
 * Finished pairs over a sliding window, the last `most` of them at most: how many, and how many failed. Adding one costs the
 * same however many there are: at full speed an engine finishes more than a hundred thousand a second.
 */
export class RecentFinishes {
  #timesMs: number[] = []
  #failed: boolean[] = []
  #head = 0
  #failures = 0

  constructor(
    private readonly windowMs: number,
    private readonly most: number,
  ) {}

  get count(): number {
    return this.#timesMs.length - this.#head
  }

  get failures(): number {
    return this.#failures
  }

  add(atMs: number, failed: boolean): void {
    this.#timesMs.push(atMs)
    this.#failed.push(failed)
    if (failed) this.#failures += 1
    while (this.count > this.most || (this.#timesMs[this.#head] ?? atMs) < atMs - this.windowMs) this.#forgetOldest()
  }

  clear(): void {
    this.#timesMs = []
    this.#failed = []
    this.#head = 0
    this.#failures = 0
  }

  #forgetOldest(): void {
    if (this.#failed[this.#head] === true) this.#failures -= 1
    this.#head += 1
    if (this.#head < CUT_FROM) return
    this.#timesMs.splice(0, this.#head)
    this.#failed.splice(0, this.#head)
    this.#head = 0
  }
}
