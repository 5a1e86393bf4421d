import { describe, expect, test } from 'vitest'
import { effectiveCount, momentsOf, robustDeviation, studentT90, weightedMedian } from '../../../../src/renderer/store/statistics'

const weighted = (values: readonly number[]) => values.map((value) => ({ value, weight: 1 }))

describe('statistics', () => {
  test('the median stands in the middle of the weight', () => {
    expect(weightedMedian([])).toBeNull()
    expect(weightedMedian(weighted([3, 1, 2]))).toBe(2)
    expect(weightedMedian(weighted([4, 1, 2, 3]))).toBe(2.5)
    expect(weightedMedian([{ value: 1, weight: 5 }, { value: 9, weight: 1 }])).toBe(1)
  })

  test('the deviation is that of the many, not of the one', () => {
    expect(robustDeviation(weighted([9, 10, 11, 10, 1000]), 10)).toBeCloseTo(1.48, 2)
  })

  test('equal weights count in full, unequal ones less', () => {
    expect(effectiveCount(weighted([1, 2, 3]))).toBeCloseTo(3)
    expect(effectiveCount([{ value: 1, weight: 1 }, { value: 2, weight: 0.001 }])).toBeCloseTo(1, 1)
  })

  test.each([[2, 2.92], [4, 2.132], [10, 1.812], [30, 1.697]])('Student’s 90 %% of %i degrees is %f', (degrees, quantile) => {
    expect(Math.abs(studentT90(degrees) / quantile - 1)).toBeLessThan(0.02)
  })

  test('mean and variance', () => {
    expect(momentsOf([1, 2, 3])).toEqual({ mean: 2, variance: 1 })
    expect(momentsOf([5])).toEqual({ mean: 5, variance: 0 })
  })
})
