import { codes } from './column'

/** Between two wallets: no address has it. */
const SEPARATOR = 0x0a
const FIRST_BYTES = 64 * 1024

/** The wallets of all rows as one run of bytes, in which a part of an address is found at the speed of memory. */
export class WalletTexts {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES)
  #used = 0
  readonly #starts = codes()

  add(wallet: string): void {
    const length = Buffer.byteLength(wallet)
    if (this.#used + length + 1 > this.#bytes.length) this.#growBytes(length + 1)
    this.#starts.add(this.#used)
    this.#used += this.#bytes.write(wallet, this.#used)
    this.#bytes[this.#used++] = SEPARATOR
  }

  of(row: number): string {
    return this.#bytes.toString('utf8', this.#starts.values[row], this.#endOf(row))
  }

  /** The rows whose wallet has the part, as a mark for each row. */
  marked(part: string): Uint8Array {
    const marks = new Uint8Array(this.#starts.values.length)
    const wanted = Buffer.from(part)
    const bytes = this.#bytes.subarray(0, this.#used)
    for (let at = bytes.indexOf(wanted); at !== -1; ) {
      const row = this.#rowAt(at)
      marks[row] = 1
      // Once is enough for a row.
      at = bytes.indexOf(wanted, this.#endOf(row) + 1)
    }
    return marks
  }

  #endOf(row: number): number {
    return (this.#starts.values[row + 1] ?? this.#used) - 1
  }

  #rowAt(byte: number): number {
    const starts = this.#starts.values
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= byte) low = middle
      else high = middle - 1
    }
    return low
  }

  #growBytes(more: number): void {
    const larger = Buffer.allocUnsafe(Math.ceil((this.#bytes.length + more) * 1.5))
    this.#bytes.copy(larger, 0, 0, this.#used)
    this.#bytes = larger
  }
}
