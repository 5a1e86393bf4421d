import { describe, expect, it } from 'vitest'
import { createMadeUpWorld } from '../../../../src/main/simulator/made-up-world'
import { mintWallet } from '../../../../src/main/simulator/wallets'

const PAGE = { offset: 0, limit: 100, beforeTime: null, afterTime: null }

describe('the made-up world', () => {
  it('gives a wallet the same history from another world of the same seed, and after thousands of others', () => {
    const world = createMadeUpWorld(1)
    const wallet = mintWallet(1, 3, 0)
    const first = world.history(wallet, 'swap').page(PAGE)
    // More text than is kept, so that the first wallet has to be made up anew.
    for (let place = 1; place < 1000; place++) world.history(mintWallet(1, 3, place), 'swap')
    expect(world.history(wallet, 'swap').page(PAGE)).toBe(first)
    expect(createMadeUpWorld(1).history(wallet, 'all').page(PAGE)).toBe(first)
  })

  it('has swaps only, and only on Solana', () => {
    const world = createMadeUpWorld(1)
    for (const txType of ['add', 'remove'] as const) {
      expect(JSON.parse(world.history(mintWallet(1, 3, 0), txType).page(PAGE)).items).toEqual([])
    }
    expect(JSON.parse(world.history(`0x${'a'.repeat(40)}`, 'swap').page(PAGE)).items).toEqual([])
  })

  it('prices what trades and nothing else', () => {
    const world = createMadeUpWorld(1)
    for (const token of world.trending()) expect(world.priceUsd(token.address)).toBeGreaterThan(0)
    expect(world.priceUsd(mintWallet(1, 1, 1))).toBeNull()
    expect(world.topTraders(mintWallet(1, 1, 1))).toEqual([])
  })
})
