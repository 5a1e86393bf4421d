import { describe, expect, it } from 'vitest'
import { parseLossless } from '../../../../src/main/analysis/lossless-json'
import { readItem } from '../../../../src/main/analysis/swap'
import { movesOfToken } from '../../../../src/main/analysis/token-moves'
import { side, SOL, swapItem, TOKEN, trade } from '../../../support/swap-items'

function movesOf(items: readonly unknown[], token = TOKEN) {
  const swaps = items.map((item) => {
    const read = readItem(parseLossless(JSON.stringify(item)))
    if (read.kind !== 'swap') throw new Error('the test wants a readable swap')
    return read.swap
  })
  const { moves, ...rest } = movesOfToken(swaps, token)
  return {
    ...rest,
    moves: moves.map(({ quantity, unitPriceUsd, ...move }) => ({
      ...move,
      quantity: quantity.toFixed(),
      unitPriceUsd: unitPriceUsd && unitPriceUsd.toFixed(),
    })),
  }
}

const sol = side(SOL, -0.1, 100)

describe('which swaps count, and which way', () => {
  it('the token may be on either side; the sign of its change says buy or sell', () => {
    const items = [
      swapItem(1, side(TOKEN, 5, 2), sol),
      swapItem(2, sol, side(TOKEN, 3, 2)),
      swapItem(3, side(TOKEN, -4, 2), side(SOL, 0.08, 100)),
      swapItem(4, side(SOL, 0.02, 100), side(TOKEN, -1, 2)),
    ]
    expect(movesOf(items).moves.map(({ side: way, quantity }) => `${way} ${quantity}`)).toEqual([
      'buy 5',
      'buy 3',
      'sell 4',
      'sell 1',
    ])
  })

  it('swaps of other tokens do not count', () => {
    expect(movesOf([swapItem(1, side('bonk', 5, 2), sol)])).toEqual({ moves: [], symbol: null, unreadable: 0 })
  })

  it('Solana addresses are told apart by case, EVM addresses are not', () => {
    expect(movesOf([trade(1, 5, 2)], TOKEN.toLowerCase()).moves).toEqual([])
    const checksummed = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2'
    expect(movesOf([swapItem(1, side(checksummed.toLowerCase(), 5, 2), sol)], checksummed).moves).toHaveLength(1)
  })

  it('of a swap of the token for itself the net change counts, and nothing when that is 0', () => {
    const net = swapItem(1, side(TOKEN, 5, 2), side(TOKEN, -3, 2))
    const nothing = swapItem(2, side(TOKEN, 5, 2), side(TOKEN, -5, 2))
    expect(movesOf([net, nothing]).moves).toEqual([{ side: 'buy', timeSeconds: 1, quantity: '2', unitPriceUsd: '2' }])
  })
})

describe('the order', () => {
  it('is by time, transaction, instruction and inner instruction, a missing index counting as 0', () => {
    const at = (
      quantity: number,
      time: number,
      tx_hash: string,
      ins_index: number | null,
      inner_ins_index: number | null,
    ) => trade(time, quantity, 1, { tx_hash, ins_index, inner_ins_index })
    const items = [
      at(7, 20, 'a', 0, 0),
      at(6, 10, 'b', 1, null),
      at(5, 10, 'a', 10, 2),
      at(4, 10, 'a', 9, 12),
      at(3, 10, 'a', 9, 7),
      at(2, 10, 'a', 9, null),
      at(1, 10, 'B', null, 3),
    ]
    expect(movesOf(items).moves.map(({ quantity }) => quantity)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  })
})

describe('the quantity', () => {
  const quantityOf = (fields: object) => {
    const item = swapItem(1, { address: TOKEN, price: 1, ...fields }, sol)
    const { moves, unreadable } = movesOf([item])
    return unreadable === 1 ? 'unreadable' : `${moves[0]?.side} ${moves[0]?.quantity}`
  }

  it.each([
    [
      'change_amount by decimals, exact',
      { change_amount: '90071992547409930000017', decimals: 18 },
      'buy 90071.992547409930000017',
    ],
    ['change_amount with 0 decimals', { change_amount: -12, decimals: 0 }, 'sell 12'],
    ['ui_change_amount where decimals are missing', { change_amount: 5, ui_change_amount: -2.5 }, 'sell 2.5'],
    ['ui_change_amount where change_amount is missing', { ui_change_amount: 2.5, decimals: 6 }, 'buy 2.5'],
    [
      'amount by decimals, its way told by type_swap',
      { amount: '2500000', decimals: 6, type_swap: 'from' },
      'sell 2.5',
    ],
    ['amount received', { amount: 2500000, decimals: 6, type_swap: 'to' }, 'buy 2.5'],
    ['amount without a way', { amount: 2500000, decimals: 6 }, 'unreadable'],
    ['a negative amount', { amount: -2500000, decimals: 6, type_swap: 'to' }, 'unreadable'],
    ['amount without decimals', { amount: 2500000, type_swap: 'to' }, 'unreadable'],
    ['nothing', {}, 'unreadable'],
  ])('comes from %s', (_, fields, expected) => {
    expect(quantityOf(fields)).toBe(expected)
  })
})

describe('the unit price', () => {
  const priceOf = (own: object, other: object) =>
    movesOf([swapItem(1, { ...side(TOKEN, 8, null), ...own }, { ...side(SOL, -0.1, null), ...other })]).moves[0]
      ?.unitPriceUsd

  it.each([
    ["the side's price", { price: 2, nearest_price: 3 }, { price: 100 }, '2'],
    ['else its nearest price', { price: null, nearest_price: 3 }, { price: 100 }, '3'],
    ['also where the price is 0', { price: 0, nearest_price: 3 }, {}, '3'],
    ["else the other side's value over the quantity", {}, { price: 100, nearest_price: 90 }, '1.25'],
    ["with the other side's nearest price where it must be", {}, { nearest_price: 90 }, '1.125'],
    ['else none', {}, {}, null],
    ['none where the other side moved nothing', {}, { price: 100, change_amount: 0 }, null],
    [
      'none where the other side does not say how much',
      {},
      { price: 100, change_amount: null, ui_change_amount: null, amount: null },
      null,
    ],
  ])('is %s', (_, own, other, expected) => {
    expect(priceOf(own, other)).toBe(expected)
  })

  it('keeps all digits', () => {
    expect(priceOf({ price: 0.000004833567124695375 }, {})).toBe('0.000004833567124695375')
  })
})

describe('what cannot be decided', () => {
  it('a swap whose other side is missing may have been of the token: it is counted', () => {
    expect(movesOf([swapItem(1, sol, {})])).toMatchObject({ moves: [], unreadable: 1 })
  })

  it('a swap with only the side of the token is used', () => {
    expect(movesOf([swapItem(1, side(TOKEN, 5, 2), {})])).toMatchObject({ moves: [{ quantity: '5' }], unreadable: 0 })
  })
})

it('the symbol is that of the newest swap that names one', () => {
  const named = (time: number, symbol: string | null) => swapItem(time, side(TOKEN, 5, 2, { symbol }), sol)
  expect(movesOf([named(3, null), named(2, 'NEW'), named(1, 'OLD')]).symbol).toBe('NEW')
})
