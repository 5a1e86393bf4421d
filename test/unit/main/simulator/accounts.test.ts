import { describe, expect, it } from 'vitest'
import { accountsByKey } from '../../../../src/main/simulator/accounts'

describe('accounts', () => {
  it('are read from text and from a table alike', () => {
    const byKey = new Map([
      ['k1', 'main'],
      ['k2', 'main'],
      ['k3', 'second'],
    ])
    expect(accountsByKey('main=k1+k2, second=k3')).toEqual(byKey)
    expect(accountsByKey({ main: ['k1', 'k2'], second: ['k3'] })).toEqual(byKey)
  })

  it.each([
    ['main', /"main" is not an account; allowed is NAME=KEY\+KEY/],
    ['', /"" is not an account/],
    ['main=k1,', /"" is not an account/],
    ['main=k1+', /account "main" has an empty key/],
    ['main=k1,second=k1', /key "k1" is named twice/],
    ['main=k1,main=k2', /account "main" is named twice/],
  ])('are refused in words: %j', (text, message) => {
    expect(() => accountsByKey(text)).toThrow(message)
  })

  it('need a key each', () => {
    expect(() => accountsByKey({ main: [] })).toThrow(/account "main" has an empty key; allowed is one key or more/)
  })
})
