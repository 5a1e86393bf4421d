import type { PairResult } from '../../shared/result'

/**
 * Results as Redis keeps them: the name of a layout, which of its cells are filled, and their values as a JSON array, with a
 * space between. The names of the columns stand once for all results of a layout instead of in each of them, which is two
 * thirds of a result's text; the nulls of a wallet without trades, and the addresses, which the id of the pair has, are two
 * thirds of the rest. A layout's name is made of its columns, so that results of any version of Sluice can be read beside
 * each other.
 */
export interface ResultLayout {
  readonly name: string
  /** The names of the columns as a JSON array, those that the id has marked as such. */
  readonly columns: string
}

type Cell = PairResult[keyof PairResult]

interface KnownLayout {
  readonly columns: readonly string[]
  /** By place: which part of the pair's id the cell is; undefined where it is a cell of its own. */
  readonly idParts: readonly (number | undefined)[]
}

/** Layouts by their name. */
export type KnownLayouts = ReadonlyMap<string, KnownLayout>

/** The columns that a pair's id is made of, in its order. */
const ID_COLUMNS: readonly string[] = ['chain', 'wallet_address', 'token_address']
/** Stands before the name of a column whose cells are not kept, as the id has them. No column's own name begins so. */
const OF_ID = '@'
/** What is filled is a number of so many bits at most, the last cell the lowest. With more columns nulls are kept. */
const MOST_COLUMNS = 52

/** Packs results, and remembers the layouts of the last ones: they are nearly always the same. */
export class ResultPacker {
  #columns: readonly string[] = []
  #isOfId: readonly boolean[] = []
  #whole: ResultLayout = layoutOf([])
  #beside: ResultLayout = layoutOf([])
  #filled = -1
  #filledText = ''

  /** Of the pair of this id. The number of the epoch, where there is one, goes into the result's cell for it. */
  pack(id: string, result: PairResult, epoch: Cell | undefined = undefined): { readonly layout: ResultLayout; readonly stored: string } {
    if (!hasColumns(result, this.#columns)) this.#see(Object.keys(result))
    const isWide = this.#columns.length > MOST_COLUMNS
    const isBeside = !isWide && isOfId(id, result)
    let filled = 0
    const values: Cell[] = []
    const cells: Readonly<Record<string, Cell>> = result
    let place = 0
    // Rather than over lists of names and cells: those would cost more than all the rest of a settlement.
    for (const column in cells) {
      const cell = column === 'epoch' && epoch !== undefined ? epoch : (cells[column] ?? null)
      const isKept = isWide || (cell !== null && !(isBeside && this.#isOfId[place]))
      filled = 2 * filled + (isKept ? 1 : 0)
      if (isKept) values.push(cell)
      place += 1
    }
    const layout = isBeside ? this.#beside : this.#whole
    return { layout, stored: `${layout.name} ${isWide ? '' : `${this.#spelled(filled)} `}${JSON.stringify(values)}` }
  }

  #see(columns: readonly string[]): void {
    this.#columns = columns
    this.#isOfId = columns.map((name) => ID_COLUMNS.includes(name))
    this.#whole = layoutOf(columns)
    this.#beside = layoutOf(columns.map((name, i) => (this.#isOfId[i] ? OF_ID + name : name)))
  }

  /** Spelling it anew each time would cost more than all the rest, and it is nearly always the same. */
  #spelled(filled: number): string {
    if (filled !== this.#filled) this.#filledText = filled.toString(36)
    this.#filled = filled
    return this.#filledText
  }
}

/** A layout as it stands in Redis. */
export function readLayout(stored: string): KnownLayout {
  const names = JSON.parse(stored) as string[] // written by settle
  const columns = names.map((name) => (name.startsWith(OF_ID) ? name.slice(OF_ID.length) : name))
  return { columns, idParts: names.map((name, i) => (name === columns[i] ? undefined : ID_COLUMNS.indexOf(columns[i] ?? ''))) }
}

/** The cells of the result of this pair beside the names of their columns. Throws when its layout is not known. */
export function unpackCells(id: string, stored: string, layouts: KnownLayouts): { readonly columns: readonly string[]; readonly values: readonly (Cell | undefined)[] } {
  // Results of before there were layouts.
  if (stored.startsWith('{')) {
    const result = JSON.parse(stored) as PairResult // written by settle
    return { columns: Object.keys(result), values: Object.values(result) }
  }
  const space = stored.indexOf(' ')
  const layout = layouts.get(stored.slice(0, space))
  if (layout === undefined) throw new Error(`The layout of a stored result is not known: ${stored.slice(0, 40)}`)
  return { columns: layout.columns, values: cellsOf(id, stored.slice(space + 1), layout.idParts) }
}

/** The result of this pair that was packed. Throws when its layout is not known. */
export function unpackResult(id: string, stored: string, layouts: KnownLayouts): PairResult {
  const { columns, values } = unpackCells(id, stored, layouts)
  return Object.fromEntries(columns.map((name, i) => [name, values[i] ?? null])) as PairResult // its keys, in order
}

function cellsOf(id: string, packed: string, idParts: KnownLayout['idParts']): readonly (Cell | undefined)[] {
  const start = packed.indexOf('[')
  const values = JSON.parse(packed.slice(start)) as Cell[] // written by settle
  // All of them, from before nulls were left out.
  if (start === 0) return values
  const parts = partsOf(id)
  const cells: (Cell | undefined)[] = []
  let filled = Number.parseInt(packed.slice(0, start - 1), 36)
  for (let i = idParts.length - 1; i >= 0; i -= 1) {
    cells[i] = filled % 2 === 1 ? values.pop() : (parts[idParts[i] ?? -1] ?? null)
    filled = Math.floor(filled / 2)
  }
  return cells
}

/** Chain, wallet and token of an id: before the first colon, between, and behind the last. */
function partsOf(id: string): readonly string[] {
  const [first, last] = [id.indexOf(':'), id.lastIndexOf(':')]
  return [id.slice(0, first), id.slice(first + 1, last), id.slice(last + 1)]
}

/** Whether the parts of the id are this result's cells, letter for letter: an address of a producer may differ by its case. */
function isOfId(id: string, { chain, wallet_address: wallet, token_address: token }: PairResult): boolean {
  if (typeof chain !== 'string' || typeof wallet !== 'string' || typeof token !== 'string') return false
  const [first, last] = [id.indexOf(':'), id.lastIndexOf(':')]
  if (first !== chain.length || last !== first + 1 + wallet.length || id.length !== last + 1 + token.length) return false
  return id.startsWith(chain) && id.startsWith(wallet, first + 1) && id.endsWith(token)
}

function hasColumns(result: PairResult, columns: readonly string[]): boolean {
  let i = 0
  for (const column in result) {
    if (column !== columns[i]) return false
    i += 1
  }
  return i === columns.length
}

function layoutOf(columns: readonly string[]): ResultLayout {
  const text = JSON.stringify(columns)
  // FNV-1a, 32 bit: a short name that two versions with the same columns agree on.
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return { name: `${columns.length}-${hash.toString(36)}`, columns: text }
}
