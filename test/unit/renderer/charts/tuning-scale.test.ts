import { describe, expect, test } from 'vitest'
import { tightScale } from '../../../../src/renderer/charts/scales'
import { curveRows, goodputScale, sizeScale } from '../../../../src/renderer/charts/tuning-scale'
import { groupBySize } from '../../../../src/renderer/store/size-groups'
import type { Tuning } from '../../../../src/renderer/store/tuning'
import { fitTuning } from '../../../../src/renderer/store/tuning-model'
import { chance, samplesAt } from '../store/synthetic-tuning'

function tuning(sizes: readonly number[], capacityPerSecond: number | null): Tuning {
  const samples = samplesAt({ secondsPerPair: 1, limitPerSecond: 20 }, sizes, 8, { random: chance(1), share: 0.01 })
  const model = fitTuning(groupBySize(samples, { dropsOutliers: true }), { capacityPerSecond, mayFall: false })
  return { pacing: 'adaptive', samples, model, capacityPerSecond, comparison: { kind: 'too-few' } }
}

describe('the tuning chart', () => {
  test('has the scale that leaves the least room unused', () => {
    expect(tightScale(52, [4, 5, 6], true).top).toBe(60)
    expect(tightScale(21, [3, 4, 5], false).top).toBe(25)
  })

  test('holds all sizes that are talked of', () => {
    expect(sizeScale(tuning([5, 10], null), [70, null]).top).toBeGreaterThanOrEqual(70)
  })

  test('shows the quota unless that would press the curve to the ground', () => {
    expect(goodputScale(tuning([5, 10], 25), []).top).toBeGreaterThanOrEqual(25)
    expect(goodputScale(tuning([5, 10], 900), []).top).toBeLessThan(20)
  })

  test('draws the curve through where something was tried, and dashed beyond', () => {
    const rows = curveRows(tuning([10, 15, 30, 40], null), 60)
    expect(rows.filter(({ tried }) => tried !== null).map(({ size }) => size)).toSatisfy((sizes: number[]) => Math.min(...sizes) === 10 && Math.max(...sizes) === 40)
    expect(rows.filter(({ untried }) => untried !== null).every(({ size }) => size <= 10 || size >= 40)).toBe(true)
    expect(rows.every(({ band: [low, high], tried, untried }) => low <= (tried ?? untried ?? 0) && (tried ?? untried ?? 0) <= high)).toBe(true)
    expect(rows.at(-1)?.size).toBe(60)
  })

  test('has no curve without samples', () => {
    expect(curveRows(tuning([], null), 60)).toEqual([])
  })
})
