import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Decimal } from '../../../../src/main/analysis/decimal'
import { matchFifo } from '../../../../src/main/analysis/fifo'
import type { TokenMove } from '../../../../src/main/analysis/token-moves'

type Way = 'buy' | 'sell'

const move = (side: Way, timeSeconds: number, quantity: string, unitPriceUsd: string | null): TokenMove => ({
  side,
  timeSeconds,
  quantity: new Decimal(quantity),
  unitPriceUsd: unitPriceUsd === null ? null : new Decimal(unitPriceUsd),
})

const plain = (value: object): unknown => JSON.parse(JSON.stringify(value))

function booksOf(...moves: TokenMove[]) {
  const { trades, remaining, ...sums } = matchFifo(moves)
  return {
    trades: trades.map(
      ({ quantity, profitUsd, holdSeconds }) => `${quantity.toFixed()} for ${profitUsd.toFixed()} in ${holdSeconds} s`,
    ),
    remaining: Object.values(remaining).map((value: Decimal) => value.toFixed()),
    ...Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, value.toString()])),
  }
}

describe('matching', () => {
  it('matches each sell against the oldest open buys, a trade for each match', () => {
    const books = booksOf(
      move('buy', 0, '10', '1'),
      move('buy', 60, '10', '2'),
      move('sell', 120, '15', '3'), // 10 × (3 − 1) + 5 × (3 − 2)
      move('sell', 180, '2', '1.5'), // 2 × (1.5 − 2)
    )
    expect(books).toEqual({
      trades: ['10 for 20 in 120 s', '5 for 5 in 60 s', '2 for -1 in 120 s'],
      realizedUsd: '24',
      investedUsd: '30', // 10 × 1 + 10 × 2
      returnedUsd: '48', // 15 × 3 + 2 × 1.5
      volumeUsd: '78',
      buys: '2',
      sells: '2',
      soldQuantity: '17',
      unmatchedQuantity: '0',
      missingPrices: '0',
      remaining: ['3', '3', '6'],
    })
  })

  it('is exact where floats are not', () => {
    const books = booksOf(move('buy', 0, '0.3', '0.1'), move('sell', 1, '0.1', '0.2'), move('sell', 2, '0.2', '0.2'))
    expect(books).toMatchObject({ realizedUsd: '0.03', remaining: ['0', '0', '0'] })
  })

  it('what is sold without an open buy is reported, and is neither profit nor loss nor returned', () => {
    const books = booksOf(move('sell', 0, '4', '9'), move('buy', 1, '1', '1'), move('sell', 2, '3', '2'))
    expect(books).toMatchObject({
      trades: ['1 for 1 in 1 s'],
      unmatchedQuantity: '6',
      realizedUsd: '1',
      returnedUsd: '2',
      volumeUsd: '43', // all that has a price: 36 + 1 + 6
    })
  })
})

describe('moves without a price', () => {
  it('a buy opens a lot of unknown cost: what is sold out of it is no trade and is not unmatched', () => {
    const books = booksOf(move('buy', 0, '10', null), move('buy', 1, '10', '1'), move('sell', 2, '15', '3'))
    expect(books).toMatchObject({
      trades: ['5 for 10 in 1 s'],
      realizedUsd: '10',
      investedUsd: '10',
      returnedUsd: '15',
      unmatchedQuantity: '0',
      missingPrices: '1',
      remaining: ['5', '5', '5'],
    })
  })

  it('a sell uses up lots but is no trade', () => {
    const books = booksOf(move('buy', 0, '10', '1'), move('sell', 1, '4', null), move('sell', 2, '6', '2'))
    expect(books).toMatchObject({
      trades: ['6 for 6 in 2 s'],
      returnedUsd: '12',
      missingPrices: '1',
      remaining: ['0', '0', '0'],
    })
  })

  it('what remains of unknown cost is told from what remains of known cost', () => {
    expect(booksOf(move('buy', 0, '10', null), move('buy', 1, '2', '5')).remaining).toEqual(['12', '2', '10'])
  })
})

describe('for any moves', () => {
  const decimal = (digits: number) =>
    fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.integer({ min: 0, max: digits }))
      .map(([units, scale]) => new Decimal(units.toString()).shiftedBy(-scale))
  const anyMove = fc.record({
    side: fc.constantFrom<Way>('buy', 'sell'),
    timeSeconds: fc.integer({ min: 0, max: 1_000_000 }),
    quantity: decimal(18),
    unitPriceUsd: fc.option(decimal(40), { freq: 8 }),
  })
  const moves = fc.array(anyMove, { maxLength: 40 }).map((some) => some.sort((a, b) => a.timeSeconds - b.timeSeconds))
  const pricedMoves = moves.map((some) =>
    some.map((one) => ({ ...one, unitPriceUsd: one.unitPriceUsd ?? new Decimal(1) })),
  )
  const total = (values: readonly Decimal[]) => values.reduce((sum, value) => sum.plus(value), new Decimal(0))
  const quantityOf = (some: readonly TokenMove[], side: Way) =>
    total(some.filter((one) => one.side === side).map((one) => one.quantity))

  it('no token appears or vanishes: bought = matched + remaining, sold = matched + unmatched', () => {
    fc.assert(
      fc.property(pricedMoves, (some) => {
        const books = matchFifo(some)
        const matched = total(books.trades.map(({ quantity }) => quantity))
        expect(matched.plus(books.remaining.quantity).toFixed()).toBe(quantityOf(some, 'buy').toFixed())
        expect(matched.plus(books.unmatchedQuantity).toFixed()).toBe(quantityOf(some, 'sell').toFixed())
      }),
    )
  })

  it('no money either: realized = returned − (invested − cost of what remains)', () => {
    fc.assert(
      fc.property(pricedMoves, (some) => {
        const books = matchFifo(some)
        const costOfSold = books.investedUsd.minus(books.remaining.costUsd)
        expect(books.realizedUsd.toFixed()).toBe(books.returnedUsd.minus(costOfSold).toFixed())
      }),
    )
  })

  it('a move cut into parts changes no sum', () => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 2, max: 5 }), (some, parts) => {
        const cut = some.flatMap((one) => {
          const part = one.quantity.div(parts).decimalPlaces(0, Decimal.ROUND_DOWN)
          const rest = one.quantity.minus(part.times(parts - 1))
          return [...Array.from({ length: parts - 1 }, () => part), rest]
            .filter((quantity) => quantity.isGreaterThan(0))
            .map((quantity) => ({ ...one, quantity }))
        })
        const { trades: _, buys: _b, sells: _s, missingPrices: _m, ...whole } = matchFifo(some)
        expect(plain(matchFifo(cut))).toEqual(expect.objectContaining(plain(whole)))
      }),
    )
  })

  it('no trade is empty or ends before it began', () => {
    fc.assert(
      fc.property(moves, (some) => {
        for (const { holdSeconds, quantity } of matchFifo(some).trades) {
          expect(holdSeconds).toBeGreaterThanOrEqual(0)
          expect(quantity.isGreaterThan(0)).toBe(true)
        }
      }),
    )
  })
})
