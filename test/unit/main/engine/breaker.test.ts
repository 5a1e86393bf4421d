import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Breaker } from '../../../../src/main/engine/breaker'
import type { Outcome } from '../../../../src/main/engine/ports'
import type { PairResult } from '../../../../src/shared/result'

const RULES = { windowMs: 30_000, failureShare: 0.5, minimumCount: 10, refusalsMs: 90_000 }
const well: Outcome = { kind: 'succeeded', result: {} as PairResult } // its columns do not matter here
const broken: Outcome = { kind: 'transient', message: 'HTTP 503' }
const refused: Outcome = { kind: 'rate-limited', message: 'Too many requests' }

/** A breaker that has seen these outcomes, 100 ms apart from 0 on. */
function after(...outcomes: Outcome[]): Breaker {
  const breaker = new Breaker(RULES)
  for (const [i, outcome] of outcomes.entries()) breaker.record(outcome, i * 100)
  return breaker
}

const times = (n: number, outcome: Outcome) => Array.from({ length: n }, () => outcome)

describe('opening', () => {
  it('takes the share of failures and their least number, and says both', () => {
    expect(after(...times(4, well), ...times(4, broken)).allowance(800)).toBe(Infinity)
    const breaker = after(...times(5, well), ...times(5, broken))
    expect(breaker.allowance(1000)).toBe(0)
    expect(breaker.report(900)).toEqual({
      kind: 'open',
      reason: '5 of 10 pairs failed within 30 s: HTTP 503',
      retryInMs: 5000,
    })
  })

  it('forgets what is older than the window', () => {
    const breaker = after(...times(5, broken))
    for (let i = 0; i < 5; i++) breaker.record(well, 31_000 + i)
    breaker.record(broken, 31_100)
    expect(breaker.report(31_100).kind).toBe('closed')
  })

  it('needs no share after ten failures in a row', () => {
    expect(after(...times(100, well), ...times(9, broken)).report(20_000).kind).toBe('closed')
    expect(after(...times(100, well), ...times(10, broken)).report(10_900)).toMatchObject({
      reason: '10 pairs in a row failed: HTTP 503',
    })
  })

  it('never comes from refusals alone', () => {
    expect(after(...times(500, refused)).allowance(50_000)).toBe(Infinity)
  })

  it('comes when everything is refused for longer than the known windows explain', () => {
    const breaker = new Breaker(RULES)
    breaker.hearRefusals(90_000, 0)
    expect(breaker.report(0).kind).toBe('closed')
    breaker.hearRefusals(90_001, 0)
    expect(breaker.report(0)).toMatchObject({ kind: 'open', reason: expect.stringMatching(/refused for 90 s/) })
  })
})

describe('an open breaker', () => {
  it('spares the attempt of what fails meanwhile, and only of that', () => {
    const breaker = after(...times(10, broken))
    expect(breaker.sparesAttempt(broken)).toBe(true)
    expect(breaker.sparesAttempt(well)).toBe(false)
    expect(breaker.allowance(6000)).toBe(1)
    expect(breaker.sparesAttempt(broken)).toBe(false)
  })

  it('tries one pair after a while, and stays open longer each time that it fails', () => {
    const breaker = after(...times(10, broken))
    expect(breaker.allowance(5899)).toBe(0)
    expect(breaker.allowance(5900)).toBe(1)
    breaker.record(broken, 6000)
    expect(breaker.allowance(15_999)).toBe(0)
    expect(breaker.retryInMs(6000)).toBe(10_000)
    expect(breaker.allowance(16_000)).toBe(1)
  })

  it('is closed at once by the operator', () => {
    const breaker = after(...times(10, broken))
    breaker.reset()
    expect(breaker.allowance(1000)).toBe(Infinity)
  })
})

describe('closing', () => {
  it('goes step by step, twice as many with each success', () => {
    const breaker = after(...times(10, broken))
    const allowed = Array.from({ length: 7 }, (_, i) => {
      const now = breaker.allowance(6000 + i)
      breaker.record(well, 6000 + i)
      return now
    })
    expect(allowed).toEqual([1, 2, 4, 8, 16, 32, Infinity])
  })

  it('always comes to its end once everything succeeds, whatever was before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(well, broken, refused), { maxLength: 200 }), (history) => {
        const breaker = after(...history)
        let nowMs = history.length * 100
        for (let i = 0; i < 20; i++) {
          nowMs += Math.max(1, breaker.retryInMs(nowMs))
          if (breaker.allowance(nowMs) > 0) breaker.record(well, nowMs)
        }
        expect(breaker.allowance(nowMs)).toBe(Infinity)
      }),
    )
  })
})
