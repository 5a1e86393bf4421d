import { foldAddress } from '../../shared/pair'
import type { PairResult, ResultColumnName } from '../../shared/result'
import {
  CONFIDENCES,
  figureOf,
  isWithin,
  RESULT_FIGURES,
  type DistributionBin,
  type ResultFigure,
  type ResultQuery,
  type ResultTotals,
} from '../../shared/results-query'
import { codes, doubles } from './column'
import { inOrder } from './order'
import { readyFilter, type ReadyFilter } from './result-filter'
import { RowTable } from './row-table'
import { distributionOf, totalsOf } from './summary'
import { WalletTexts } from './wallet-texts'

interface Token {
  readonly chain: string
  readonly address: string
  readonly symbol: string | null
}

export interface Selected {
  /** Rows in the order asked for. */
  readonly rows: Uint32Array
  readonly totals: ResultTotals
  readonly distribution: readonly DistributionBin[]
}

/** The confidence of a row that has been replaced by a newer one: no filter lets it through. */
const REPLACED = 255
/** A smaller share of the rows is sorted by itself. */
const FEW = 0.1

/**
 * What of a million results is needed to filter, order and sum them up, in about 150 bytes a result. It is made of what
 * Redis has, and can be made again at any time; the results themselves stay there.
 * 1. Takes results in; a pair that was analysed again replaces its older row.
 * 2. Selects rows by a query.
 * 3. Says which pair a row is of.
 */
export class ResultIndex {
  readonly #figures = new Map(RESULT_FIGURES.map((figure) => [figure, doubles()]))
  readonly #wallets = new WalletTexts()
  readonly #tokens: Token[] = []
  readonly #tokenNumbers = new Map<string, number>()
  readonly #tokenOf = codes()
  readonly #confidenceOf = codes()
  readonly #rowOf = new RowTable((row) => this.idOf(row))
  #kept: { readonly order: string; readonly rows: Uint32Array } | null = null
  #rows = 0
  #replaced = 0

  /** Pairs that it knows the result of. */
  get size(): number {
    return this.#rows - this.#replaced
  }

  /** `cellOf` reads a column of the result. */
  add(cellOf: (column: ResultColumnName) => PairResult[ResultColumnName]): void {
    const row = this.#rows++
    for (const [figure, column] of this.#figures) column.add(figureOf(figure, cellOf(figure)))
    this.#wallets.add(foldAddress(String(cellOf('wallet_address'))))
    this.#tokenOf.add(this.#tokenNumber(cellOf))
    this.#confidenceOf.add(CONFIDENCES.findIndex((level) => level === cellOf('confidence')) + 1)
    const before = this.#rowOf.put(this.idOf(row), row)
    if (before === null) return
    this.#confidenceOf.replace(before, REPLACED)
    this.#replaced++
  }

  select({ filter, sort, distribution }: ResultQuery): Selected {
    const rows = this.#inOrder(this.#matching(readyFilter(filter)), sort)
    return {
      rows,
      totals: totalsOf(rows, {
        totalPnl: this.#column('total_pnl_usd'),
        realizedPnl: this.#column('realized_pnl_usd'),
        volume: this.#column('total_volume_usd'),
        trades: this.#column('total_trades'),
        winRate: this.#column('win_rate'),
      }),
      distribution: distributionOf(distribution, rows, this.#column(distribution)),
    }
  }

  idOf(row: number): string {
    const token = this.#tokens[this.#tokenOf.values[row] ?? 0]
    return `${token?.chain}:${this.#wallets.of(row)}:${foldAddress(token?.address ?? '')}`
  }

  /** Many of the rows are picked from all of them in order, which are kept: a filter that is taken off again sorts nothing. */
  #inOrder(rows: Uint32Array, { by, descending }: ResultQuery['sort']): Uint32Array {
    if (rows.length < this.#rows * FEW) return inOrder(rows, this.#column(by), descending)
    const all = this.#allInOrder(by, descending)
    if (rows.length === all.length) return all
    const isPicked = new Uint8Array(this.#rows)
    for (let i = 0; i < rows.length; i++) isPicked[rows[i] ?? 0] = 1
    return all.filter((row) => isPicked[row] === 1)
  }

  #allInOrder(by: ResultFigure, descending: boolean): Uint32Array {
    const order = `${by} ${descending} ${this.#rows}`
    if (this.#kept?.order !== order) {
      const all = new Uint32Array(this.#rows).map((_, row) => row)
      this.#kept = { order, rows: inOrder(all, this.#column(by), descending) }
    }
    return this.#kept.rows
  }

  #column(figure: ResultFigure): Float64Array {
    return this.#figures.get(figure)?.values ?? new Float64Array()
  }

  #matching(filter: ReadyFilter): Uint32Array {
    const wallets = filter.wallet === null ? null : this.#wallets.marked(filter.wallet)
    const tokens = filter.isTokenWanted && this.#tokens.map(({ address, symbol }) => filter.isTokenWanted?.(address, symbol) === true)
    const levels = ['', ...CONFIDENCES].map((level) => filter.isConfidenceWanted === null || filter.isConfidenceWanted(level))
    const ranges = filter.ranges.map(({ figure, range }) => ({ column: this.#column(figure), range }))
    const [tokenOf, confidenceOf] = [this.#tokenOf.values, this.#confidenceOf.values]
    const rows = new Uint32Array(this.#rows)
    let matching = 0
    for (let row = 0; row < this.#rows; row++) {
      const isMatch =
        levels[confidenceOf[row] ?? REPLACED] === true &&
        (wallets === null || wallets[row] === 1) &&
        (tokens === null || tokens[tokenOf[row] ?? 0] === true) &&
        ranges.every(({ column, range }) => isWithin(column[row] ?? Number.NaN, range))
      if (isMatch) rows[matching++] = row
    }
    return rows.slice(0, matching)
  }

  #tokenNumber(cellOf: (column: ResultColumnName) => PairResult[ResultColumnName]): number {
    const [chain, address] = [String(cellOf('chain')), String(cellOf('token_address'))]
    const name = cellOf('token_symbol')
    // Its symbol is part of it: results of one token may name it differently, and each is found by its own.
    const key = `${chain}:${address}:${String(name)}`
    const known = this.#tokenNumbers.get(key)
    if (known !== undefined) return known
    this.#tokenNumbers.set(key, this.#tokens.length)
    return this.#tokens.push({ chain, address, symbol: name === null ? null : String(name) }) - 1
  }
}
