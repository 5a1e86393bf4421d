import { describe, expect, it } from 'vitest'
import { decisiveGap, Observations } from '../../../../src/main/governor/observations'
import { metersFor, takeFromAll, type Limit } from '../../../../src/main/simulator/quota'

/** What a client sees that sends so fast for so long. */
function seen(limit: Limit, perSecond: number, seconds: number): Observations {
  const observations = new Observations()
  let meters = metersFor([limit], 0)
  for (let sentMs = 0; sentMs < seconds * 1000; sentMs += 1000 / perSecond) {
    const decision = takeFromAll(meters, sentMs)
    if (decision.kind === 'accepted') meters = decision.next
    observations.add({ sentMs, answeredMs: sentMs + 300, accepted: decision.kind === 'accepted' })
  }
  return observations
}

const limit = (parts: Partial<Limit> = {}): Limit => ({ requests: 15, windowMs: 1000, law: 'bucket', burst: 15, ...parts })

describe('what is delivered between two moments at which nothing was left', () => {
  it.each([limit(), limit({ law: 'fixed' }), limit({ requests: 17 })])('is the quota, to within a request: $law', (of) => {
    const delivery = seen(of, 19.3, 20).delivery(5000, 20_000)
    const perSecond = ((delivery?.accepted ?? 0) * 1000) / (delivery?.spanMs ?? 1)
    expect(Math.abs(perSecond - of.requests)).toBeLessThan(of.requests * 0.02)
  })

  it('is unknown while nothing is refused', () => {
    expect(seen(limit(), 10, 20).delivery(0, 20_000)).toBeNull()
  })
})

describe('an API that minds the gap', () => {
  it('is told from one that counts, and its gap is bounded', () => {
    const gap = decisiveGap(seen(limit({ burst: 1, law: 'fixed' }), 47, 5).between(0, 5000))
    expect(gap?.lowMs).toBeLessThanOrEqual(1000 / 15)
    expect(gap?.highMs).toBeGreaterThanOrEqual(1000 / 15)
    expect(decisiveGap(seen(limit({ law: 'fixed' }), 47, 5).between(0, 5000))).toBeNull()
  })
})

describe('solid refusals', () => {
  it('are many over a while without an acceptance between them', () => {
    const observations = seen(limit({ requests: 100, windowMs: 60_000, law: 'fixed', burst: 100 }), 50, 4)
    expect(observations.solidRefusalsFromMs(6, 500)).toBe(2000)
    expect(seen(limit(), 50, 4).solidRefusalsFromMs(6, 500)).toBeNull()
  })
})
