/** Pages that are kept beyond those on screen, on either side. */
const KEPT_PAGES = 10

/** Fetches rows; null where they cannot be had just now. */
export type LoadRows<T> = (from: number, count: number) => Promise<readonly T[] | null>

/**
 * The rows of a table of any length.
 * 1. Fetches the pages that are on screen, each once.
 * 2. Fetches them again when told to, and shows the old rows until the new ones are there.
 * 3. Forgets what is far from the screen.
 */
export class PagedRows<T> {
  readonly #pages = new Map<number, readonly T[]>()
  readonly #asked = new Set<number>()
  readonly #listeners = new Set<() => void>()
  #first = 0
  #last = 0
  #version = 0

  constructor(
    private readonly load: LoadRows<T>,
    private readonly pageRows: number,
  ) {}

  /** Rises with every change, for who compares. */
  readonly version = (): number => this.#version

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Undefined while it is being fetched, and where there is none any more. */
  at(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / this.pageRows))?.[index % this.pageRows]
  }

  /** The rows from the first to the last on screen that are there. */
  get onScreen(): T[] {
    const rows: T[] = []
    for (let index = this.#first; index <= this.#last; index += 1) {
      const row = this.at(index)
      if (row !== undefined) rows.push(row)
    }
    return rows
  }

  /** Says which rows are on screen. */
  need(first: number, last: number): void {
    this.#first = Math.max(0, first)
    this.#last = last
    for (const page of this.#wanted()) if (!this.#pages.has(page)) void this.#fetch(page)
  }

  /** Fetches again what is on screen. */
  async refresh(): Promise<void> {
    await Promise.all(this.#wanted().map((page) => this.#fetch(page)))
  }

  #wanted(): number[] {
    const from = Math.floor(this.#first / this.pageRows)
    const to = Math.floor(this.#last / this.pageRows)
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
  }

  async #fetch(page: number): Promise<void> {
    if (this.#asked.has(page)) return
    this.#asked.add(page)
    const rows = await this.load(page * this.pageRows, this.pageRows).catch(() => null)
    this.#asked.delete(page)
    if (rows === null) return
    this.#pages.set(page, rows)
    this.#forgetFarPages()
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }

  #forgetFarPages(): void {
    const wanted = this.#wanted()
    const [from, to] = [(wanted[0] ?? 0) - KEPT_PAGES, (wanted.at(-1) ?? 0) + KEPT_PAGES]
    for (const page of this.#pages.keys()) if (page < from || page > to) this.#pages.delete(page)
  }
}
