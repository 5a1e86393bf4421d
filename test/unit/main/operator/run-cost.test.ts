import { describe, expect, it } from 'vitest'
import { RunCost } from '../../../../src/main/operator/run-cost'

describe('what a run will cost', () => {
  it('is not told before thirty pairs are done', () => {
    const cost = new RunCost()
    for (let done = 0; done <= 29; done += 1) cost.note(done, done * 12)
    expect(cost.toCome(100)).toBeNull()
    cost.note(30, 360)
    expect(cost.toCome(100)).toEqual({ low: 1200, high: 1200 })
  })

  it('is a range as wide as the pairs are different', () => {
    const cost = new RunCost()
    let spent = 0
    for (let done = 0; done <= 200; done += 10) cost.note(done, (spent += done % 20 === 0 ? 100 : 200))
    const { low = 0, high = 0 } = cost.toCome(1000) ?? {}
    expect(low).toBeGreaterThan(12_000)
    expect(low).toBeLessThan(15_000)
    expect(high).toBeGreaterThan(15_000)
    expect(high).toBeLessThan(18_000)
  })

  it('goes on over a new run, which counts its pairs anew', () => {
    const cost = new RunCost()
    for (const done of [0, 10, 20, 30]) cost.note(done, done * 12)
    cost.note(0, 360)
    cost.note(10, 480)
    expect(cost.toCome(10)).toEqual({ low: 120, high: 120 })
  })

  it('follows prices that have changed once the old ones are far enough back', () => {
    const cost = new RunCost()
    let spent = 0
    for (let done = 0; done <= 300; done += 10) cost.note(done, (spent += 120))
    for (let done = 310; done <= 620; done += 10) cost.note(done, (spent += 240))
    expect(cost.toCome(10)).toEqual({ low: 240, high: 240 })
  })
})
