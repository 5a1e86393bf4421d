import { describe, expect, it } from 'vitest'
import { dispositionOf } from '../../../../src/main/engine/disposition'
import type { Outcome } from '../../../../src/main/engine/ports'
import type { PairResult } from '../../../../src/shared/result'

const rules = { maxAttempts: 3 }
const of = (outcome: Outcome, attempts = 0) => dispositionOf({ attempts }, outcome, rules, () => 0.5)

describe('what happens to a pair after its outcome', () => {
  it('is done when it succeeded', () => {
    const result = { wallet_address: 'W' } as PairResult // the other columns do not matter here
    expect(of({ kind: 'succeeded', result })).toEqual({ to: 'done', result })
  })

  it('goes to the front, counted as refused, when it was rate limited', () => {
    expect(of({ kind: 'rate-limited', message: 'Too many requests' })).toEqual({ to: 'front', because: 'refused' })
  })

  it('is delayed after a transient error, and failed when its attempts are used up', () => {
    expect(of({ kind: 'transient', message: 'reset' }, 0)).toEqual({ to: 'delayed', delayMs: 500, message: 'reset' })
    expect(of({ kind: 'transient', message: 'reset' }, 1)).toMatchObject({ to: 'delayed', delayMs: 1000 })
    expect(of({ kind: 'transient', message: 'reset' }, 2)).toEqual({
      to: 'failed',
      reason: 'attempts-exhausted',
      message: 'reset (3 attempts)',
    })
  })

  it('is failed for good after a time-out or a permanent failure', () => {
    expect(of({ kind: 'timed-out', message: 'm' })).toEqual({ to: 'failed', reason: 'timeout', message: 'm' })
    expect(of({ kind: 'permanent', message: 'm' })).toEqual({ to: 'failed', reason: 'permanent', message: 'm' })
  })

  it.each([
    { kind: 'allowance-spent', message: 'm', blocked: true },
    { kind: 'configuration', message: 'm', blocked: false },
    { kind: 'released', message: 'm' },
  ] as const)('goes back untouched when it is not to blame: $kind', (outcome) => {
    expect(of(outcome, 2)).toEqual({ to: 'front', because: 'untouched' })
  })
})
