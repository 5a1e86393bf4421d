import { describe, expect, it } from 'vitest'
import { nextTimeOfDay } from '../../../../src/renderer/store/next-time-of-day'

const NOON = new Date(2026, 0, 2, 12, 0, 30).getTime()

describe('the next time of day', () => {
  it.each([
    ['12:01', new Date(2026, 0, 2, 12, 1)],
    ['18:30', new Date(2026, 0, 2, 18, 30)],
    ['12:00', new Date(2026, 0, 3, 12, 0)],
    ['00:00', new Date(2026, 0, 3, 0, 0)],
  ])('%s is today, or tomorrow once it has passed', (time, expected) => {
    expect(nextTimeOfDay(time, NOON)).toBe(expected.getTime())
  })

  it.each([[''], ['soon'], ['7:5']])('"%s" is none', (time) => {
    expect(nextTimeOfDay(time, NOON)).toBeNull()
  })
})
