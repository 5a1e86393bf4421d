import { RESULT_COLUMNS, type ResultColumnName } from '../../shared/result'
import type { ConsoleState, ConsoleStore } from './console-store'
import { RANGE_KEYS, type RangeKey } from './ranges'

const NAME = 'sluice.choices'

/** What a person has chosen in the window, and expects to find again. */
interface Choices {
  readonly range: RangeKey
  readonly columns: readonly ResultColumnName[]
}

/** The part of `localStorage` that is needed. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>

/** Takes up the choices of the last time, and remembers each from now on. What cannot be read, or kept, is passed over. */
export function rememberChoices(store: ConsoleStore, memory: Memory): void {
  const { range, columns } = recalled(memory)
  store.setState((state) => ({ range: range ?? state.range, results: { ...state.results, columns: columns ?? state.results.columns } }))
  store.subscribe((state, before) => {
    if (state.range !== before.range || state.results.columns !== before.results.columns) keep(memory, choicesOf(state))
  })
}

function choicesOf({ range, results }: ConsoleState): Choices {
  return { range, columns: results.columns }
}

function recalled(memory: Memory): Partial<Choices> {
  try {
    const kept: unknown = JSON.parse(memory.getItem(NAME) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    const { range, columns } = kept as { readonly range?: unknown; readonly columns?: unknown } // checked below
    const known = Array.isArray(columns) ? RESULT_COLUMNS.map(({ name }) => name).filter((name) => columns.includes(name)) : []
    const inOrder = known.toSorted((a, b) => (columns as unknown[]).indexOf(a) - (columns as unknown[]).indexOf(b))
    const found = RANGE_KEYS.find((key) => key === range)
    return { ...(found && { range: found }), ...(inOrder.length > 0 && { columns: inOrder }) }
  } catch {
    return {}
  }
}

function keep(memory: Memory, choices: Choices): void {
  try {
    memory.setItem(NAME, JSON.stringify(choices))
  } catch {
    // A full or forbidden storage costs the memory of a choice, and nothing else.
  }
}
