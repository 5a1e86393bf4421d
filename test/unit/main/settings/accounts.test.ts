import { describe, expect, it } from 'vitest'
import { accountsOf } from '../../../../src/main/settings/accounts'
import { configSchema } from '../../../../src/shared/config'

function accounts(birdeye: unknown) {
  return accountsOf(configSchema.parse({ birdeye }))
}

describe('the accounts of the settings', () => {
  it('are none without a key', () => {
    expect(accounts({})).toEqual([])
  })

  it('are the single key, then those of the table, each with its keys', () => {
    expect(accounts({ api_key: 'a', accounts: [{ name: 'main', keys: ['b', 'c'] }] })).toEqual([
      { keys: ['a'], plan: null, limits: null },
      { name: 'main', keys: ['b', 'c'], plan: null, limits: null },
    ])
  })

  it('have the limits of their plan', () => {
    expect(accounts({ accounts: [{ keys: ['a'], plan: 'premium' }] })).toMatchObject([
      {
        plan: 'premium',
        limits: [
          { requests: 50, windowSeconds: 1 },
          { requests: 1000, windowSeconds: 60 },
        ],
      },
    ])
  })

  it('have limits of their own in place of the plan\'s', () => {
    const limits = [{ requests: 5, window_seconds: 2 }]
    expect(accounts({ accounts: [{ keys: ['a'], plan: 'lite', limits }] })).toMatchObject([
      { limits: [{ requests: 5, windowSeconds: 2 }] },
    ])
  })
})
