import type { PairResult } from '../../shared/result'

/**
 * Results as Redis keeps them: the name of a layout, a space, the values as a JSON array. The names of the columns stand
 * once for all results of a layout instead of in each of them, which is two thirds of a result's text. A layout's name is
 * made of its columns, so that results of any version of Sluice can be read beside each other.
 */
export interface ResultLayout {
  readonly name: string
  /** The names of the columns as a JSON array. */
  readonly columns: string
}

/** Columns by the name of their layout. */
export type KnownLayouts = ReadonlyMap<string, readonly string[]>

/** Packs results, and remembers the layout of the last ones: they are nearly always the same. */
export class ResultPacker {
  #columns: readonly string[] = []
  #layout: ResultLayout = layoutOf([])

  pack(result: PairResult): { readonly layout: ResultLayout; readonly stored: string } {
    const columns = Object.keys(result)
    if (!isSame(columns, this.#columns)) {
      this.#columns = columns
      this.#layout = layoutOf(columns)
    }
    return { layout: this.#layout, stored: `${this.#layout.name} ${JSON.stringify(Object.values(result))}` }
  }
}

/** The cells of a result beside the names of their columns. Throws when its layout is not known. */
export function unpackCells(stored: string, layouts: KnownLayouts) {
  // Results of before there were layouts.
  if (stored.startsWith('{')) {
    const result = JSON.parse(stored) as PairResult // written by settle
    return { columns: Object.keys(result), values: Object.values(result) }
  }
  const space = stored.indexOf(' ')
  const columns = layouts.get(stored.slice(0, space))
  if (columns === undefined) throw new Error(`The layout of a stored result is not known: ${stored.slice(0, 40)}`)
  const values = JSON.parse(stored.slice(space + 1)) as PairResult[keyof PairResult][] // written by settle
  return { columns, values }
}

/** The result that was packed. Throws when its layout is not known. */
export function unpackResult(stored: string, layouts: KnownLayouts): PairResult {
  const { columns, values } = unpackCells(stored, layouts)
  return Object.fromEntries(columns.map((name, i) => [name, values[i] ?? null])) as PairResult // its keys, in order
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
