import { describe, expect, it } from 'vitest'
import { Decimal } from '../../../../src/main/analysis/decimal'
import { matchFifo } from '../../../../src/main/analysis/fifo'
import { resultOf } from '../../../../src/main/analysis/pair-result'
import type { TokenMove } from '../../../../src/main/analysis/token-moves'
import { pairEntrySchema } from '../../../../src/shared/pair'
import { RESULT_COLUMNS } from '../../../../src/shared/result'
import { TOKEN, WALLET } from '../../../support/swap-items'

const START = Date.UTC(2025, 6, 24, 18) / 1000
const entry = pairEntrySchema.parse({ wallet_address: WALLET, token_address: TOKEN })

function move(side: 'buy' | 'sell', minute: number, quantity: string, priceUsd: string | null): TokenMove {
  return {
    side,
    timeSeconds: START + minute * 60,
    quantity: new Decimal(quantity),
    unitPriceUsd: priceUsd === null ? null : new Decimal(priceUsd),
  }
}

const resultFor = (
  moves: TokenMove[],
  more: { priceUsd?: string; entry?: object; truncated?: boolean; unreadable?: number } = {},
) =>
  resultOf({
    entry: { ...entry, ...more.entry },
    history: {
      kind: 'history',
      swaps: [],
      unreadable: more.unreadable ?? 0,
      truncated: more.truncated ?? false,
      requests: 3,
    },
    maxTransactions: 500,
    token: { moves, symbol: 'SEEN', unreadable: 0 },
    books: matchFifo(moves),
    currentPriceUsd: more.priceUsd === undefined ? null : new Decimal(more.priceUsd),
    analyzedAtMs: (START + 3600) * 1000,
    analysisMs: 12.7,
  })

it('fills every column, in the table’s names, for three buys and two sells', () => {
  const moves = [
    move('buy', 0, '10', '1'),
    move('buy', 10, '10', '2'),
    move('sell', 25, '15', '1.5'), // 10 × 0.5 after 25 min, 5 × −0.5 after 15 min
    move('sell', 30, '1', '2'), // 1 × 0 after 20 min
    move('buy', 40, '6', '4'),
  ]
  const result = resultFor(moves, { priceUsd: '3.123456789012345678901' })
  expect(Object.keys(result).sort()).toEqual(RESULT_COLUMNS.map(({ name }) => name).sort())
  expect(result).toEqual({
    wallet_address: WALLET,
    status: 'success',
    realized_pnl_usd: '2.5',
    unrealized_pnl_usd: '-0.765432109876543211', // 10 × 3.123… − (4 × 2 + 6 × 4)
    total_pnl_usd: '1.734567890123456789',
    total_trades: 3,
    winning_trades: 1,
    losing_trades: 1,
    win_rate: 33.3333,
    total_volume_usd: '78.5', // 10 + 20 + 22.5 + 2 + 24
    total_fees_usd: null,
    first_trade_time: '2025-07-24T18:00:00.000Z',
    last_trade_time: '2025-07-24T18:40:00.000Z',
    error_message: null,
    chain: 'solana',
    token_address: TOKEN,
    token_symbol: 'SEEN',
    invested_usd: '54',
    returned_usd: '24.5',
    buys: 3,
    sells: 2,
    remaining_quantity: '10',
    average_cost_usd: '3.2',
    current_price_usd: '3.12345678901234568',
    average_hold_minutes: 20,
    min_hold_minutes: 15,
    max_hold_minutes: 25,
    unmatched_quantity: '0',
    missing_prices: 0,
    truncated: false,
    confidence: 'high',
    confidence_reason: null,
    transactions: 0,
    requests: 3,
    trader_volume_usd: null,
    trader_trades: null,
    discovered_at: null,
    analyzed_at: '2025-07-24T19:00:00.000Z',
    analysis_ms: 13,
    epoch: null,
  })
})

describe('what is not known stays empty', () => {
  it('unrealized without a price, and then total P&L is what was realized', () => {
    const result = resultFor([move('buy', 0, '10', '1'), move('sell', 1, '4', '2')])
    expect(result).toMatchObject({
      unrealized_pnl_usd: null,
      total_pnl_usd: '4',
      remaining_quantity: '6',
      current_price_usd: null,
    })
  })

  it('but where nothing remains, unrealized is 0 and there is no average cost', () => {
    const result = resultFor([move('buy', 0, '10', '1'), move('sell', 1, '10', '2')])
    expect(result).toMatchObject({
      unrealized_pnl_usd: '0',
      total_pnl_usd: '10',
      remaining_quantity: '0',
      average_cost_usd: null,
    })
  })

  it('what remains of unknown cost is not valued', () => {
    expect(resultFor([move('buy', 0, '10', null)], { priceUsd: '2' })).toMatchObject({
      unrealized_pnl_usd: null,
      remaining_quantity: '10',
      average_cost_usd: null,
    })
    expect(resultFor([move('buy', 0, '10', null), move('buy', 0, '3', '1')], { priceUsd: '2' })).toMatchObject({
      unrealized_pnl_usd: '3',
      remaining_quantity: '13',
      average_cost_usd: '1',
    })
  })

  it('rates, holds and times where there were no trades', () => {
    expect(resultFor([])).toMatchObject({
      total_pnl_usd: '0',
      total_trades: 0,
      win_rate: null,
      average_hold_minutes: null,
      min_hold_minutes: null,
      max_hold_minutes: null,
      first_trade_time: null,
      last_trade_time: null,
      confidence: 'high',
    })
  })
})

it('passes on what the discovery had queued, its symbol first', () => {
  const queued = { token_symbol: 'QUEUED', trader_volume_usd: '1234.5', trader_trades: 7, discovered_at: '2025-07-24' }
  expect(resultFor([], { entry: queued })).toMatchObject(queued)
})

it('counts what could not be read among the transactions, and trusts the result less', () => {
  expect(resultFor([], { unreadable: 1 })).toMatchObject({
    transactions: 1,
    confidence: 'low',
    confidence_reason: '1 swap could not be read',
  })
})

it('writes sums without exponents, however small or large', () => {
  const moves = [move('buy', 0, '123456789012345678901234567890', '1e-7'), move('sell', 1, '0.000000000000000001', '1')]
  expect(resultFor(moves)).toMatchObject({
    invested_usd: '12345678901234567890123.456789',
    returned_usd: '0.000000000000000001',
    remaining_quantity: '123456789012345678901234567889.999999999999999999',
    average_cost_usd: '0.0000001',
  })
})
