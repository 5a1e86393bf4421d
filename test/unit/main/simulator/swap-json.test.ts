import { base58 } from '@scure/base'
import { describe, expect, it } from 'vitest'
import { createMarket } from '../../../../src/main/simulator/market'
import { writeSwaps } from '../../../../src/main/simulator/swap-json'
import { swapsOf } from '../../../../src/main/simulator/swaps'
import { mintWallet } from '../../../../src/main/simulator/wallets'

const market = createMarket(1)
const wallet = mintWallet(1, 9, 4)
const swaps = swapsOf(market, wallet)
const items = writeSwaps(market, wallet, swaps)

const SIDE_FIELDS = [
  'symbol', 'decimals', 'address', 'amount', 'type', 'type_swap', 'ui_amount', 'price', 'nearest_price', 'change_amount',
  'ui_change_amount',
]
const ITEM_FIELDS = [
  'quote', 'base', 'base_price', 'quote_price', 'tx_hash', 'source', 'block_unix_time', 'tx_type', 'address', 'owner',
  'block_number', 'volume_usd', 'volume', 'ins_index', 'inner_ins_index', 'signers',
]

describe('written swaps', () => {
  it('are JSON with the fields of the real ones, newest first', () => {
    expect(items).toHaveLength(swaps.length)
    const read = items.map((item) => JSON.parse(item.json))
    for (const item of read) {
      expect(Object.keys(item)).toEqual(expect.arrayContaining(ITEM_FIELDS))
      expect(Object.keys(item.base)).toEqual(expect.arrayContaining(SIDE_FIELDS))
      expect(item).toMatchObject({ owner: wallet, tx_type: 'swap' })
      expect([item.base.type_swap, item.quote.type_swap].toSorted()).toEqual(['from', 'to'])
      expect(item.base.type_swap === 'to').toBe(item.base.ui_change_amount > 0)
    }
    const times = read.map((item) => item.block_unix_time)
    expect(times).toEqual(times.toSorted((one, other) => other - one))
    expect(times).toEqual(items.map((item) => item.unixTime))
  })

  it('hold every digit of an amount', () => {
    const written = items.toReversed()
    swaps.forEach((swap, at) => {
      expect(written[at]?.json).toMatch(new RegExp(`"change_amount":"?${swap.base.change}"?,`))
      expect(written[at]?.json).toMatch(new RegExp(`"change_amount":"?${swap.quote.change}"?,`))
    })
  })

  it('have a transaction signature of 64 bytes, shared within the transaction', () => {
    const hashes = items.toReversed().map((item): string => JSON.parse(item.json).tx_hash)
    for (const hash of hashes) expect(base58.decode(hash)).toHaveLength(64)
    swaps.forEach((swap, at) => {
      expect(hashes[at] === hashes[at - 1]).toBe(swap.transaction === swaps[at - 1]?.transaction)
    })
  })

  it('carry amounts as text on some rows, as real `log` rows do', () => {
    const many = Array.from({ length: 30 }, (_, at) => mintWallet(1, at, 0)).flatMap((owner) =>
      writeSwaps(market, owner, swapsOf(market, owner)).map((item) => JSON.parse(item.json)),
    )
    const logs = many.filter((item) => item.base.type === 'log')
    expect(logs.length).toBeGreaterThan(0)
    for (const item of logs) expect(typeof item.base.amount).toBe('string')
    expect(many.some((item) => typeof item.base.change_amount === 'string')).toBe(true)
    expect(many.some((item) => item.signers === null)).toBe(true)
    expect(many.some((item) => item.address === null)).toBe(true)
    expect(many.some((item) => 'multiplier' in item.base)).toBe(true)
  })
})
