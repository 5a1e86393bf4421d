import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ServerClock } from '../../../../src/main/governor/server-clock'

const OFFSET_MS = 1_700_000_000_000

it('before anything was heard the two clocks are taken as one', () => {
  expect(new ServerClock().toServerMs(1234)).toBe(1234)
})

it('the quickest round trip of late tells the time', () => {
  const clock = new ServerClock()
  clock.heard(100, OFFSET_MS + 101, 102)
  clock.heard(200, OFFSET_MS + 380, 400) // slow, and nearly all of it on the way there
  expect(clock.toServerMs(500)).toBe(OFFSET_MS + 500)
  expect(clock.toMonotonicMs(OFFSET_MS + 500)).toBe(500)
})

it('is never off by more than half of the quickest round trip', () => {
  const trips = fc.record({ thereMs: fc.integer({ min: 0, max: 500 }), backMs: fc.integer({ min: 0, max: 500 }) })
  fc.assert(
    fc.property(fc.array(trips, { minLength: 1, maxLength: 30 }), (exchanges) => {
      const clock = new ServerClock()
      for (const [i, { thereMs, backMs }] of exchanges.entries()) {
        const sentMs = i * 2000
        clock.heard(sentMs, OFFSET_MS + sentMs + thereMs, sentMs + thereMs + backMs)
      }
      const quickestMs = Math.min(...exchanges.map(({ thereMs, backMs }) => thereMs + backMs))
      expect(Math.abs(clock.toServerMs(0) - OFFSET_MS)).toBeLessThanOrEqual(quickestMs / 2 + 1e-3)
    }),
  )
})

it('forgets: a server whose clock was set is followed after thirty answers', () => {
  const clock = new ServerClock()
  clock.heard(0, OFFSET_MS, 0)
  for (let i = 1; i <= 30; i += 1) clock.heard(i * 100, OFFSET_MS + 5000 + i * 100 + 1, i * 100 + 2)
  expect(clock.toServerMs(0)).toBe(OFFSET_MS + 5000)
})
