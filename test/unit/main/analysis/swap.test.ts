import { describe, expect, it } from 'vitest'
import { parseLossless } from '../../../../src/main/analysis/lossless-json'
import { readItem } from '../../../../src/main/analysis/swap'
import { side, SOL, swapItem, TOKEN } from '../../../support/swap-items'

const read = (item: unknown) => readItem(parseLossless(JSON.stringify(item)))
const base = side(TOKEN, 5, 2)
const quote = side(SOL, -0.1, 100)
const sidesOf = (item: unknown) => {
  const result = read(item)
  return result.kind === 'swap' ? result.swap.sides : []
}
const identityOf = (item: unknown) => {
  const result = read(item)
  return result.kind === 'swap' ? result.swap.identity : result.identity
}

describe('an item', () => {
  it('is a swap with both sides, its time and its place in the chain', () => {
    expect(read(swapItem(1_750_000_000, base, quote, { ins_index: 3, inner_ins_index: 7 }))).toMatchObject({
      kind: 'swap',
      swap: {
        timeSeconds: 1_750_000_000,
        txHash: 'tx1750000000',
        insIndex: 3,
        innerInsIndex: 7,
        sides: [
          { address: TOKEN, symbol: 'TKN', decimals: 6, change_amount: '5000000', price: '2', type_swap: 'to' },
          { address: SOL, change_amount: '-100000', price: '100', type_swap: 'from' },
        ],
      },
    })
  })

  it('keeps integers beyond 2^53, whether they come as numbers or as text', () => {
    const item = (amount: string) =>
      readItem(parseLossless(`{"block_unix_time":1,"base":{"address":"${TOKEN}","change_amount":${amount}}}`))
    const exact = { kind: 'swap', swap: { sides: [{ change_amount: '-9007199254740993000001' }] } }
    expect(item('-9007199254740993000001')).toMatchObject(exact)
    expect(item('"-9007199254740993000001"')).toMatchObject(exact)
  })

  it('is read although fields are missing, null, unknown or of another type', () => {
    expect(sidesOf({ block_unix_time: 1, base: { address: TOKEN }, brand_new: {} })).toEqual([
      {
        address: TOKEN,
        symbol: null,
        decimals: null,
        amount: null,
        type_swap: null,
        price: null,
        nearest_price: null,
        change_amount: null,
        ui_change_amount: null,
      },
    ])
    expect(
      sidesOf(swapItem(1, { ...base, decimals: 'six', price: {}, type_swap: 'sideways', symbol: true }, quote))[0],
    ).toMatchObject({
      decimals: null,
      price: null,
      type_swap: null,
      symbol: null,
      change_amount: '5000000',
    })
  })

  it('keeps the side that is there when the other is missing or has no address', () => {
    expect(sidesOf(swapItem(1, base, { symbol: 'SOL' }))).toHaveLength(1)
    expect(sidesOf({ block_unix_time: 1, quote })).toHaveLength(1)
  })

  it.each([
    ['text', 'swap'],
    ['null', null],
    ['no time', swapItem(1, base, quote, { block_unix_time: undefined })],
    ['a time that is none', swapItem(1, base, quote, { block_unix_time: -1 })],
    ['neither side', swapItem(1, {}, {})],
  ])('is unreadable when it is or has %s', (_, item) => {
    expect(read(item).kind).toBe('unreadable')
  })

  it('that is no swap is told apart, and one that does not say what it is counts as a swap', () => {
    expect(read(swapItem(1, base, quote, { tx_type: 'add' })).kind).toBe('other')
    expect(read(swapItem(1, base, quote, { tx_type: undefined })).kind).toBe('swap')
  })
})

describe('the identity', () => {
  const swap = (more: object) => identityOf(swapItem(1, base, quote, { ins_index: 2, inner_ins_index: 4, ...more }))

  it('is the same when only prices were updated between two pages', () => {
    expect(identityOf(swapItem(1, { ...base, nearest_price: 2.5 }, quote))).toBe(identityOf(swapItem(1, base, quote)))
  })

  it('tells the swaps of one transaction apart by their indexes, or by what they moved', () => {
    const different = [
      swap({}),
      swap({ ins_index: 3 }),
      swap({ inner_ins_index: 5 }),
      swap({ inner_ins_index: null }),
      swap({ inner_ins_index: null, base: side(TOKEN, 6, 2) }),
    ]
    expect(new Set(different).size).toBe(different.length)
  })
})
