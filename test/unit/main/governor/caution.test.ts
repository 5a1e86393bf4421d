import { describe, expect, it } from 'vitest'
import { Caution } from '../../../../src/main/governor/caution'

function accept(caution: Caution, count: number): void {
  for (let i = 0; i < count; i += 1) caution.accepted()
}

/** Calm after the quota was settled on, with credit for one probe. */
function rested(): Caution {
  const caution = new Caution()
  caution.reset(0, 15)
  accept(caution, 500)
  return caution
}

describe('credit for probes', () => {
  it('is earned by what is accepted, at less than one refusal in a hundred', () => {
    const caution = new Caution()
    caution.reset(0, 15)
    let accepted = 0
    while (!caution.mayProbe(9000, 15)) {
      caution.accepted()
      accepted += 1
    }
    expect(1 / accepted).toBeLessThan(0.01)
  })

  it('is spent by a refusal, and by all that a told wait silences', () => {
    const caution = rested()
    expect(caution.mayProbe(9000, 15)).toBe(true)
    caution.refused(0, 15)
    caution.refused(0, 15)
    caution.refused(0, 15)
    expect(caution.mayProbe(9000, 15)).toBe(false)
    const silenced = rested()
    silenced.refused(100, 15)
    accept(silenced, 10_000)
    expect(silenced.mayProbe(9000, 15)).toBe(false)
  })

  it('cannot be saved up for a burst of probes', () => {
    const caution = rested()
    accept(caution, 100_000)
    for (let i = 0; i < 3; i += 1) caution.refused(0, 15)
    expect(caution.mayProbe(9000, 15)).toBe(false)
  })

  it('is overdrawn by a probe that cost a little more than it should have, but not by more', () => {
    const caution = rested()
    for (let i = 0; i < 5; i += 1) caution.refused(0, 15)
    expect(caution.mayProbe(9000, 15)).toBe(false)
    expect(caution.mayProbe(9600, 15)).toBe(true)
    caution.refused(0, 15)
    expect(caution.mayProbe(9600, 15)).toBe(false)
    const slow = rested()
    for (let i = 0; i < 4; i += 1) slow.refused(0, 1)
    expect(slow.mayProbe(9600, 1)).toBe(false)
  })

  it('is back within two minutes, however many refusals a probe has cost', () => {
    const caution = rested()
    for (let i = 0; i < 100; i += 1) caution.refused(0, 15)
    accept(caution, 15 * 120)
    expect(caution.mayProbe(120_000, 15)).toBe(true)
  })

  it('does not bring two probes close together', () => {
    const caution = rested()
    accept(caution, 10_000)
    caution.probed(100_000)
    expect(caution.mayProbe(105_000, 15)).toBe(false)
    expect(caution.mayProbe(110_000, 15)).toBe(true)
  })
})

describe('the margin', () => {
  it('grows by one step for each episode of refusals, up to a bound that it reports', () => {
    const caution = rested()
    const before = caution.margin
    caution.episode() // the first after a calm time is bad luck
    expect(caution.margin).toBe(before)
    caution.episode()
    const step = caution.margin - before
    expect(step).toBeGreaterThan(0)
    caution.episode()
    expect(caution.margin - before).toBeCloseTo(2 * step, 9)
    let episodes = 0
    while (!caution.episode()) episodes += 1
    expect(episodes).toBeLessThan(10)
    expect(caution.margin).toBeLessThanOrEqual(0.061)
  })

  it('comes back slowly while nothing is refused, and never below where it began', () => {
    const caution = rested()
    const before = caution.margin
    caution.episode()
    caution.episode()
    const widened = caution.margin
    accept(caution, 499)
    expect(caution.margin).toBe(widened)
    accept(caution, 1)
    expect(caution.margin).toBeLessThan(widened)
    accept(caution, 100_000)
    expect(caution.margin).toBe(before)
  })
})

describe('how far a probe reaches', () => {
  it('is nearly one request beyond what is accepted at the edge', () => {
    const caution = rested()
    let excess = 0
    // An API that takes two requests beyond the even spacing.
    for (let i = 0; i < 20; i += 1) {
      excess = caution.beginProbe(50)
      caution.foundEdge({ excess, passed: 0, total: excess, refused: Math.max(0, excess - 2) })
    }
    expect(excess).toBeGreaterThan(2)
    expect(excess).toBeLessThan(3.5)
  })

  it('follows what a bucket has saved up, where that explains what is accepted', () => {
    const caution = rested()
    expect(caution.beginProbe(6)).toBeLessThan(2)
    // One train of four more, and one of five and a half of which all but a half was refused: six and a half in all.
    caution.foundEdge({ excess: 5.5, passed: 4, total: 11.5, refused: 5 })
    expect(caution.beginProbe(30)).toBeCloseTo(30.7, 5)
  })

  it('does not take a little that a window left unused for the savings of a bucket', () => {
    const caution = rested()
    caution.beginProbe(1.6)
    caution.foundEdge({ excess: 3.4, passed: 1.3, total: 4.7, refused: 3 })
    expect(caution.beginProbe(30)).toBeLessThan(3)
  })
})
