import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupBySize } from '../../../../src/renderer/store/size-groups'
import { changeOf, fitTuning, goodputAt } from '../../../../src/renderer/store/tuning-model'
import { chance, goodputOf, samplesAt, type Machine } from './synthetic-tuning'

const ADAPTIVE = { capacityPerSecond: null, mayFall: false }

/** Sizes from a third of the knee to twice and a half of it. */
const sizesAround = (knee: number) => [...new Set([0.35, 0.5, 0.7, 0.9, 1.15, 1.5, 2.5].map((share) => Math.max(1, Math.round(knee * share))))]
const kneeOf = ({ secondsPerPair, limitPerSecond }: Machine) => secondsPerPair * limitPerSecond

function fitted(machine: Machine, sizes: readonly number[], seed: number, noise: { share: number; outliers?: number }, count = 8) {
  const samples = samplesAt(machine, sizes, count, { random: chance(seed), ...noise })
  return fitTuning(groupBySize(samples, { dropsOutliers: true }), ADAPTIVE)
}

const machines = fc.record({
  secondsPerPair: fc.double({ min: 0.3, max: 5, noNaN: true }),
  limitPerSecond: fc.double({ min: 8, max: 60, noNaN: true }),
})
const seeds = fc.integer({ min: 0, max: 2 ** 31 })

describe('the knee', () => {
  test('is found within its interval, whatever the machine', () => {
    fc.assert(
      fc.property(machines, seeds, (machine, seed) => {
        const { knee } = fitted(machine, sizesAround(kneeOf(machine)), seed, { share: 0.01 })
        expect(knee.kind).toBe('found')
        if (knee.kind !== 'found') return
        expect(knee.low).toBeLessThanOrEqual(kneeOf(machine) + 0.5)
        expect(knee.high).toBeGreaterThanOrEqual(kneeOf(machine) - 0.5)
        expect(knee.high - knee.low).toBeLessThanOrEqual(2 + 0.3 * kneeOf(machine))
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  test('lies within its 90 % interval about nine times of ten when samples are noisy and some are worthless', () => {
    const machine = { secondsPerPair: 1.3, limitPerSecond: 22 }
    const runs = Array.from({ length: 200 }, (_, seed) => fitted(machine, sizesAround(kneeOf(machine)), seed, { share: 0.06, outliers: 0.08 }, 10).knee)
    const hits = runs.filter((knee) => knee.kind === 'found' && knee.low <= kneeOf(machine) && kneeOf(machine) <= knee.high)
    expect(hits.length / runs.length).toBeGreaterThanOrEqual(0.85)
  })

  test('is not claimed of one size', () => {
    expect(fitted({ secondsPerPair: 1, limitPerSecond: 20 }, [20], 1, { share: 0.02 }).knee).toEqual({ kind: 'one-size', size: 20 })
  })

  test('is not claimed of sizes that are too alike', () => {
    expect(fitted({ secondsPerPair: 1, limitPerSecond: 20 }, [19, 20], 3, { share: 0.1 }).knee).toEqual({ kind: 'too-alike', from: 19, to: 20 })
  })

  test('is not claimed while every size tried brings more than the one before', () => {
    expect(fitted({ secondsPerPair: 1, limitPerSecond: 100 }, [5, 10, 20, 30], 1, { share: 0.02 }).knee).toEqual({ kind: 'rising', upTo: 30 })
  })

  test('lies at or below the smallest size where no rise was seen', () => {
    expect(fitted({ secondsPerPair: 1, limitPerSecond: 10 }, [20, 30, 45], 1, { share: 0.02 }).knee).toEqual({ kind: 'flat', from: 20 })
  })

  test('is unknown without samples', () => {
    const model = fitTuning([], ADAPTIVE)
    expect(model.knee).toEqual({ kind: 'unknown' })
    expect(goodputAt(model, 20)).toBeNull()
    expect(changeOf(model, 20, 30)).toBeNull()
  })
})

describe('the expected goodput', () => {
  test('has the truth in its interval at every size that was tried', () => {
    fc.assert(
      fc.property(machines, seeds, (machine, seed) => {
        const sizes = sizesAround(kneeOf(machine))
        const model = fitted(machine, sizes, seed, { share: 0.005 })
        for (const size of sizes) {
          const estimate = goodputAt(model, size)
          // Half a percent more: the knees that are tried stand three percent apart.
          expect(estimate?.low).toBeLessThanOrEqual(goodputOf(machine, size) * 1.005)
          expect(estimate?.high).toBeGreaterThanOrEqual(goodputOf(machine, size) * 0.995)
        }
      }),
      { seed: 11, numRuns: 200 },
    )
  })

  test('leaves open everything between no gain and a gain in proportion where only one size was tried', () => {
    const change = changeOf(fitted({ secondsPerPair: 1, limitPerSecond: 100 }, [20], 1, { share: 0.02 }), 20, 40)
    expect(change?.low).toBeCloseTo(0, 5)
    expect(change?.high).toBeCloseTo(1, 5)
  })

  test('ends at the quota, where that is known', () => {
    const samples = samplesAt({ secondsPerPair: 1, limitPerSecond: 100 }, [10, 15, 20], 8, { random: chance(1), share: 0.02 })
    const model = fitTuning(groupBySize(samples, { dropsOutliers: true }), { capacityPerSecond: 30, mayFall: false })
    expect(goodputAt(model, 80)?.high).toBeLessThanOrEqual(32.5)
    expect(goodputAt(model, 80)?.middle).toBeCloseTo(30, -0.5)
    expect(changeOf(model, 20, 30)?.middle).toBeCloseTo(0.5, 1)
  })

  test('of one size rises to the quota, where that is known', () => {
    const samples = samplesAt({ secondsPerPair: 1, limitPerSecond: 100 }, [4], 3, { random: chance(1), share: 0.02 })
    const change = changeOf(fitTuning(groupBySize(samples, { dropsOutliers: true }), { capacityPerSecond: 10, mayFall: false }), 4, 20)
    expect(change).toMatchObject({ low: 0, middle: expect.closeTo(1.5, 0), high: expect.closeTo(1.6, 0) })
  })

  test('falls beyond the first refusals under classic pacing, and never below nought', () => {
    const machine = { secondsPerPair: 1, limitPerSecond: 30, refusedFrom: 40, fallPerPair: 0.8 }
    const samples = samplesAt(machine, [10, 20, 30, 40, 50, 60], 8, { random: chance(5), share: 0.02 })
    const model = fitTuning(groupBySize(samples, { dropsOutliers: false }), { capacityPerSecond: null, mayFall: true })
    expect(model.refusals).toEqual({ kind: 'between', above: 40, by: 50, about: 45 })
    expect(goodputAt(model, 55)?.middle).toBeCloseTo(goodputOf(machine, 55), 0)
    expect(changeOf(model, 40, 60)?.high).toBeLessThan(0)
    expect(goodputAt(model, 500)).toMatchObject({ low: 0, middle: 0 })
  })

  test('is the same for the same samples', () => {
    const machine = { secondsPerPair: 2, limitPerSecond: 15 }
    expect(fitted(machine, [5, 20, 40], 9, { share: 0.05 })).toEqual(fitted(machine, [5, 20, 40], 9, { share: 0.05 }))
  })

  test('heeds what is new more than what is old: a quota that was raised half an hour ago counts', () => {
    const old = samplesAt({ secondsPerPair: 1, limitPerSecond: 10 }, [5, 10, 20, 30], 10, { random: chance(1), share: 0.01 })
    const raised = samplesAt({ secondsPerPair: 1, limitPerSecond: 25 }, [5, 10, 20, 30], 10, { random: chance(2), share: 0.01 })
    const later = raised.map((sample) => ({ ...sample, atMs: sample.atMs + 3_600_000 }))
    const model = fitTuning(groupBySize([...old, ...later], { dropsOutliers: true }), ADAPTIVE)
    expect(goodputAt(model, 30)?.middle).toBeGreaterThan(22)
  })
})
