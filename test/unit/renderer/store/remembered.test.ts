import { describe, expect, it } from 'vitest'
import { createConsoleStore } from '../../../../src/renderer/store/console-store'
import { rememberChoices, type Memory } from '../../../../src/renderer/store/remembered'
import { DEFAULT_COLUMNS } from '../../../../src/renderer/store/results'

function memoryWith(kept: string | null = null): Memory & { kept: string | null } {
  const memory = { kept, getItem: () => memory.kept, setItem: (_: string, text: string) => void (memory.kept = text) }
  return memory
}

describe('what a person has chosen', () => {
  it('is found again by the next window', () => {
    const memory = memoryWith()
    const first = createConsoleStore()
    rememberChoices(first, memory)
    expect(memory.kept).toBeNull()
    first.setState({ range: '1h' })
    first.setState(({ results }) => ({ results: { ...results, columns: ['token_symbol', 'wallet_address'] } }))
    const next = createConsoleStore()
    rememberChoices(next, memory)
    expect(next.getState().range).toBe('1h')
    expect(next.getState().results.columns).toEqual(['token_symbol', 'wallet_address'])
  })

  it.each(['', 'no JSON', 'null', '7', '{"range":"9y","columns":["gone"]}', '{"columns":{}}'])('is not taken from what is none: %s', (kept) => {
    const store = createConsoleStore()
    rememberChoices(store, memoryWith(kept))
    expect(store.getState().range).toBe('5m')
    expect(store.getState().results.columns).toEqual(DEFAULT_COLUMNS)
  })

  it('is shown all the same where nothing can be kept', () => {
    const store = createConsoleStore()
    const full = () => {
      throw new Error('QuotaExceededError')
    }
    rememberChoices(store, { getItem: full, setItem: full })
    store.setState({ range: 'run' })
    expect(store.getState().range).toBe('run')
  })
})
