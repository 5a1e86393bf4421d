import type { PairResult } from '../../shared/result'

/**
 * Results as Redis keeps them: the name of a layout, which of its cells are filled, and their values as a JSON array, with a
 * space between. The names of the columns stand once for all results of a layout instead of in each of them, which is two
 * thirds of a result's text; the nulls of a wallet without trades are half of the rest. A layout's name is made of its
 * columns, so that results of any version of Sluice can be read beside each other.
 */
export interface ResultLayout {
  readonly name: string
  /** The names of the columns as a JSON array. */
  readonly columns: string
}

type Cell = PairResult[keyof PairResult]

/** Columns by the name of their layout. */
export type KnownLayouts = ReadonlyMap<string, readonly string[]>

/** What is filled is a number of so many bits at most, the last cell the lowest. With more columns nulls are kept. */
const MOST_COLUMNS = 52

/** Packs results, and remembers the layout of the last ones: they are nearly always the same. */
export class ResultPacker {
  #columns: readonly string[] = []
  #layout: ResultLayout = layoutOf([])
  #filled = -1
  #filledText = ''

  pack(result: PairResult): { readonly layout: ResultLayout; readonly stored: string } {
    const columns = Object.keys(result)
    if (!isSame(columns, this.#columns)) {
      this.#columns = columns
      this.#layout = layoutOf(columns)
    }
    const cells = Object.values(result)
    if (columns.length > MOST_COLUMNS) return { layout: this.#layout, stored: `${this.#layout.name} ${JSON.stringify(cells)}` }
    let filled = 0
    const values: Cell[] = []
    for (const cell of cells) {
      filled = 2 * filled + (cell === null ? 0 : 1)
      if (cell !== null) values.push(cell)
    }
    return { layout: this.#layout, stored: `${this.#layout.name} ${this.#spelled(filled)} ${JSON.stringify(values)}` }
  }

  /** Spelling it anew each time would cost more than all the rest, and it is nearly always the same. */
  #spelled(filled: number): string {
    if (filled !== this.#filled) this.#filledText = filled.toString(36)
    this.#filled = filled
    return this.#filledText
  }
}

/** The cells of a result beside the names of their columns. Throws when its layout is not known. */
export function unpackCells(stored: string, layouts: KnownLayouts): { readonly columns: readonly string[]; readonly values: readonly (Cell | undefined)[] } {
  // Results of before there were layouts.
  if (stored.startsWith('{')) {
    const result = JSON.parse(stored) as PairResult // written by settle
    return { columns: Object.keys(result), values: Object.values(result) }
  }
  const space = stored.indexOf(' ')
  const columns = layouts.get(stored.slice(0, space))
  if (columns === undefined) throw new Error(`The layout of a stored result is not known: ${stored.slice(0, 40)}`)
  return { columns, values: cellsOf(stored.slice(space + 1), columns.length) }
}

/** The result that was packed. Throws when its layout is not known. */
export function unpackResult(stored: string, layouts: KnownLayouts): PairResult {
  const { columns, values } = unpackCells(stored, layouts)
  return Object.fromEntries(columns.map((name, i) => [name, values[i] ?? null])) as PairResult // its keys, in order
}

function cellsOf(packed: string, count: number): readonly (Cell | undefined)[] {
  const start = packed.indexOf('[')
  const values = JSON.parse(packed.slice(start)) as Cell[] // written by settle
  // All of them, from before nulls were left out.
  if (start === 0) return values
  const cells: (Cell | undefined)[] = []
  let filled = Number.parseInt(packed.slice(0, start - 1), 36)
  for (let i = count - 1; i >= 0; i -= 1) {
    cells[i] = filled % 2 === 1 ? values.pop() : null
    filled = Math.floor(filled / 2)
  }
  return cells
}

function layoutOf(columns: readonly string[]): ResultLayout {
  const text = JSON.stringify(columns)
  // FNV-1a, 32 bit: a short name that two versions with the same columns agree on.
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return { name: `${columns.length}-${hash.toString(36)}`, columns: text }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name, i) => name === others[i])
}
