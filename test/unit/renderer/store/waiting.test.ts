import { describe, expect, test } from 'vitest'
import { WAITING_BATCHES, waitingOf } from '../../../../src/renderer/store/waiting'
import { batch } from '../fixtures'

describe('the time spent waiting', () => {
  test('is not known before the first batch', () => {
    expect(waitingOf([])).toBeNull()
  })

  test('is a share of work and wait together', () => {
    expect(waitingOf([batch(1, { tookMs: 1000, waitMs: 3000 })])).toEqual({ share: 0.75, batches: 1 })
  })

  test('forgets old batches', () => {
    const old = batch(1, { tookMs: 1, waitMs: 1_000_000 })
    const recent = Array.from({ length: WAITING_BATCHES }, (_, i) => batch(i + 2, { tookMs: 1000, waitMs: 1000 }))
    expect(waitingOf([old, ...recent])).toEqual({ share: 0.5, batches: WAITING_BATCHES })
  })
})
