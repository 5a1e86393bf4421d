/** A block of pairs is judged together: their requests are under way before they are done. */
const BLOCK_PAIRS = 10
const KEPT_BLOCKS = 30
/** Fewer say nothing of how far they lie apart. */
const LEAST_BLOCKS = 3
/** Two-sided 90 % of a normal distribution. */
const Z_90 = 1.645

/** What a pair costs, in compute units, from the pairs that are done; and so what is to come. */
export class RunCost {
  #blocks: number[] = []
  #from: { readonly done: number; readonly spent: number } | null = null

  /** To be called now and then with the pairs done in this run and the units spent in all. */
  note(done: number, spent: number): void {
    // A new run counts anew.
    if (this.#from === null || done < this.#from.done) this.#from = { done, spent }
    const pairs = done - this.#from.done
    if (pairs < BLOCK_PAIRS) return
    this.#blocks = [...this.#blocks.slice(1 - KEPT_BLOCKS), (spent - this.#from.spent) / pairs]
    this.#from = { done, spent }
  }

  /** The 90 % interval of what so many pairs will cost; null before it can be told. */
  toCome(pairs: number): { readonly low: number; readonly high: number } | null {
    const count = this.#blocks.length
    if (count < LEAST_BLOCKS) return null
    const mean = this.#blocks.reduce((sum, block) => sum + block, 0) / count
    const variance = this.#blocks.reduce((sum, block) => sum + (block - mean) ** 2, 0) / (count - 1)
    const margin = Z_90 * Math.sqrt(variance / count)
    return { low: Math.round(pairs * Math.max(0, mean - margin)), high: Math.round(pairs * (mean + margin)) }
  }
}
