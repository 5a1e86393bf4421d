import { describe, expect, it } from 'vitest'
import { etaOf, quantileOf, ratesOf } from '../../../../src/main/operator/gauges'
import type { SeriesPoint } from '../../../../src/shared/frames'

const T = 1_700_000_000_000

function seconds(done: readonly number[], more: Partial<SeriesPoint> = {}): SeriesPoint[] {
  const quiet = { rateLimited: 0, failed: 0, transient: 0, ready: 0, delayed: 0, inFlight: 0, batchSize: 20 }
  const requests = { requestsSent: 0, requestsAccepted: 0, requestsRefused: 0 }
  return done.map((n, i) => ({ atMs: T + i * 1000, done: n, ...quiet, ...requests, ...more }))
}

describe('rates', () => {
  it('are means over the last 30 whole seconds of the run', () => {
    const points = seconds([...Array<number>(30).fill(100), ...Array<number>(30).fill(10)])
    expect(ratesOf(points, T).goodputPerSecond).toBe(10)
  })

  it('do not count the time before the run began', () => {
    const points = seconds([0, 0, 0, 0, 0, 0, 0, 0, 12, 8])
    expect(ratesOf(points, T + 8200).goodputPerSecond).toBe(10)
  })

  it('say nothing before there is anything to say', () => {
    expect(ratesOf(seconds([5]), null)).toEqual({ goodputPerSecond: null, acceptedPerSecond: null, refusedShare: null })
    expect(ratesOf([], T).goodputPerSecond).toBeNull()
  })

  it('take the refused share of what was answered', () => {
    const points = seconds([1, 1], { requestsSent: 25, requestsAccepted: 15, requestsRefused: 5 })
    expect(ratesOf(points, T)).toMatchObject({ acceptedPerSecond: 15, refusedShare: 0.25 })
  })
})

describe('the time left', () => {
  it('is one figure when the pace is even', () => {
    expect(etaOf(seconds(Array<number>(60).fill(10)), T, 500)).toEqual({ low: 50, high: 50 })
  })

  it('is a range that widens with an uneven pace, and holds the mean', () => {
    const uneven = Array.from({ length: 60 }, (_, i) => (Math.floor(i / 10) % 2 === 0 ? 5 : 15))
    const eta = etaOf(seconds(uneven), T, 500)
    expect(eta?.low).toBeLessThan(45)
    expect(eta?.high).toBeGreaterThan(60)
    expect(eta?.high).toBeLessThanOrEqual(200)
  })

  it('is not guessed from half a minute or less, nor while nothing gets finished', () => {
    expect(etaOf(seconds(Array<number>(29).fill(10)), T, 500)).toBeNull()
    expect(etaOf(seconds(Array<number>(60).fill(0)), T, 500)).toBeNull()
    expect(etaOf(seconds(Array<number>(60).fill(10)), null, 500)).toBeNull()
  })
})

describe('quantiles', () => {
  it('are nearest ranks', () => {
    const numbers = [50, 10, 40, 20, 30]
    expect(quantileOf(numbers, 0.5)).toBe(30)
    expect(quantileOf(numbers, 0.95)).toBe(50)
    expect(quantileOf([7], 0.5)).toBe(7)
    expect(quantileOf([], 0.5)).toBeNull()
  })
})
