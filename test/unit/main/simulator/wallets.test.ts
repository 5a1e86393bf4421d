import { describe, expect, it } from 'vitest'
import {
  DOOMED_STATUSES,
  addressBytes,
  doomOf,
  homeTokenIndex,
  isEvmAddress,
  mintDoomedWallet,
  mintWallet,
} from '../../../../src/main/simulator/wallets'

function bytesOf(address: string): Uint8Array {
  const bytes = addressBytes(address)
  if (bytes === null) throw new Error(`${address} is not an address`)
  return bytes
}

describe('a simulated wallet', () => {
  it('carries its home token in its address', () => {
    for (let tokenIndex = 0; tokenIndex < 60; tokenIndex++) {
      expect(homeTokenIndex(bytesOf(mintWallet(1, tokenIndex, 3)), 60)).toBe(tokenIndex)
    }
  })

  it('is doomed only where its address says so', () => {
    for (const status of DOOMED_STATUSES) expect(doomOf(bytesOf(mintDoomedWallet(1, status, 5)))).toBe(status)
    expect(doomOf(bytesOf(mintWallet(1, 2, 3)))).toBeNull()
    expect(doomOf(bytesOf('So11111111111111111111111111111111111111112'))).toBeNull()
  })
})

describe('an address', () => {
  it.each([
    'So11111111111111111111111111111111111111112',
    'HZfzxAcEyamE2eiAZVyG49To9iyfMwnJ5dYqrYrtaVV5',
    '11111111111111111111111111111111',
  ])('of Solana is base58 of 32 bytes: %s', (address) => {
    expect(addressBytes(address)).toHaveLength(32)
  })

  it.each([
    '',
    'So1111111111111111111111111111111111111111O',
    'abc',
    '1'.repeat(33),
    'z'.repeat(44),
    `0x${'a'.repeat(40)}`,
  ])('of Solana is nothing else: %s', (address) => {
    expect(addressBytes(address)).toBeNull()
  })

  it('of an EVM chain is 0x and 40 hex digits, in either case', () => {
    expect(isEvmAddress(`0x${'aB'.repeat(20)}`)).toBe(true)
    expect(isEvmAddress(`0x${'a'.repeat(39)}`)).toBe(false)
  })
})
