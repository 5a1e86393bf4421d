import { describe, expect, it } from 'vitest'
import { fullJitterMs } from '../../../../src/main/engine/backoff'

describe('the wait after a transient error', () => {
  it('is drawn from nought up to a bound that doubles with each failure', () => {
    const bound = (failures: number) => fullJitterMs(failures, () => 1)
    expect([1, 2, 3, 4].map(bound)).toEqual([1000, 2000, 4000, 8000])
    expect(fullJitterMs(3, () => 0)).toBe(0)
    expect(fullJitterMs(3, () => 0.5)).toBe(2000)
  })

  it('never exceeds a minute', () => {
    expect(fullJitterMs(50, () => 1)).toBe(60_000)
  })
})
