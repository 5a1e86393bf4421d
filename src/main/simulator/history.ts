/** One swap as the API sends it: JSON text, and the time that orders it. */
export interface HistoryItem {
  readonly json: string
  /** Unix seconds. */
  readonly unixTime: number
}

export interface PageQuery {
  readonly offset: number
  readonly limit: number
  /** Unix seconds; only swaps before it, itself left out. */
  readonly beforeTime: number | null
  /** Unix seconds; only swaps after it, itself left out. */
  readonly afterTime: number | null
}

/**
 * The swaps of one wallet, newest first. They are kept as one text, so that a page is one slice of it.
 */
export class History {
  static readonly EMPTY = new History([])

  readonly #json: string
  /** Where each item begins in the text; one entry more than there are items. */
  readonly #starts: readonly number[]
  readonly #times: readonly number[]

  /** `items` must be ordered newest first. */
  constructor(items: readonly HistoryItem[]) {
    this.#json = items.map((item) => item.json).join(',')
    this.#times = items.map((item) => item.unixTime)
    let start = 0
    this.#starts = [0, ...items.map((item) => (start += item.json.length + 1))]
  }

  /** Characters held, for the cache's bound. */
  get size(): number {
    return this.#json.length
  }

  /** One page as the API's `data`. */
  page(query: PageQuery): string {
    const newest = query.beforeTime === null ? 0 : this.#firstAt((time) => time < Number(query.beforeTime))
    const end = query.afterTime === null ? this.#times.length : this.#firstAt((time) => time <= Number(query.afterTime))
    const from = Math.min(newest + query.offset, end)
    const to = Math.min(from + query.limit, end)
    const items = this.#json.slice(this.#starts[from], Math.max(0, (this.#starts[to] ?? 0) - 1))
    return `{"items":[${to > from ? items : ''}],"has_next":${to < end}}`
  }

  /** The first item, from the newest on, whose time passes the test; times only fall. */
  #firstAt(passes: (unixTime: number) => boolean): number {
    let low = 0
    let high = this.#times.length
    while (low < high) {
      const middle = (low + high) >> 1
      const time = this.#times[middle]
      if (time !== undefined && passes(time)) high = middle
      else low = middle + 1
    }
    return low
  }
}
