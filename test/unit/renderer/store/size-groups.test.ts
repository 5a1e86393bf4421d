import { describe, expect, test } from 'vitest'
import { groupBySize } from '../../../../src/renderer/store/size-groups'

const sample = (goodputPerSecond: number, parts: object = {}) => ({ atMs: 0, size: 20, seconds: 5, goodputPerSecond, refusedShare: 0, ...parts })

describe('the groups of samples', () => {
  test('come by rising size, without sizes that brought nothing', () => {
    const groups = groupBySize([sample(9, { size: 30 }), sample(5, { size: 10 }), sample(0, { size: 40 })], { dropsOutliers: true })
    expect(groups.map(({ size }) => size)).toEqual([10, 30])
  })

  test('do not heed a sample that is far off, where such are dropped', () => {
    const samples = [...[9.8, 10, 10.2, 10, 9.9, 10.1].map((goodput) => sample(goodput)), sample(0.5)]
    expect(groupBySize(samples, { dropsOutliers: true })[0]?.goodputPerSecond).toBeCloseTo(10, 5)
    expect(groupBySize(samples, { dropsOutliers: false })[0]?.goodputPerSecond).toBeCloseTo(8.64, 1)
  })

  test('count a batch by how long it lasted, so that long pauses weigh', () => {
    const samples = [sample(20, { seconds: 1 }), sample(2, { seconds: 9 })]
    expect(groupBySize(samples, { dropsOutliers: false })[0]?.goodputPerSecond).toBeCloseTo(3.8, 5)
  })

  test('are the surer the more samples there are, but never surer than one in a hundred', () => {
    const few = groupBySize([9, 10, 11].map((goodput) => sample(goodput)), { dropsOutliers: true })
    const many = groupBySize(Array.from({ length: 60 }, (_, i) => sample(9 + (i % 3))), { dropsOutliers: true })
    const endless = groupBySize(Array.from({ length: 400 }, () => sample(10)), { dropsOutliers: true })
    expect(many[0]?.standardError).toBeLessThan((few[0]?.standardError ?? 0) / 3)
    expect(endless[0]?.standardError).toBeCloseTo(0.1, 5)
  })

  test('take one episode of refusals for what it is', () => {
    const samples = [0.4, 0, 0, 0, 0, 0].map((refusedShare) => sample(10, { refusedShare }))
    expect(groupBySize(samples, { dropsOutliers: true })[0]?.refusedShare).toBe(0)
  })
})
