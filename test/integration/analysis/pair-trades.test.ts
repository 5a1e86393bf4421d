import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import type { PairAnalyzer } from '../../../src/main/analysis/pair-analyzer'
import { PairAttempt } from '../../../src/main/engine/pair-attempt'
import { demoPairs } from '../../../src/main/simulator/demo-pairs'
import { startSimulator, type Simulator } from '../../../src/main/simulator/simulator'
import { mintWallet } from '../../../src/main/simulator/wallets'
import type { PairEntry } from '../../../src/shared/pair'
import { analyzerOver } from '../../support/analyzed-pairs'

const signal = new AbortController().signal
let simulator: Simulator
let analyzer: PairAnalyzer

beforeAll(async () => {
  simulator = await startSimulator({ latencyMs: 0, rps: 100_000 })
  analyzer = analyzerOver(simulator)
})
afterAll(async () => {
  analyzer.close()
  await simulator.close()
})

/** Pairs of the demo that succeed, with their results. */
async function analyzed(count: number) {
  const found = []
  for (const entry of demoPairs(60)) {
    const outcome = await analyzer.analyze(entry, new PairAttempt())
    if (outcome.kind === 'succeeded' && Number(outcome.result.total_trades) > 0) found.push({ entry, result: outcome.result })
    if (found.length === count) break
  }
  return found
}

describe("a pair's trades", () => {
  it('add up to its result', async () => {
    for (const { entry, result } of await analyzed(5)) {
      const trades = await analyzer.trades(entry, signal)
      if (trades.kind !== 'trades') throw new Error(trades.message)
      expect(trades.matchCount).toBe(result.total_trades)
      expect(trades.moveCount).toBe(Number(result.buys) + Number(result.sells))
      expect(trades.curve.at(-1)?.realizedUsd).toBeCloseTo(Number(result.realized_pnl_usd), 4)
      expect(trades.matches.filter(({ profitUsd }) => Number(profitUsd) > 0)).toHaveLength(Number(result.winning_trades))
      expect(trades.moves.map(({ atMs }) => atMs)).toEqual(trades.moves.map(({ atMs }) => atMs).toSorted((a, b) => b - a))
    }
  })

  it('are refused in the words of what is wrong', async () => {
    const nobody: PairEntry = { chain: 'solana', wallet_address: 'not-an-address', token_address: 'nor-this' }
    expect(await analyzer.trades(nobody, signal)).toMatchObject({ kind: 'refused', message: expect.stringContaining('address') })
  })
})

describe("the API's own figures", () => {
  it('come for the pair that was asked for, by weighted average cost', async () => {
    let compared = 0
    for (const { entry, result } of await analyzed(5)) {
      const figures = await analyzer.birdeyeFigures(entry, signal)
      if (figures.kind !== 'figures') throw new Error(figures.kind)
      // Whatever the method, what is realized and what is not come to the same where all buys and prices are known.
      if (result.confidence !== 'high') continue
      expect(Number(figures.totalPnlUsd)).toBeCloseTo(Number(result.total_pnl_usd), 2)
      compared++
    }
    expect(compared).toBeGreaterThan(0)
  })

  it('are not answered for a wallet that never traded the token, which is not nought', async () => {
    const [pair] = await analyzed(1)
    if (!pair) throw new Error('the demo has no pair that succeeds')
    const stranger = { ...pair.entry, wallet_address: mintWallet(99, 1, 0) }
    expect(await analyzer.birdeyeFigures(stranger, signal)).toEqual({ kind: 'not-answered' })
  })
})
