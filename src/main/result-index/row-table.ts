const FREE = -1

/**
 * Finds a row again by what it is of, in four bytes a row: a table of row numbers with open addressing (Knuth, The Art of
 * Computer Programming 3, 6.4, algorithm L). Whose row it is, is asked of `idOf`.
 */
export class RowTable {
  #slots = new Int32Array(2048).fill(FREE)
  #used = 0

  constructor(private readonly idOf: (row: number) => string) {}

  /** The row of the id before, null where there is none; from now on the id's row is this one. */
  put(id: string, row: number): number | null {
    if (this.#used * 2 >= this.#slots.length) this.#grow()
    const slot = this.#slotOf(id)
    const before = this.#slots[slot] ?? FREE
    this.#slots[slot] = row
    if (before !== FREE) return before
    this.#used++
    return null
  }

  #slotOf(id: string): number {
    const mask = this.#slots.length - 1
    let slot = hashOf(id) & mask
    for (let row = this.#slots[slot]; row !== FREE && row !== undefined; row = this.#slots[slot]) {
      if (this.idOf(row) === id) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  #grow(): void {
    const rows = this.#slots.filter((row) => row !== FREE)
    this.#slots = new Int32Array(this.#slots.length * 2).fill(FREE)
    for (const row of rows) this.#slots[this.#slotOf(this.idOf(row))] = row
  }
}

/** FNV-1a, 32 bit, with its bits mixed once more, since the low ones choose the slot. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
