import { describe, expect, it } from 'vitest'
import { pairEntrySchema, pairId } from '../../../../src/shared/pair'
import { DEMO_PAIR_COUNT, demoPairs } from '../../../../src/main/simulator/demo-pairs'
import { createMarket } from '../../../../src/main/simulator/market'
import { swapsOf } from '../../../../src/main/simulator/swaps'
import { addressBytes, doomOf } from '../../../../src/main/simulator/wallets'

const pairs = demoPairs()

function isDoomed(wallet: string): boolean {
  const bytes = addressBytes(wallet)
  return bytes !== null && doomOf(bytes) !== null
}

describe('the demo queue', () => {
  it('holds 1,368 pairs, none twice, that the inbox accepts as they are', () => {
    expect(DEMO_PAIR_COUNT).toBe(1368)
    expect(pairs).toHaveLength(1368)
    expect(new Set(pairs.map(pairId)).size).toBe(1368)
    for (const pair of pairs) {
      expect(pairEntrySchema.parse(pair)).toEqual(pair)
      expect(addressBytes(pair.wallet_address)).not.toBeNull()
      expect(addressBytes(pair.token_address)).not.toBeNull()
      expect(pair.token_symbol).toMatch(/^[A-Z]+$/)
      expect(pair.discovered_at).toMatch(/^2025-07-31T2[23]:\d\d:\d\d\.000Z$/)
    }
  })

  it('is the same for the same seed and another for another', () => {
    expect(demoPairs(50, 3)).toEqual(demoPairs(50, 3))
    expect(demoPairs(50, 3)[0]).not.toEqual(demoPairs(50, 4)[0])
    expect(demoPairs(50)).toEqual(pairs.slice(0, 50))
  })

  it('pairs each wallet with a token that it has traded, about 1 % aside that fail for good', () => {
    const market = createMarket(1)
    let doomed = 0
    for (const { wallet_address, token_address } of pairs) {
      if (isDoomed(wallet_address)) {
        doomed++
        continue
      }
      const traded = swapsOf(market, wallet_address).flatMap(({ base, quote }) => [base.token.address, quote.token.address])
      expect(traded).toContain(token_address)
    }
    expect(doomed).toBe(14)
  })

  it('holds wallets with several tokens and tokens with many wallets', () => {
    expect(new Set(pairs.map((pair) => pair.wallet_address)).size).toBeLessThan(1368)
    expect(new Set(pairs.map((pair) => pair.token_address)).size).toBe(60)
  })
})
