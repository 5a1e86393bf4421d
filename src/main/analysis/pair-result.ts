import type { PairEntry } from '../../shared/pair'
import type { PairResult } from '../../shared/result'
import { judgeConfidence } from './confidence'
import { Decimal, quantityText, roundFigure, unitPriceText, usdText, ZERO } from './decimal'
import type { FifoBooks, MatchedTrade, Remaining } from './fifo'
import type { TokenMoves } from './token-moves'
import type { WalletHistory } from './wallet-history'

interface AnalyzedPair {
  readonly entry: PairEntry
  readonly history: WalletHistory
  readonly maxTransactions: number
  readonly token: TokenMoves
  readonly books: FifoBooks
  /** USD per token; null when none was needed or none is known. */
  readonly currentPriceUsd: Decimal | null
  /** Unix ms. */
  readonly analyzedAtMs: number
  readonly analysisMs: number
}

/**
 * The row of one analysed pair, in the columns of src/shared/result.ts. Total P&L is realized plus unrealized, or realized
 * alone where the unrealized part is not known.
 */
export function resultOf(pair: AnalyzedPair): PairResult {
  const { entry, history, token, books } = pair
  const unrealizedUsd = unrealizedOf(books.remaining, pair.currentPriceUsd)
  return {
    wallet_address: entry.wallet_address,
    status: 'success',
    total_pnl_usd: usdText(books.realizedUsd.plus(unrealizedUsd ?? ZERO)),
    realized_pnl_usd: usdText(books.realizedUsd),
    unrealized_pnl_usd: unrealizedUsd && usdText(unrealizedUsd),
    ...tradeFigures(books.trades),
    total_volume_usd: usdText(books.volumeUsd),
    total_fees_usd: null,
    first_trade_time: isoTime(token.moves.at(0)?.timeSeconds),
    last_trade_time: isoTime(token.moves.at(-1)?.timeSeconds),
    error_message: null,
    chain: entry.chain,
    token_address: entry.token_address,
    token_symbol: entry.token_symbol ?? token.symbol,
    invested_usd: usdText(books.investedUsd),
    returned_usd: usdText(books.returnedUsd),
    buys: books.buys,
    sells: books.sells,
    remaining_quantity: quantityText(books.remaining.quantity),
    average_cost_usd: averageCost(books.remaining),
    current_price_usd: pair.currentPriceUsd && unitPriceText(pair.currentPriceUsd),
    unmatched_quantity: quantityText(books.unmatchedQuantity),
    missing_prices: books.missingPrices,
    truncated: history.truncated,
    ...trust(pair),
    transactions: history.swaps.length + history.unreadable,
    requests: history.requests,
    trader_volume_usd: entry.trader_volume_usd ?? null,
    trader_trades: entry.trader_trades ?? null,
    discovered_at: entry.discovered_at ?? null,
    epoch: null,
    analyzed_at: new Date(pair.analyzedAtMs).toISOString(),
    analysis_ms: Math.round(pair.analysisMs),
  }
}

/** 0 where nothing remains; null where something remains without a known cost, or without a current price. */
function unrealizedOf(remaining: Remaining, currentPriceUsd: Decimal | null): Decimal | null {
  if (remaining.quantity.isZero()) return ZERO
  if (remaining.knownQuantity.isZero() || currentPriceUsd === null) return null
  return remaining.knownQuantity.times(currentPriceUsd).minus(remaining.costUsd)
}

function averageCost({ knownQuantity, costUsd }: Remaining): string | null {
  return knownQuantity.isZero() ? null : unitPriceText(costUsd.div(knownQuantity))
}

/** A trade that ends at exactly nothing is neither won nor lost. */
function tradeFigures(trades: readonly MatchedTrade[]) {
  const won = trades.filter(({ profitUsd }) => profitUsd.isGreaterThan(0)).length
  const lost = trades.filter(({ profitUsd }) => profitUsd.isLessThan(0)).length
  const holds = trades.map(({ holdSeconds }) => holdSeconds)
  const heldSeconds = holds.reduce((sum, hold) => sum + hold, 0)
  const any = trades.length > 0
  return {
    total_trades: trades.length,
    winning_trades: won,
    losing_trades: lost,
    win_rate: any ? roundFigure(new Decimal(won).times(100).div(trades.length)) : null,
    average_hold_minutes: any ? minutes(new Decimal(heldSeconds).div(trades.length)) : null,
    min_hold_minutes: any ? minutes(new Decimal(holds.reduce((a, b) => Math.min(a, b)))) : null,
    max_hold_minutes: any ? minutes(new Decimal(holds.reduce((a, b) => Math.max(a, b)))) : null,
  }
}

function trust({ history, maxTransactions, token, books }: AnalyzedPair) {
  const { level, reason } = judgeConfidence({
    truncated: history.truncated,
    maxTransactions,
    moves: token.moves.length,
    soldQuantity: books.soldQuantity,
    unmatchedQuantity: books.unmatchedQuantity,
    missingPrices: books.missingPrices,
    unreadable: history.unreadable + token.unreadable,
  })
  return { confidence: level, confidence_reason: reason }
}

function minutes(seconds: Decimal): number {
  return roundFigure(seconds.div(60))
}

function isoTime(unixSeconds: number | undefined): string | null {
  return unixSeconds === undefined ? null : new Date(unixSeconds * 1000).toISOString()
}
