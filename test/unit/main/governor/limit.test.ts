import { expect, it } from 'vitest'
import { sustainedPerSecond } from '../../../../src/main/governor/limit'

it('in the long run the tightest limit counts', () => {
  expect(sustainedPerSecond([{ requests: 50, windowMs: 1000 }, { requests: 1000, windowMs: 60_000 }])).toBeCloseTo(1000 / 60, 9)
  expect(sustainedPerSecond([{ requests: 15, windowMs: 1000 }])).toBe(15)
})

it('without a limit nothing is known of the rate', () => {
  expect(sustainedPerSecond([])).toBeNull()
})
