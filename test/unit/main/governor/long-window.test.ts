import { describe, expect, it } from 'vitest'
import { limitBehind, longerWait, nextPollMs } from '../../../../src/main/governor/long-window'

/** 50 a second from one moment until another. */
const spent = (startMs: number, endMs: number, refused = 0) => ({
  acceptedBetween: (fromMs: number, toMs: number) => Math.max(0, (Math.min(toMs, endMs) - Math.max(fromMs, startMs)) / 20),
  refusedBetween: (fromMs: number, toMs: number) => (fromMs <= startMs && toMs >= endMs ? refused : 0),
})

describe('the limit behind a hold', () => {
  it('of a fixed minute, that begins with the minute', () => {
    const hold = { fromMs: 80_000, lastRefusedMs: 115_000, turnedMs: 120_100 }
    expect(limitBehind(hold, [37_000], spent(60_000, 80_000))).toEqual({ requests: 1000, windowMs: 60_000 })
  })

  it('of a minute that began with the first request, or slides', () => {
    const hold = { fromMs: 57_000, lastRefusedMs: 95_000, turnedMs: 97_100 }
    expect(limitBehind(hold, [37_000], spent(37_000, 57_000))).toEqual({ requests: 1000, windowMs: 60_000 })
  })

  it('counts what was refused, where that makes it rounder: some limiters do', () => {
    const hold = { fromMs: 53_000, lastRefusedMs: 95_000, turnedMs: 97_100 }
    expect(limitBehind(hold, [37_000], spent(37_000, 53_000, 200))).toEqual({ requests: 1000, windowMs: 60_000 })
    expect(limitBehind({ ...hold, fromMs: 57_000 }, [37_000], spent(37_000, 57_000, 200))).toEqual({ requests: 1000, windowMs: 60_000 })
  })

  it('of a minute that slides in steps of ten seconds, which turns a while before a minute is over', () => {
    const hold = { fromMs: 57_000, lastRefusedMs: 85_500, turnedMs: 90_650 }
    expect(limitBehind(hold, [37_000], spent(37_000, 57_000))).toEqual({ requests: 1000, windowMs: 60_000 })
  })

  it('is none that gave more before without running out', () => {
    const hold = { fromMs: 57_000, lastRefusedMs: 58_900, turnedMs: 60_100 }
    expect(limitBehind(hold, [7000], spent(7000, 57_000))?.windowMs).not.toBe(5000)
  })

  it('is unknown where nothing was accepted before', () => {
    expect(limitBehind({ fromMs: 1000, lastRefusedMs: 5000, turnedMs: 6000 }, [], spent(0, 0))).toBeNull()
  })
})

describe('polls while everything is refused', () => {
  it('come just after a window may have turned, where one may about then', () => {
    expect(nextPollMs(91_000, 8000, [])).toBe(100_150)
    expect(nextPollMs(91_000, 8000, [37_500])).toBe(97_650)
    expect(nextPollMs(91_000, 1000, [])).toBe(92_000)
  })

  it('wait ever longer, up to ten seconds', () => {
    expect([1000, 2000, 4000, 8000, 10_000].map(longerWait)).toEqual([2000, 4000, 8000, 10_000, 10_000])
  })
})
