import type { BirdeyeFigures, PairTrades } from '../../shared/pair-page'
import type { PairResult, ResultColumnName } from '../../shared/result'
import type { ResultQuery } from '../../shared/results-query'
import type { SluiceBridge } from '../../shared/ipc-contract'
import { askOf } from './ask'
import type { ConsoleStore } from './console-store'
import { missingPages, PAGE_ROWS, withPage, type ResultsState } from './results'

/** A pair's page asks for these; a refusal is said in main's words. */
export type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string }

export interface ResultCommands {
  /** Shows another selection. Rows on screen stay until the new ones are there. */
  readonly ask: (query: ResultQuery) => Promise<void>
  /** Asks the present query again: for what has been done since. */
  readonly askAgain: () => Promise<void>
  /** Sees to it that these rows are there. */
  readonly need: (first: number, last: number) => void
  readonly showColumns: (columns: readonly ResultColumnName[]) => void
  readonly result: (id: string) => Promise<Asked<PairResult | null>>
  readonly trades: (id: string) => Promise<Asked<PairTrades>>
  readonly birdeyeFigures: (id: string) => Promise<Asked<BirdeyeFigures>>
}

/** `unreachable` is what is said when main does not answer. */
export function createResultCommands(bridge: SluiceBridge, store: ConsoleStore, unreachable: string): ResultCommands {
  const fetching = new Set<string>()
  const change = (part: Partial<ResultsState>) => store.setState(({ results }) => ({ results: { ...results, ...part } }))
  const reply = askOf(bridge, unreachable)

  const rowsOf = async (selection: number, page: number) => {
    const answer = await reply('results:rows', { selection, from: page * PAGE_ROWS, count: PAGE_ROWS })
    return answer.ok ? answer.value : null
  }

  const fetchPage = async (selection: number, page: number) => {
    const key = `${selection}:${page}`
    if (fetching.has(key)) return
    fetching.add(key)
    const rows = await rowsOf(selection, page)
    fetching.delete(key)
    const { results } = store.getState()
    // Another selection may have taken its place meanwhile.
    if (results.found?.selection !== selection) return
    if (rows === null) await ask(results.query)
    else change({ pages: withPage(results.pages, page, rows) })
  }

  const ask = async (query: ResultQuery) => {
    change({ query })
    const answer = await reply('results:query', query)
    if (store.getState().results.query !== query) return
    if (!answer.ok) return change({ problem: answer.message })
    const found = answer.value
    // The first rows come with it, so that the table never stands empty in between.
    const rows = found.matching === 0 ? [] : ((await rowsOf(found.selection, 0)) ?? [])
    if (store.getState().results.query !== query) return
    change({ found, foundBy: query, pages: new Map([[0, rows]]), problem: null })
  }

  return {
    ask,
    askAgain: async () => ask({ ...store.getState().results.query }),
    need: (first, last) => {
      const { results } = store.getState()
      if (results.found === null) return
      for (const page of missingPages(results, first, last)) void fetchPage(results.found.selection, page)
    },
    showColumns: (columns) => change({ columns }),
    result: (id) => reply('pair:result', id),
    trades: (id) => reply('pair:trades', id),
    birdeyeFigures: (id) => reply('pair:birdeye-figures', id),
  }
}
