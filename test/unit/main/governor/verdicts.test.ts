import { describe, expect, it } from 'vitest'
import { atLeast, gapStep, toldRateNear } from '../../../../src/main/governor/verdicts'

describe('a number of requests that was told without its window', () => {
  it('is that of a second where so many are delivered', () => {
    expect(toldRateNear(15, 14)).toBe(15)
    expect(toldRateNear(15, 100)).toBeNull()
    expect(toldRateNear(null, 14)).toBeNull()
  })

  it('is not taken for that of two seconds: what is asked too fast may get half', () => {
    expect(toldRateNear(15, 7.5)).toBeNull()
  })
})

describe('what was accepted between two refusals', () => {
  it('raises a quota that cannot explain it', () => {
    expect(atLeast(14.6, 450, 30_000)).toBe(15)
    expect(atLeast(49.6, 1220, 24_200)).toBeCloseTo(50.4, 1)
  })

  it('leaves a quota as it is that explains it to within one request', () => {
    expect(atLeast(15, 451, 30_000)).toBe(15)
    expect(atLeast(15, 400, 30_000)).toBe(15)
  })
})

describe('the next gap to try', () => {
  it('is that of the roundest number between the bounds', () => {
    expect(gapStep(19.7, 39.4)).toEqual({ kind: 'try', target: 30 * 0.995 })
    expect(gapStep(39, 78)).toEqual({ kind: 'try', target: 60 * 0.995 })
  })

  it('is just shorter than that of a round number which was accepted: that most likely is it', () => {
    expect(gapStep(30 * 0.995, 39)).toEqual({ kind: 'try', target: 30 * 1.007 })
  })

  it('ends at the round number between close bounds', () => {
    expect(gapStep(49.75, 50.3)).toMatchObject({ kind: 'found', quota: 50 })
  })
})
