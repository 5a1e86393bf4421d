const FIRST_ROOM = 1024

type Values = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

/** Numbers by row, without a limit: the room grows by half. */
export class Column<T extends Values> {
  #values: T
  #rows = 0

  constructor(private readonly roomFor: (rows: number) => T) {
    this.#values = roomFor(FIRST_ROOM)
  }

  /** As far as it is filled. Valid until the next number is added. */
  get values(): T {
    return this.#values.subarray(0, this.#rows) as T // of the same kind
  }

  add(value: number): void {
    if (this.#rows === this.#values.length) {
      const larger = this.roomFor(Math.ceil(this.#rows * 1.5))
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#rows++] = value
  }

  replace(row: number, value: number): void {
    this.#values[row] = value
  }
}

export function doubles(): Column<Float64Array<ArrayBuffer>> {
  return new Column((rows) => new Float64Array(rows))
}

export function codes(): Column<Uint32Array<ArrayBuffer>> {
  return new Column((rows) => new Uint32Array(rows))
}
