import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ResultIndex } from '../../../../src/main/result-index/result-index'
import { isWanted, readyFilter } from '../../../../src/main/result-index/result-filter'
import { pairId } from '../../../../src/shared/pair'
import { RESULT_COLUMNS, type PairResult } from '../../../../src/shared/result'
import { CONFIDENCES, RESULT_FIGURES, type ResultFilter, type ResultQuery } from '../../../../src/shared/results-query'

const EMPTY = Object.fromEntries(RESULT_COLUMNS.map(({ name }) => [name, null])) as PairResult

function result(cells: Partial<PairResult>): PairResult {
  return { ...EMPTY, chain: 'solana', wallet_address: 'Wallet1', token_address: 'TokenA', ...cells }
}

function indexOf(results: readonly PairResult[]): ResultIndex {
  const index = new ResultIndex()
  for (const cells of results) index.add((column) => cells[column])
  return index
}

const ANY: ResultQuery = { filter: {}, sort: { by: 'analyzed_at', descending: false }, distribution: 'total_pnl_usd' }

function idsOf(index: ResultIndex, query: Partial<ResultQuery>): string[] {
  return Array.from(index.select({ ...ANY, ...query }).rows, (row) => index.idOf(row))
}

const idOf = ({ chain, wallet_address, token_address }: PairResult) =>
  pairId({ chain: String(chain), wallet_address: String(wallet_address), token_address: String(token_address) })

const amount = fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => value.toFixed(6)))
const anyResult = fc
  .record({
    wallet_address: fc.stringMatching(/^[A-Za-z1-9]{1,6}$/),
    token_address: fc.constantFrom('TokenA', 'TokenB', '0xAbC'),
    token_symbol: fc.option(fc.constantFrom('BONK', 'Wif', 'WIF')),
    confidence: fc.constantFrom(...CONFIDENCES),
    total_pnl_usd: amount,
    win_rate: fc.option(fc.integer({ min: 0, max: 100 })),
    total_trades: fc.integer({ min: 0, max: 50 }),
    analyzed_at: fc.integer({ min: 0, max: 2e12 }).map((ms) => new Date(ms).toISOString()),
  })
  .map(result)
const results = fc.uniqueArray(anyResult, { selector: idOf, maxLength: 60 })
const range = fc.record({ min: fc.integer({ min: -100, max: 100 }), max: fc.integer({ min: -100, max: 100 }) }, { requiredKeys: [] })
const filters: fc.Arbitrary<ResultFilter> = fc.record(
  {
    wallet: fc.stringMatching(/^[A-Za-z1-9]{0,2}$/),
    token: fc.constantFrom('wif', 'tokena', 'Token', '0xabc', ''),
    confidence: fc.subarray([...CONFIDENCES]),
    ranges: fc.record({ total_pnl_usd: range, win_rate: range, total_trades: range }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
)

describe('the index of results', () => {
  it('lets through what the export of the same filter writes', () => {
    fc.assert(
      fc.property(results, filters, (given, filter) => {
        const ready = readyFilter(filter)
        const exported = given.filter((cells) => isWanted(ready, cells)).map(idOf)
        expect(new Set(idsOf(indexOf(given), { filter }))).toEqual(new Set(exported))
      }),
    )
  })

  it('orders by any figure, either way, equal ones as they came and unknown ones last', () => {
    fc.assert(
      fc.property(results, fc.constantFrom(...RESULT_FIGURES), fc.boolean(), (given, by, descending) => {
        const figure = (cells: PairResult) => (by === 'analyzed_at' ? Date.parse(String(cells[by])) : Number(cells[by] ?? Number.NaN))
        const known = given.filter((cells) => !Number.isNaN(figure(cells)))
        const unknown = given.filter((cells) => Number.isNaN(figure(cells)))
        const ordered = known.toSorted((a, b) => (descending ? figure(b) - figure(a) : figure(a) - figure(b)))
        expect(idsOf(indexOf(given), { sort: { by, descending } })).toEqual([...ordered, ...unknown].map(idOf))
      }),
    )
  })

  it('orders as one that was never asked before, whatever it was asked and given in between', () => {
    const asked = fc.record({ more: results, filter: filters, by: fc.constantFrom('total_pnl_usd', 'win_rate'), descending: fc.boolean() })
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 6 }), (steps) => {
        const index = new ResultIndex()
        const given: PairResult[] = []
        for (const { more, filter, by, descending } of steps) {
          for (const cells of more) index.add((column) => cells[column])
          given.push(...more)
          const query = { filter, sort: { by, descending } }
          expect(idsOf(index, query)).toEqual(idsOf(indexOf(given), query))
        }
      }),
    )
  })

  it('has a pair once, with the result of its last analysis', () => {
    const index = indexOf([
      result({ total_pnl_usd: '1' }),
      result({ wallet_address: 'Other', total_pnl_usd: '2' }),
      result({ total_pnl_usd: '40' }),
    ])
    expect(index.size).toBe(2)
    expect(index.select(ANY).totals).toMatchObject({ pairs: 2, totalPnlUsd: 42 })
  })

  it('remembers thousands of pairs apart', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => result({ wallet_address: `W${i}`, total_trades: i }))
    const index = indexOf([...many, ...many])
    expect(index.size).toBe(20_000)
    expect(idsOf(index, { filter: { wallet: 'W19999' } })).toEqual(['solana:W19999:TokenA'])
  })

  it('finds an EVM wallet however its letters are written', () => {
    const index = indexOf([result({ chain: 'base', wallet_address: '0xABCDEF', token_address: '0x1' })])
    expect(idsOf(index, { filter: { wallet: '0xabC' } })).toEqual(['base:0xabcdef:0x1'])
  })
})

describe('the totals of a selection', () => {
  it('are those of the pairs in it, to the cent even between very large and very small amounts', () => {
    const given = ['1e15', '0.01', '-1e15', '0.02', null].map((total_pnl_usd, i) => result({ wallet_address: `W${i}`, total_pnl_usd }))
    const { totals } = indexOf(given).select(ANY)
    expect(totals.totalPnlUsd).toBeCloseTo(0.03, 10)
    expect(totals).toMatchObject({ pairs: 5, profitable: 3, medianPnlUsd: 0.015 })
  })

  it('say what they cannot know', () => {
    expect(indexOf([]).select(ANY).totals).toMatchObject({ pairs: 0, totalPnlUsd: 0, medianPnlUsd: null, meanWinRate: null })
  })
})

describe('the distribution of a selection', () => {
  it('counts each pair whose figure is known once, in the bin that it falls into', () => {
    fc.assert(
      fc.property(results, fc.constantFrom('total_pnl_usd', 'win_rate', 'total_trades'), (given, distribution) => {
        const { distribution: bins } = indexOf(given).select({ ...ANY, distribution })
        const figures = given.map((cells) => cells[distribution]).filter((cell) => cell !== null)
        const within = bins.map(({ from, to }) => figures.filter((f) => Number(f) >= (from ?? -Infinity) && (Number(f) < (to ?? Infinity) || (to === 100 && Number(f) === 100))).length)
        expect(bins.map(({ count }) => count)).toEqual(within)
        expect(within.reduce((sum, count) => sum + count, 0)).toBe(figures.length)
      }),
    )
  })
})
