import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMON_WINDOWS_MS, roundestCount, roundestRate } from '../../../../src/main/governor/round-numbers'

describe('the round rate next to a measurement', () => {
  it.each([
    ['a whole number below ten', 6.8, 7.3, 7.1, 7],
    ['a multiple of five below fifty', 14.4, 15.7, 14.9, 15],
    ['a multiple of ten below two hundred', 97, 104, 99, 100],
    ['a multiple of fifty below a thousand', 470, 520, 488, 500],
    ['none, where the bounds leave room for odd ones only', 16.2, 16.4, 16.3, null],
    ['a number a minute, where none a second is round', 1 / 3 - 0.01, 1 / 3 + 0.01, 1 / 3, 20 / 60],
    ['the rate of a common minute', 16.5, 16.8, 16.6, 1000 / 60],
  ])('is %s', (_, low, high, near, expected) => {
    const rate = roundestRate(low, high, near)
    if (expected === null) expect(rate).toBeNull()
    else expect(rate).toBeCloseTo(expected, 9)
  })

  it('lies within the bounds, whatever they are', () => {
    const measured = fc.record({ rate: fc.double({ min: 0.05, max: 5000, noNaN: true }), error: fc.double({ min: 0, max: 0.3, noNaN: true }) })
    fc.assert(
      fc.property(measured, ({ rate, error }) => {
        const [low, high] = [rate * (1 - error), rate * (1 + error)]
        const found = roundestRate(low, high, rate)
        if (found === null) return
        expect(found).toBeGreaterThanOrEqual(low - 1e-9)
        expect(found).toBeLessThanOrEqual(high + 1e-9)
      }),
    )
  })
})

describe('the roundest count', () => {
  it.each([
    [985, 1015, 1000],
    [1480, 1520, 1500],
    [14.2, 15.9, 15],
    [97.5, 99.4, 98],
    [243, 268, 250],
    [3.2, 3.8, null],
  ])('between %d and %d is %d', (low, high, expected) => {
    expect(roundestCount(low, high)).toBe(expected)
  })
})

it('the common windows are whole seconds, the shortest first', () => {
  expect(COMMON_WINDOWS_MS.toSorted((one, other) => one - other)).toEqual(COMMON_WINDOWS_MS)
  expect(COMMON_WINDOWS_MS).toEqual(expect.arrayContaining([1000, 60_000, 3_600_000, 86_400_000]))
})
