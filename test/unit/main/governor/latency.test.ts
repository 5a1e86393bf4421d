import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settlingMs, UNKNOWN_LATENCY, withSample, type Latency } from '../../../../src/main/governor/latency'

const after = (samplesMs: readonly number[]): Latency => samplesMs.reduce(withSample, UNKNOWN_LATENCY)

describe('the time to an answer', () => {
  it('is the first sample, with half of it as deviation', () => {
    expect(after([400])).toEqual({ smoothedMs: 400, deviationMs: 200, slowestMs: 400 })
  })

  it('follows later samples by an eighth, and their deviation by a quarter', () => {
    expect(after([400, 480])).toMatchObject({ smoothedMs: 410, deviationMs: 170 })
  })

  it('forgets its slowest slowly', () => {
    expect(after([100, 5000]).slowestMs).toBe(5000)
    expect(after([100, 5000, ...Array.from({ length: 20 }, () => 100)]).slowestMs).toBeGreaterThan(3500)
    expect(after([100, 5000, ...Array.from({ length: 1000 }, () => 100)]).slowestMs).toBeLessThan(110)
  })
})

describe('what was sent so long ago', () => {
  it('has been answered: no steady latency is slower', () => {
    const steady = Array.from({ length: 50 }, () => 300)
    expect(settlingMs(after(steady))).toBeCloseTo(300, 0)
  })

  it('lies no earlier than the newest sample, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 60_000, noNaN: true }), { minLength: 1 }), (samplesMs) => {
        expect(settlingMs(after(samplesMs))).toBeGreaterThanOrEqual((samplesMs.at(-1) ?? 0) - 1e-6)
      }),
    )
  })
})
