import { describe, expect, it } from 'vitest'
import { Policies } from '../../../../src/main/governor/policies'

const SECOND = { requests: 50, windowMs: 1000 }
const MINUTE = { requests: 1000, windowMs: 60_000 }

describe('policies that answers tell', () => {
  it('are the tightest of all, where accepted answers tell of one limiter and refused ones of another', () => {
    const policies = new Policies()
    policies.hear([SECOND], true, 0)
    expect(policies.sustainedPerSecond).toBe(50)
    policies.hear([MINUTE], false, 20_000)
    policies.hear([SECOND], true, 20_100)
    expect(policies.sustainedPerSecond).toBeCloseTo(1000 / 60, 9)
    policies.hear([SECOND], true, 500_000)
    expect(policies.sustainedPerSecond).toBeCloseTo(1000 / 60, 9)
    policies.hear([SECOND], true, 800_000)
    expect(policies.sustainedPerSecond).toBe(50)
  })

  it('that have risen are believed soon, those that have fallen at once', () => {
    const policies = new Policies()
    policies.hear([{ requests: 15, windowMs: 1000 }], true, 0)
    policies.hear([{ requests: 15, windowMs: 1000 }], false, 100)
    policies.hear([SECOND], true, 2000)
    policies.hear([SECOND], true, 6000)
    expect(policies.sustainedPerSecond).toBe(50)
    policies.hear([{ requests: 5, windowMs: 1000 }], true, 7000)
    expect(policies.sustainedPerSecond).toBe(5)
  })

  it('are none where none was told', () => {
    expect(new Policies().sustainedPerSecond).toBeNull()
  })
})
