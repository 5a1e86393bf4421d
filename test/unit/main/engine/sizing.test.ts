import { describe, expect, it } from 'vitest'
import { Sizing } from '../../../../src/main/engine/sizing'

const pace = (permittedPerSecond: number | null, heldForMs = 0) => ({
  permittedPerSecond,
  heldForMs,
  unexplainedRefusalMs: 0,
  why: '',
})

function measured(pair: { tookMs: number; requests: number; waitedMs?: number }, maxBatchSize = 500): Sizing {
  const sizing = new Sizing(maxBatchSize)
  const { tookMs, requests, waitedMs = 0 } = pair
  for (let i = 0; i < 100; i++) sizing.observe({ tookMs, effort: { requests, refused: 0, waitedMs } })
  return sizing
}

describe('the batch size that auto chooses', () => {
  it('is what Little’s law asks and half as many again, and says so in numbers', () => {
    const advice = measured({ tookMs: 800, requests: 2 }).advise(pace(20))
    expect(advice?.size).toBe(14) // 20 ÷ 2 × 0.8 = 8, × 1.5 + 2
    expect(advice?.why).toContain('20.0 requests/s ÷ 2.00 per pair × 0.80 s = 8.0 in flight')
  })

  it('does not count the wait for permits, which would ask for more waiting', () => {
    expect(measured({ tookMs: 5000, waitedMs: 4200, requests: 2 }).advise(pace(20))?.size).toBe(14)
  })

  it('is bounded, and says by which setting', () => {
    expect(measured({ tookMs: 60_000, requests: 1 }, 100).advise(pace(50))).toEqual({
      size: 100,
      why: expect.stringContaining('[engine] max_batch_size'),
    })
  })

  it('does not flap over small changes, and follows large ones', () => {
    const sizing = measured({ tookMs: 1000, requests: 1 })
    expect(sizing.advise(pace(40))?.size).toBe(62)
    expect(sizing.advise(pace(42))?.size).toBe(62)
    expect(sizing.advise(pace(20))?.size).toBe(32)
  })

  it('stays while nothing is let through, and is unknown before anything was measured', () => {
    const sizing = measured({ tookMs: 1000, requests: 1 })
    expect(sizing.advise(pace(40))?.size).toBe(62)
    expect(sizing.advise(pace(0.1, 40_000))?.size).toBe(62)
    expect(new Sizing(500).advise(pace(40))).toBeNull()
    expect(measured({ tookMs: 1000, requests: 1 }).advise(pace(null))).toBeNull()
  })
})
