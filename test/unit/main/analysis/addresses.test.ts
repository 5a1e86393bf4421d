import { describe, expect, it } from 'vitest'
import { pairProblem } from '../../../../src/main/analysis/addresses'

const WALLET = 'HZfzxAcEyamE2eiAZVyG49To9iyfMwnJ5dYqrYrtaVV5'
const TOKEN = 'So11111111111111111111111111111111111111112'
const EVM = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2'

const problemOf = (wallet_address: string, token_address = TOKEN, chain = 'solana') =>
  pairProblem({ chain, wallet_address, token_address })

describe('pairs that may be asked for', () => {
  it.each([
    ['two Solana addresses', WALLET, TOKEN, 'solana'],
    ['the shortest Solana address, 32 zero bytes', '1'.repeat(32), TOKEN, 'solana'],
    ['two EVM addresses, whatever their case', EVM, EVM.toLowerCase(), 'ethereum'],
    ['an EVM chain other than Ethereum', EVM, EVM, 'bsc'],
  ])('%s', (_, wallet, token, chain) => {
    expect(problemOf(wallet, token, chain)).toBeNull()
  })
})

describe('pairs that are refused before a request is spent', () => {
  it.each([
    ['31 bytes', '1'.repeat(31)],
    ['33 bytes', '1'.repeat(33)],
    ['a letter that base58 does not have', WALLET.replace('H', '0')],
    ['a space at the end', `${WALLET} `],
    ['an EVM address on Solana', EVM],
    ['nothing', ''],
  ])('%s', (_, wallet) => {
    expect(problemOf(wallet)).toMatch(/^wallet_address ".*" is not an address on solana \(base58 of 32 bytes\)$/)
  })

  it.each([
    ['39 digits', EVM.slice(0, -1)],
    ['41 digits', `${EVM}0`],
    ['no 0x', EVM.slice(2)],
    ['a Solana address', WALLET],
  ])('%s on an EVM chain', (_, token) => {
    expect(problemOf(EVM, token, 'base')).toMatch(/^token_address ".*" is not an address on base/)
  })

  it('names the chains that are known when the chain is not one of them', () => {
    expect(problemOf(WALLET, TOKEN, 'dogechain')).toMatch(/^chain "dogechain" is not known; known are solana, ethereum/)
  })

  it('quotes an endless address in part, and at once', () => {
    expect(problemOf('z'.repeat(5_000_000))).toMatch(/^wallet_address "z{80}…" is not/)
  })
})
