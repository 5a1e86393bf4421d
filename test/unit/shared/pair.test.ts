import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairEntrySchema, readPairEntry } from '../../../src/shared/pair'

const plain = {
  wallet_address: 'W',
  token_address: 'T',
  chain: 'solana',
  token_symbol: 'S',
  trader_volume_usd: 1234.5,
  trader_trades: 42,
  discovered_at: '2026-01-02T03:04:05Z',
  priority: 3,
}

describe('an entry of a pair', () => {
  it('that is as the schema would have it is answered itself', () => {
    expect(readPairEntry(plain)).toBe(plain)
  })

  it('is read as the schema reads it, whatever stands in it', () => {
    const odd = fc.constantFrom<unknown>(null, '', 'Base', 'base', -1, -0, 0, 1.5, 9, 10, 2 ** 53, Infinity, Number.NaN, '7', true, [], {})
    const value = fc.oneof(odd, fc.string(), fc.double(), fc.integer())
    const fields = fc.record(Object.fromEntries(Object.keys({ ...plain, another: 0, toString: 0 }).map((name) => [name, value])), { requiredKeys: [] })
    const changed = fc.tuple(fields, fc.subarray([...Object.keys(plain), 'another', 'toString'], { maxLength: 2 }))
    // Mostly as it should be, so that each way of reading is taken.
    const entry = changed.map(([odds, names]) => ({ ...plain, ...Object.fromEntries(names.map((name) => [name, odds[name]])) }))
    fc.assert(
      fc.property(fc.oneof(entry, fields, value), (given) => {
        const bySchema = pairEntrySchema.safeParse(given)
        if (bySchema.success) expect(readPairEntry(given)).toEqual(bySchema.data)
        else expect(() => readPairEntry(given)).toThrow(bySchema.error.message)
      }),
      { numRuns: 2000 },
    )
  })
})
