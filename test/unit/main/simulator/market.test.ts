import { describe, expect, it } from 'vitest'
import { EPOCH, TRADERS_PER_TOKEN, createMarket, priceUsdAt, topTraders } from '../../../../src/main/simulator/market'
import { tokensOf } from '../../../../src/main/simulator/swaps'
import { addressBytes } from '../../../../src/main/simulator/wallets'

const market = createMarket(1)

describe('the market', () => {
  it('is the same for the same seed and another for another', () => {
    expect(createMarket(1).tokens).toEqual(market.tokens)
    expect(createMarket(2).tokens[0]?.address).not.toBe(market.tokens[0]?.address)
  })

  it('has tokens with distinct symbols and well-formed addresses', () => {
    expect(market.tokens).toHaveLength(60)
    expect(new Set(market.tokens.map((token) => token.symbol)).size).toBe(60)
    for (const token of market.tokens) expect(addressBytes(token.address)).not.toBeNull()
  })

  it('prices every token above zero, and moves prices by time alone', () => {
    for (const token of [...market.tokens, market.sol, market.usdc]) {
      expect(priceUsdAt(token, EPOCH)).toBeGreaterThan(0)
      expect(priceUsdAt(token, EPOCH - 3600)).toBe(priceUsdAt(token, EPOCH - 3600))
    }
    const [token = market.sol] = market.tokens
    expect(priceUsdAt(token, EPOCH)).not.toBe(priceUsdAt(token, EPOCH - 86_400))
    expect(priceUsdAt(market.usdc, EPOCH - 86_400)).toBe(1)
  })

  it("lists traders by falling volume, each of whom has traded the token", () => {
    const traders = topTraders(market, 4)
    expect(traders).toHaveLength(TRADERS_PER_TOKEN)
    const volumes = traders.map((trader) => trader.volumeUsd)
    expect(volumes).toEqual(volumes.toSorted((one, other) => other - one))
    for (const trader of traders) expect(tokensOf(market, trader.wallet)[0]).toBe(market.tokens[4])
  })
})
