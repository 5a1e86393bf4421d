import { describe, expect, test } from 'vitest'
import { discoveryShareOf, isWithinBounds, planOf } from '../../../../src/renderer/store/discovery'
import type { DiscoveryCounts } from '../../../../src/shared/discovery'

const counts = (requests: number, requestsExpected: number): DiscoveryCounts => ({
  requests,
  requestsExpected,
  tokens: 0,
  tokensRead: 0,
  tokensSkipped: 0,
  traders: 0,
  enqueued: 0,
  known: 0,
  repeated: 0,
  tradersSkipped: 0,
})

describe('the share that is done', () => {
  test.each([
    [0, 0, 0],
    [25, 100, 0.25],
    // Requests that were sent again must not say that all is done.
    [120, 100, 0.99],
  ])('after %d of %d requests is %d', (requests, expected, share) => {
    expect(discoveryShareOf(counts(requests, expected))).toBe(share)
  })
})

describe('the fields of the dialog', () => {
  test('make a plan when both hold a count within its bounds', () => {
    expect(planOf({ chain: 'base', tokens: 20, traders: 1000 })).toEqual({ chain: 'base', tokens: 20, traders: 1000 })
  })

  test.each(['', '20', 0, 1001, 2.5])('make none with %o', (value) => {
    expect(isWithinBounds('tokens', value)).toBe(false)
    expect(planOf({ chain: 'solana', tokens: value, traders: 50 })).toBeNull()
    expect(planOf({ chain: 'solana', tokens: 20, traders: value })).toBeNull()
  })
})
