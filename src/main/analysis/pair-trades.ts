import { MAX_CURVE_POINTS, MAX_PAIR_ROWS, type CurvePoint, type PairTrades } from '../../shared/pair-page'
import type { PairEntry } from '../../shared/pair'
import type { Clock } from '../engine/ports'
import { pairProblem } from './addresses'
import type { BirdeyeClient } from './birdeye-client'
import { quantityText, unitPriceText, usdText, ZERO } from './decimal'
import { matchFifo, type MatchedTrade } from './fifo'
import { movesOfToken } from './token-moves'
import { readHistory } from './wallet-history'

interface TradesMeans {
  readonly client: BirdeyeClient
  readonly clock: Clock
  readonly maxTransactions: number
}

/**
 * Reads a pair's swaps anew and matches them as its analysis does. They may have become more since then. Rejects with the
 * signal's reason only; whatever the API refuses is said in words.
 */
export async function readTrades(entry: PairEntry, { client, clock, maxTransactions }: TradesMeans, signal: AbortSignal): Promise<PairTrades> {
  const problem = pairProblem(entry)
  if (problem !== null) return { kind: 'refused', message: problem }
  const beforeSeconds = Math.floor(clock.wallMs() / 1000)
  const request = { chain: entry.chain, wallet: entry.wallet_address, maxTransactions, beforeSeconds }
  const history = await readHistory(client, request, signal)
  if (history.kind !== 'history') return { kind: 'refused', message: history.message }
  const { moves } = movesOfToken(history.swaps, entry.token_address)
  const { trades } = matchFifo(moves)
  return {
    kind: 'trades',
    moves: newest(moves).map(({ side, timeSeconds, quantity, unitPriceUsd }) => ({
      side,
      atMs: timeSeconds * 1000,
      quantity: quantityText(quantity),
      unitPriceUsd: unitPriceUsd && unitPriceText(unitPriceUsd),
    })),
    matches: newest(trades).map((trade) => ({
      boughtAtMs: (trade.soldAtSeconds - trade.holdSeconds) * 1000,
      soldAtMs: trade.soldAtSeconds * 1000,
      quantity: quantityText(trade.quantity),
      buyPriceUsd: unitPriceText(trade.buyPriceUsd),
      sellPriceUsd: unitPriceText(trade.sellPriceUsd),
      profitUsd: usdText(trade.profitUsd),
    })),
    moveCount: moves.length,
    matchCount: trades.length,
    curve: curveOf(trades),
    truncated: history.truncated,
    requests: history.requests,
  }
}

function newest<T>(items: readonly T[]): T[] {
  return items.slice(-MAX_PAIR_ROWS).reverse()
}

/** Realized profit after each sell; of many, every n-th and the last. */
function curveOf(trades: readonly MatchedTrade[]): CurvePoint[] {
  let realized = ZERO
  const points = trades.map(({ profitUsd, soldAtSeconds }) => {
    realized = realized.plus(profitUsd)
    return { atMs: soldAtSeconds * 1000, realizedUsd: realized.toNumber() }
  })
  const step = Math.ceil(points.length / MAX_CURVE_POINTS)
  return points.filter((_, i) => i % step === 0 || i === points.length - 1)
}
