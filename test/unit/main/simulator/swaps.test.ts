import { describe, expect, it } from 'vitest'
import { EPOCH, createMarket, type Token } from '../../../../src/main/simulator/market'
import { swapsOf, tokensOf } from '../../../../src/main/simulator/swaps'
import { mintWallet } from '../../../../src/main/simulator/wallets'

const market = createMarket(1)
const wallets = Array.from({ length: 400 }, (_, at) => mintWallet(1, at % 60, at))
const histories = wallets.map((wallet) => swapsOf(market, wallet))

describe('the swaps of a wallet', () => {
  it('are the same for the same seed, and others for another', () => {
    const [wallet = ''] = wallets
    expect(swapsOf(createMarket(1), wallet)).toEqual(histories[0])
    expect(swapsOf(createMarket(2), wallet)).not.toEqual(histories[0])
  })

  it('exist for any well-formed address, and for no other', () => {
    expect(swapsOf(market, 'HZfzxAcEyamE2eiAZVyG49To9iyfMwnJ5dYqrYrtaVV5').length).toBeGreaterThan(0)
    expect(() => swapsOf(market, 'not-an-address')).toThrow(/not-an-address is not a Solana address/)
  })

  it('are in order of time and before the epoch', () => {
    for (const swaps of histories) {
      const times = swaps.map((swap) => swap.unixTime)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      expect(times.at(-1)).toBeLessThan(EPOCH)
    }
  })

  it('include each token that the wallet is said to trade', () => {
    wallets.forEach((wallet, at) => {
      const traded = new Set(histories[at]?.flatMap((swap) => [swap.base.token, swap.quote.token]))
      for (const token of tokensOf(market, wallet)) expect(traded).toContain(token)
    })
  })

  it('fill one page of 100 for most wallets, about 1.2 pages on average, and up to eight', () => {
    const pages = histories.map((swaps) => Math.ceil(swaps.length / 100))
    const average = pages.reduce((sum, count) => sum + count, 0) / pages.length
    expect(average).toBeGreaterThan(1.1)
    expect(average).toBeLessThan(1.4)
    expect(pages.filter((count) => count === 1).length).toBeGreaterThan(300)
    expect(Math.max(...pages)).toBeGreaterThanOrEqual(4)
    expect(Math.max(...pages)).toBeLessThanOrEqual(8)
  })

  it('exchange one token for another: one side in, one side out', () => {
    for (const { base, quote } of histories.flat()) {
      expect(base.token).not.toBe(quote.token)
      expect(base.change > 0n).toBe(quote.change < 0n)
      expect(base.change).not.toBe(0n)
    }
  })

  it('sell what was bought, except for a few holdings from before', () => {
    let oversold = 0
    let holdings = 0
    for (const swaps of histories) {
      const balances = new Map<Token, bigint>()
      const below = new Set<Token>()
      for (const side of swaps.flatMap((swap) => [swap.base, swap.quote])) {
        if (side.token === market.sol || side.token === market.usdc) continue
        const balance = (balances.get(side.token) ?? 0n) + side.change
        balances.set(side.token, balance)
        if (balance < 0n) below.add(side.token)
      }
      oversold += below.size
      holdings += balances.size
    }
    expect(oversold / holdings).toBeGreaterThan(0.02)
    expect(oversold / holdings).toBeLessThan(0.12)
  })

  it('have every oddity that the real ones have', () => {
    const all = histories.flat()
    const sides = all.flatMap((swap) => [swap.base, swap.quote])
    const isToken = (token: Token) => token !== market.sol && token !== market.usdc
    expect(all.some((swap) => isToken(swap.base.token) && !isToken(swap.quote.token))).toBe(true)
    expect(all.some((swap) => !isToken(swap.base.token) && isToken(swap.quote.token))).toBe(true)
    expect(all.some((swap) => isToken(swap.base.token) && isToken(swap.quote.token))).toBe(true)
    expect(sides.some((side) => side.change > BigInt(Number.MAX_SAFE_INTEGER) && side.change % 10n !== 0n)).toBe(true)
    expect(sides.some((side) => side.priceUsd === null && side.nearestPriceUsd !== null)).toBe(true)
    expect(sides.some((side) => side.priceUsd === null && side.nearestPriceUsd === null)).toBe(true)
  })

  it('of one transaction share its time and differ in their place', () => {
    let shared = 0
    for (const swaps of histories) {
      const places = new Set(swaps.map((swap) => `${swap.transaction} ${swap.insIndex} ${swap.innerInsIndex ?? 0}`))
      expect(places.size).toBe(swaps.length)
      swaps.forEach((swap, at) => {
        const previous = swaps[at - 1]
        if (previous?.transaction !== swap.transaction) return
        shared++
        expect(swap.unixTime).toBe(previous.unixTime)
      })
    }
    expect(shared).toBeGreaterThan(100)
  })
})
