import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { timeTicks, valueScale } from '../../../../src/renderer/charts/scales'

describe('a value scale', () => {
  test.each([
    [14, 3, [0, 5, 10, 15]],
    [0.8, 3, [0, 0.5, 1, 1.5]],
    [1368, 2, [0, 1000, 2000]],
    [430_000, 2, [0, 250_000, 500_000]],
  ])('to %d in %i steps has the ticks %o', (max, intervals, ticks) => {
    expect(valueScale(max, intervals, { whole: false }).ticks).toEqual(ticks)
  })

  test('of counts has whole steps, also where nothing was counted', () => {
    expect(valueScale(0, 2, { whole: true }).ticks).toEqual([0, 1, 2])
    expect(valueScale(5, 2, { whole: true }).ticks).toEqual([0, 5, 10])
  })

  test('always holds its greatest value', () => {
    const values = fc.double({ min: 0, max: 1e7, noNaN: true })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 5 }), fc.boolean(), (max, intervals, whole) => {
        const { top, ticks } = valueScale(max, intervals, { whole })
        expect(top).toBeGreaterThanOrEqual(max)
        expect(ticks).toHaveLength(intervals + 1)
        if (whole) for (const tick of ticks) expect(Number.isInteger(tick)).toBe(true)
      }),
    )
  })
})

describe('time ticks', () => {
  const at = (time: string) => new Date(`2026-05-04T${time}`).getTime()

  test('stand on round local times inside of the window', () => {
    const { ticks, stepMs } = timeTicks(at('14:01:58'), at('14:06:58'), 7)
    expect(stepMs).toBe(60_000)
    expect(ticks).toEqual(['14:02:00', '14:03:00', '14:04:00', '14:05:00', '14:06:00'].map(at))
  })

  test('are no more than asked for', () => {
    for (const minutes of [1, 5, 15, 60]) {
      const { ticks } = timeTicks(at('14:00:00'), at('14:00:00') + minutes * 60_000, 6)
      expect(ticks.length).toBeLessThanOrEqual(7)
      expect(ticks.length).toBeGreaterThanOrEqual(3)
    }
  })
})
