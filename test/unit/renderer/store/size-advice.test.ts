import { describe, expect, test } from 'vitest'
import { adviceOf, worthwhileSize } from '../../../../src/renderer/store/size-advice'
import { groupBySize } from '../../../../src/renderer/store/size-groups'
import { fitTuning } from '../../../../src/renderer/store/tuning-model'
import { chance, samplesAt } from './synthetic-tuning'

const machine = { secondsPerPair: 1, limitPerSecond: 30 }

function modelOf(sizes: readonly number[]) {
  const samples = samplesAt(machine, sizes, 10, { random: chance(4), share: 0.02 })
  return fitTuning(groupBySize(samples, { dropsOutliers: true }), { capacityPerSecond: null, mayFall: false })
}

const model = modelOf([10, 15, 20, 25, 35, 50])

describe('the advice', () => {
  test('tells the gain below the knee, and how much sooner the queue is done', () => {
    const advice = adviceOf(model, 20, 25, 1000)
    expect(advice).toMatchObject({ kind: 'expected', verdict: 'better', isUntried: false })
    if (advice.kind !== 'expected') return
    expect(advice.change.middle).toBeCloseTo(0.25, 1)
    expect(advice.secondsSooner).toBeCloseTo(10, -0.5)
  })

  test('tells the loss of going down', () => {
    expect(adviceOf(model, 25, 10, 1000)).toMatchObject({ verdict: 'worse' })
  })

  test('tells that beyond the knee nothing changes', () => {
    expect(adviceOf(model, 40, 50, 1000)).toMatchObject({ verdict: 'same' })
  })

  test('tells that it cannot tell, and that the size was never tried', () => {
    expect(adviceOf(modelOf([20]), 20, 10, 1000)).toMatchObject({ verdict: 'worse', isUntried: true })
    expect(adviceOf(modelOf([20]), 10, 40, 1000)).toMatchObject({ isUntried: true })
    const wide = adviceOf(modelOf([20]), 20, 80, 1000)
    expect(wide).toMatchObject({ isUntried: true, verdict: 'open', secondsSooner: null, change: { low: 0, high: expect.closeTo(3) } })
  })

  test('is unknown before anything is measured', () => {
    expect(adviceOf(fitTuning([], { capacityPerSecond: null, mayFall: false }), 20, 30, 100)).toEqual({ kind: 'unknown', to: 30 })
  })
})

describe('the size worth going to', () => {
  test('is the knee where it is known, else what the law says', () => {
    const knee = worthwhileSize(model, 50)
    expect(knee).toBeGreaterThanOrEqual(28)
    expect(knee).toBeLessThanOrEqual(32)
    expect(worthwhileSize(modelOf([20]), 50)).toBe(50)
    expect(worthwhileSize(modelOf([20]), null)).toBeNull()
  })

  test('is none where all sizes tried bring the same', () => {
    const flat = modelOf([40, 60, 90])
    expect(flat.knee).toEqual({ kind: 'flat', from: 40 })
    expect(worthwhileSize(flat, 50)).toBeNull()
    expect(worthwhileSize(flat, 30)).toBe(30)
  })

  test('is none below the largest size tried while more still brings more', () => {
    const rising = modelOf([5, 10, 20])
    expect(rising.knee).toEqual({ kind: 'rising', upTo: 20 })
    expect(worthwhileSize(rising, 10)).toBeNull()
    expect(worthwhileSize(rising, 30)).toBe(30)
  })

  test('is not what the law says while the quota is searched for far beyond', () => {
    expect(worthwhileSize(modelOf([20]), 305)).toBeNull()
  })
})
