/** Ids that are compared with each other: 16 MiB of memory, whatever the file. */
const MOST_IDS = 1_000_000
const FIRST_SLOTS = 2048

/**
 * Remembers ids by a hash of 53 bits, in a fixed part of memory: a million ids are mistaken for each other once in 18,000 files.
 * Good enough to tell beforehand how many rows are duplicates; what becomes of each row is the queue's to say.
 */
export class SeenIds {
  #slots = new Float64Array(FIRST_SLOTS)
  #count = 0

  constructor(private readonly most = MOST_IDS) {}

  /** False once there are more ids than are remembered: those beyond are new as far as can be told. */
  get knowsAll(): boolean {
    return this.#count < this.most
  }

  /** Whether the id has been added before; adds it. */
  add(id: string): boolean {
    const hash = hashOf(id)
    const slot = this.#slotOf(hash)
    if (this.#slots[slot] === hash) return true
    if (!this.knowsAll) return false
    this.#slots[slot] = hash
    this.#count += 1
    if (this.#count * 2 > this.#slots.length) this.#grow()
    return false
  }

  /** Where the hash stands, or the free slot where it would (open addressing). */
  #slotOf(hash: number): number {
    const mask = this.#slots.length - 1
    let slot = (hash % this.#slots.length) & mask
    while (this.#slots[slot] !== 0 && this.#slots[slot] !== hash) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const before = this.#slots
    this.#slots = new Float64Array(before.length * 2)
    for (const hash of before) if (hash !== 0) this.#slots[this.#slotOf(hash)] = hash
  }
}

/** Two 32-bit multiplicative hashes side by side (cyrb53), never nought. */
function hashOf(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (2097151 & low) * 4294967296 + (high >>> 0) || 1
}
