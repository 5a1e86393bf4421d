import { setTimeout as sleep } from 'node:timers/promises'
import { isOpen, type ResultQuery, type ResultRows, type ResultRowsRequest, type ResultSelection } from '../../shared/results-query'
import { FROM_THE_OLDEST } from '../queue/ids-by-time'
import type { ResultPages } from '../queue/result-pages'
import type { ResultIndex } from '../result-index/result-index'

/** Results that one look at Redis brings: a question waits for no more of them than this. */
const PAGE = 500
/** Selections whose rows can still be asked for: a window or two, and what they have just asked. */
const REMEMBERED_SELECTIONS = 4
const LOOK_AGAIN_MS = 500
/** So few are read by the time that a question is answered: it waits for them. */
const READ_AT_ONCE = 20_000
const PATIENCE_MS = 500

type Selection = { readonly kind: 'rows'; readonly rows: Uint32Array } | { readonly kind: 'newest'; readonly count: number }

/**
 * 1. Reads all results into the index, and follows what is done from then on.
 * 2. Answers queries by what it has read so far, and says how much that is.
 * 3. Brings rows of a selection, which stays as it was when it was made.
 * The newest results first, without a filter, need no index: they are there at once, however many there are.
 */
export class ResultBrowser {
  readonly #selections = new Map<number, Selection>()
  #made = 0
  #cursor = FROM_THE_OLDEST
  #reading: Promise<boolean> | null = null
  #inHand: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly pages: ResultPages,
    private readonly index: ResultIndex,
  ) {}

  /** Follows for as long as the thread lives; rejects when Redis answers with an error. */
  async follow(): Promise<never> {
    for (;;) {
      await this.#inHand
      if (await this.readOn()) continue
      await sleep(LOOK_AGAIN_MS)
    }
  }

  /** Reads one page into the index. Answers whether there was one. */
  readOn(): Promise<boolean> {
    this.#reading ??= this.#readPage().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async #readPage(): Promise<boolean> {
    const { cells, cursor, read } = await this.pages.after(this.#cursor, PAGE)
    for (const cellOf of cells) this.index.add(cellOf)
    this.#cursor = cursor
    return read > 0
  }

  query(query: ResultQuery): Promise<ResultSelection> {
    return this.#ahead(this.#select(query))
  }

  rows(request: ResultRowsRequest): Promise<ResultRows> {
    return this.#ahead(this.#rowsOf(request))
  }

  /** Reading on waits for the answer. */
  #ahead<T>(answer: Promise<T>): Promise<T> {
    this.#inHand = Promise.allSettled([this.#inHand, answer])
    return answer
  }

  async #select(query: ResultQuery): Promise<ResultSelection> {
    const total = await this.pages.count()
    if (total <= READ_AT_ONCE) await this.#catchUp(Date.now() + PATIENCE_MS)
    const { rows, totals, distribution } = this.index.select(query)
    const isNewestFirst = isOpen(query.filter) && query.sort.by === 'analyzed_at' && query.sort.descending
    const selection = this.#remember(isNewestFirst ? { kind: 'newest', count: total } : { kind: 'rows', rows })
    const matching = isNewestFirst ? total : rows.length
    return { selection, matching, indexed: Math.min(this.index.size, total), total, totals, distribution }
  }

  async #rowsOf({ selection, from, count }: ResultRowsRequest): Promise<ResultRows> {
    const selected = this.#selections.get(selection)
    if (selected === undefined) return null
    if (selected.kind === 'rows') {
      return this.pages.byIds(Array.from(selected.rows.subarray(from, from + count), (row) => this.index.idOf(row)))
    }
    const wanted = Math.min(count, selected.count - from)
    if (wanted <= 0) return []
    // Counted from the oldest on: what is done meanwhile comes behind, and moves nothing.
    const oldestFirst = await this.pages.byRank(selected.count - from - wanted, wanted)
    return oldestFirst.reverse()
  }

  async #catchUp(untilMs: number): Promise<void> {
    while (Date.now() < untilMs && (await this.readOn()));
  }

  #remember(selection: Selection): number {
    const number = ++this.#made
    this.#selections.set(number, selection)
    this.#selections.delete(number - REMEMBERED_SELECTIONS)
    return number
  }
}
