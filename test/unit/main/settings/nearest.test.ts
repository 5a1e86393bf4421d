import { describe, expect, it } from 'vitest'
import { nearest } from '../../../../src/main/settings/nearest'

describe('the nearest word', () => {
  it.each([
    ['pnl_paralel_batch_size', 'pnl_parallel_batch_size'],
    ['max_atempts', 'max_attempts'],
    ['ulr', null],
    ['urls', 'url'],
    ['x', null],
    ['port', null],
  ])('to %s is %s', (word, expected) => {
    expect(nearest(word, ['url', 'max_attempts', 'pnl_parallel_batch_size'])).toBe(expected)
  })

  it('is the closest of several', () => {
    expect(nearest('request_timeout_second', ['pair_timeout_seconds', 'request_timeout_seconds'])).toBe('request_timeout_seconds')
  })
})
