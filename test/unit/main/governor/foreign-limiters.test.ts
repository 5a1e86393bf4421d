import { describe, expect, it } from 'vitest'
import { atWorkOn } from '../../../support/foreign-limiter'

/** A window that begins with the first request after the last one has gone by, as middleware for Node has it; refused ones are counted, too. */
function counter(requests: number, windowMs: number) {
  let [endMs, count] = [0, 0]
  return (nowMs: number): number => {
    if (nowMs >= endMs) [endMs, count] = [nowMs + windowMs, 0]
    count += 1
    return requests - count
  }
}

/** A window that slides in steps of a sixth of it, as ASP.NET has it. */
function stepping(requests: number, windowMs: number) {
  const steps = new Map<number, number>()
  return (nowMs: number): boolean => {
    const step = Math.floor((nowMs * 6) / windowMs)
    for (const old of steps.keys()) if (old <= step - 6) steps.delete(old)
    const used = [...steps.values()].reduce((sum, count) => sum + count, 0)
    if (used >= requests) return false
    steps.set(step, (steps.get(step) ?? 0) + 1)
    return true
  }
}

/** A second's window that refuses all for a while once it has refused one. */
function blocking(blockMs: number) {
  const second = counter(15, 1000)
  let blockedUntilMs = 0
  return (nowMs: number) => {
    const accepted = nowMs >= blockedUntilMs && second(nowMs) >= 0
    if (!accepted && nowMs >= blockedUntilMs) blockedUntilMs = nowMs + blockMs
    return { accepted }
  }
}

describe("somebody else's limiter", () => {
  it('that has a second and a minute one after the other, and counts for the minute what the second refuses', () => {
    const [minute, second] = [counter(1000, 60_000), counter(50, 1000)]
    const { figure } = atWorkOn((nowMs) => ({ accepted: minute(nowMs) >= 0 && second(nowMs) >= 0 }))
    const { used, refusedShare } = figure(120, 420, 1000 / 60)
    expect(used).toBeGreaterThan(0.97)
    expect(refusedShare).toBeLessThan(0.01)
  })

  it('that has a minute and a second, each with its policy in its own answers: the tighter is kept', () => {
    const [minute, second] = [counter(1000, 60_000), counter(50, 1000)]
    const { learner, figure } = atWorkOn((nowMs) => {
      if (minute(nowMs) < 0) return { accepted: false, headers: { 'ratelimit-policy': '1000;w=60', 'retry-after': '40' } }
      const accepted = second(nowMs) >= 0
      return { accepted, headers: { 'ratelimit-policy': '50;w=1', ...(accepted ? {} : { 'retry-after': '1' }) } }
    })
    const { used, refusedShare } = figure(90, 390, 1000 / 60)
    expect(used).toBeGreaterThan(0.97)
    expect(refusedShare).toBeLessThan(0.005)
    expect(learner.knowledge).toMatchObject({ quotaPerSecond: 1000 / 60, source: 'headers' })
  })

  it('that slides in steps gives back piece by piece, and is not taken for a tighter one', () => {
    for (const seed of [1, 2, 3]) {
      const [second, minute] = [stepping(50, 1000), stepping(1000, 60_000)]
      const { learner, figure } = atWorkOn((nowMs) => ({ accepted: second(nowMs) && minute(nowMs) }), seed)
      const { used, refusedShare } = figure(120, 420, 1000 / 60)
      expect(learner.knowledge.longLimit).toEqual({ requests: 1000, windowMs: 60_000 })
      expect(used).toBeGreaterThan(0.97)
      expect(refusedShare).toBeLessThan(0.01)
    }
  })

  it('that counts what it refuses, or blocks for it, is not taken for a long window that ran out', () => {
    const counting = () => {
      const seenMs: number[] = []
      return (nowMs: number) => {
        while ((seenMs[0] ?? Infinity) <= nowMs - 1000) seenMs.shift()
        return { accepted: seenMs.push(nowMs) <= 15 }
      }
    }
    for (const limiter of [counting(), blocking(10_000)]) {
      const { used, refusedShare } = atWorkOn(limiter).figure(200, 500, 15)
      expect(used).toBeGreaterThan(0.97)
      expect(refusedShare).toBeLessThan(0.005)
    }
  })

  it('that is silent for a second whenever it refuses delivers less the faster it is asked: that is no quota', () => {
    for (const seed of [1, 2, 3]) {
      const { used, refusedShare } = atWorkOn(blocking(1000), seed).figure(45, 345, 15)
      expect(used).toBeGreaterThan(0.97)
      expect(refusedShare).toBeLessThan(0.01)
    }
  })
})
