import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Sweep } from '../../../../src/main/engine/sweep'
import { seeded } from '../../../../bench/quota/chance'

interface Model {
  /** Pairs a second at this size. */
  goodput(size: number): number
  refusedShare(size: number): number
  noise: number
}

/** Runs a sweep against a model until it ends; answers it and how long it took. */
function swept(model: Model, options = { from: 5, to: 200, before: 20 }, seed = 1): { sweep: Sweep; seconds: number } {
  const random = seeded(seed)
  const sweep = new Sweep(options)
  const totals = { done: 0, accepted: 0, refused: 0 }
  let nowMs = 0
  while (sweep.report.state === 'running' && nowMs < 3_600_000) {
    nowMs += 250
    const done = model.goodput(sweep.size) * 0.25 * (1 + model.noise * (random() - 0.5))
    totals.done += done
    totals.accepted += done
    totals.refused += (done * model.refusedShare(sweep.size)) / (1 - model.refusedShare(sweep.size))
    sweep.tick(nowMs, { ...totals })
  }
  return { sweep, seconds: nowMs / 1000 }
}

/** As many as are in flight by 2 s a pair, until the quota of 20 a second is reached at 40. */
const limited: Model = { goodput: (size) => Math.min(size / 2, 20), refusedShare: () => 0, noise: 0.3 }

describe('the search for the best batch size', () => {
  it('ends at the knee, with its findings and the reason', () => {
    const { sweep, seconds } = swept(limited)
    expect(sweep.report.state).toBe('finished')
    expect(sweep.size).toBeGreaterThanOrEqual(31)
    expect(sweep.size).toBeLessThanOrEqual(49)
    expect(sweep.report.why).toMatch(/is best: more than \d+ brings less than 3 %/)
    expect(sweep.report.findings.every(({ low, goodputPerSecond, high }) => low <= goodputPerSecond && goodputPerSecond <= high)).toBe(true)
    expect(seconds).toBeLessThan(600)
  })

  it('stops at the first refusals, and settles on a size without them', () => {
    const { sweep } = swept({ ...limited, goodput: (size) => size / 2, refusedShare: (size) => (size > 25 ? 0.05 : 0) })
    expect(sweep.report.why).toMatch(/refusals begin at/)
    expect(sweep.size).toBeLessThanOrEqual(25)
  })

  it('stops at the largest size that is allowed', () => {
    const { sweep } = swept({ ...limited, goodput: (size) => size / 2 }, { from: 5, to: 12, before: 20 })
    expect(sweep.size).toBe(12)
    expect(sweep.report.why).toContain('12 is the largest allowed')
  })

  it('is no more than two steps beyond the knee, and less than 15 % of the goodput below it, whatever the noise', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 8, max: 150 }), (seed, knee) => {
        const { sweep } = swept({ ...limited, goodput: (size) => Math.min(size, knee) }, { from: 5, to: 400, before: 20 }, seed)
        const { size } = sweep
        expect(Math.min(size, knee)).toBeGreaterThan(knee * 0.85)
        expect(size).toBeLessThan(knee * 1.25 ** 2 + 2)
      }),
      { numRuns: 500 },
    )
  })

  it('is not led beyond the knee by the luck of a few steps', () => {
    for (const seed of [4305, 2033, 2289]) {
      for (const knee of [40, 100]) {
        const { sweep } = swept({ ...limited, goodput: (size) => Math.min(size, knee) }, { from: 5, to: 400, before: 20 }, seed)
        expect(sweep.size).toBeLessThan(knee * 1.25 ** 2 + 2)
      }
    }
  })

  it('is cancelled at any moment, and goes back to the size before', () => {
    const sweep = new Sweep({ from: 5, to: 200, before: 33 })
    for (let nowMs = 0; nowMs < 12_000; nowMs += 250) sweep.tick(nowMs, { done: nowMs / 100, accepted: nowMs / 100, refused: 0 })
    sweep.cancel()
    expect(sweep.report).toMatchObject({ state: 'cancelled', size: 33 })
    expect(sweep.tick(20_000, { done: 500, accepted: 500, refused: 0 })).toBe(false)
  })
})
