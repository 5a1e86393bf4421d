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

  it('is the same between two moments at which there was something again', () => {
    const sliding = seen(limit({ requests: 5, law: 'sliding' }), 7.3, 3)
    const { accepted = 0, spanMs = 1 } = sliding.delivery(300, 3000, 'accepted') ?? {}
    expect(accepted / spanMs).toBeCloseTo(5 / 1000, 3)
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

describe('the record of what was sent', () => {
  it('is in the order of sending, in whatever order the answers come', () => {
    const observations = new Observations()
    for (const sentMs of [300, 100, 200]) observations.add({ sentMs, answeredMs: 1000 - sentMs, accepted: sentMs !== 200 })
    expect(observations.between(0, 1000).map(({ sentMs }) => sentMs)).toEqual([100, 200, 300])
    expect(observations.lastRefusedMs).toBe(200)
    expect(observations.acceptedAfter(100, 300)).toBe(1)
    expect(observations.acceptedAfter(99, 300)).toBe(2)
  })

  it('counts what was accepted for as long as the longest window needs, though single requests are forgotten', () => {
    const observations = seen(limit({ requests: 10, burst: 10 }), 10, 300)
    expect(observations.between(0, 200_000)).toEqual([])
    expect(observations.acceptedBetween(0, 200_000)).toBe(2000)
    expect(observations.acceptedAfter(-1, 300_000)).toBe(3000)
  })

  it('knows no refusal where none was of late', () => {
    expect(seen(limit(), 10, 5).lastRefusedMs).toBeNull()
  })
})
