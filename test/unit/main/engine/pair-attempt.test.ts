import { describe, expect, it } from 'vitest'
import { PairAttempt } from '../../../../src/main/engine/pair-attempt'
import type { Outcome } from '../../../../src/main/engine/ports'

const timedOut: Outcome = { kind: 'timed-out', message: 'too long' }

describe('the try of a pair', () => {
  it('tells who listens that it is given up, with what came of it', () => {
    const attempt = new PairAttempt()
    const { signal } = attempt
    expect([signal.aborted, attempt.givenUpAs]).toEqual([false, null])
    attempt.giveUp(timedOut)
    expect([signal.aborted, signal.reason, attempt.givenUpAs]).toEqual([true, timedOut, timedOut])
    expect(attempt.signal).toBe(signal)
  })

  it('tells who asks only afterwards', () => {
    const attempt = new PairAttempt()
    attempt.giveUp(timedOut)
    expect([attempt.signal.aborted, attempt.signal.reason]).toEqual([true, timedOut])
  })
})
