import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HORIZON_MS, takeSlots, UNUSED_LANE, type Lane, type Plan, type Slot } from '../../../../src/main/governor/pace'

const evenly = (intervalMs: number): Plan => ({ stamp: 1, intervalMs, heldUntilMs: 0, train: null })

/** What several engines take that ask in any order, each so many slots after so long. */
function taken(plan: Plan, asks: readonly { readonly afterMs: number; readonly count: number }[]): Slot[] {
  let lane: Lane = UNUSED_LANE
  let nowMs = 1_000_000
  return asks.flatMap(({ afterMs, count }) => {
    nowMs += afterMs
    const answer = takeSlots(lane, plan, { nowMs, count, horizonMs: HORIZON_MS })
    lane = answer.lane
    return answer.slots
  })
}

const asksArbitrary = fc.array(
  fc.record({ afterMs: fc.double({ min: 0, max: 400, noNaN: true }), count: fc.integer({ min: 0, max: 50 }) }),
  { minLength: 1, maxLength: 200 },
)

describe('slots', () => {
  it('never are more in any window than the quota allows, whoever asks when', () => {
    const limits = fc.record({ requests: fc.integer({ min: 1, max: 100 }), windowMs: fc.constantFrom(100, 1000, 60_000) })
    fc.assert(
      fc.property(limits, asksArbitrary, ({ requests, windowMs }, asks) => {
        const times = taken(evenly(windowMs / requests), asks).map(({ atMs }) => atMs)
        // Of any `requests + 1` in a row the first and the last lie a whole window apart.
        for (const [i, atMs] of times.entries()) {
          const beyond = times[i + requests]
          if (beyond !== undefined) expect(beyond - atMs).toBeGreaterThan(windowMs - 1e-6)
        }
      }),
    )
  })

  it('of a train are the only ones beyond that', () => {
    const plans = fc.record({
      requests: fc.integer({ min: 1, max: 100 }),
      windowMs: fc.constantFrom(100, 1000, 60_000),
      train: fc.record({ requests: fc.integer({ min: 1, max: 20 }), intervalMs: fc.double({ min: 0.1, max: 20, noNaN: true }) }),
    })
    fc.assert(
      fc.property(plans, asksArbitrary, ({ requests, windowMs, train }, asks) => {
        const slots = taken({ ...evenly(windowMs / requests), train }, asks)
        expect(slots.filter(({ inTrain }) => inTrain).length).toBeLessThanOrEqual(train.requests)
        for (const [i, { atMs }] of slots.entries()) {
          const beyond = slots[i + requests + train.requests]
          if (beyond !== undefined) expect(beyond.atMs - atMs).toBeGreaterThan(windowMs - 1e-6)
        }
      }),
    )
  })

  it('keep their distance when the plan changes, also to those that the old plan laid out ahead', () => {
    const steps = fc.array(
      fc.record({ intervalMs: fc.double({ min: 10, max: 300, noNaN: true }), afterMs: fc.nat(300), count: fc.nat(30), heldMs: fc.nat(200) }),
      { minLength: 1, maxLength: 50 },
    )
    fc.assert(
      fc.property(steps, (plans) => {
        let [lane, nowMs, lastMs] = [UNUSED_LANE, 5000, 0]
        for (const [i, { intervalMs, afterMs, count, heldMs }] of plans.entries()) {
          nowMs += afterMs
          const plan = { stamp: i + 1, intervalMs, heldUntilMs: nowMs + heldMs, train: null }
          const answer = takeSlots(lane, plan, { nowMs, count, horizonMs: HORIZON_MS })
          lane = answer.lane
          for (const { atMs, stamp } of answer.slots) {
            expect(atMs - lastMs).toBeGreaterThan(intervalMs - 1e-6)
            expect(atMs).toBeGreaterThanOrEqual(plan.heldUntilMs)
            expect(stamp).toBe(plan.stamp)
            lastMs = atMs
          }
        }
      }),
    )
  })

  it('are the same whether they are asked for at once or one by one', () => {
    const plan: Plan = { stamp: 3, intervalMs: 7, heldUntilMs: 1_000_020, train: { requests: 4, intervalMs: 2 } }
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 20 }), (counts) => {
        const total = counts.reduce((sum, count) => sum + count, 0)
        const piecewise = taken(plan, counts.map((count) => ({ afterMs: 0, count })))
        expect(piecewise).toEqual(taken(plan, [{ afterMs: 0, count: total }]))
      }),
    )
  })

  it('are told of: asked again at the moment that was named, the next one is there', () => {
    fc.assert(
      fc.property(asksArbitrary, fc.double({ min: 1, max: 5000, noNaN: true }), (asks, intervalMs) => {
        let [lane, nowMs] = [UNUSED_LANE, 5000]
        for (const { afterMs, count } of asks) {
          nowMs += afterMs
          const { lane: left, nextMs } = takeSlots(lane, evenly(intervalMs), { nowMs, count, horizonMs: HORIZON_MS })
          const next = takeSlots(left, evenly(intervalMs), { nowMs: nextMs, count: 1, horizonMs: 0 })
          expect(next.slots.map(({ atMs }) => atMs)).toEqual([nextMs])
          lane = left
        }
      }),
    )
  })

  it('are never in the past, and never further ahead than the horizon', () => {
    fc.assert(
      fc.property(asksArbitrary, (asks) => {
        let [lane, nowMs] = [UNUSED_LANE, 5000]
        for (const { afterMs, count } of asks) {
          nowMs += afterMs
          const answer = takeSlots(lane, evenly(37), { nowMs, count, horizonMs: HORIZON_MS })
          lane = answer.lane
          for (const { atMs } of answer.slots) {
            expect(atMs).toBeGreaterThanOrEqual(nowMs)
            expect(atMs).toBeLessThanOrEqual(nowMs + HORIZON_MS)
          }
        }
      }),
    )
  })

  it('are never lost for ever: whatever was taken and left unused, there is another one interval later at the latest', () => {
    fc.assert(
      fc.property(asksArbitrary, fc.double({ min: 1, max: 5000, noNaN: true }), (asks, intervalMs) => {
        let [lane, nowMs] = [UNUSED_LANE, 5000]
        for (const { afterMs, count } of asks) {
          nowMs += afterMs
          lane = takeSlots(lane, evenly(intervalMs), { nowMs, count, horizonMs: HORIZON_MS }).lane
        }
        const laterMs = nowMs + HORIZON_MS + intervalMs
        expect(takeSlots(lane, evenly(intervalMs), { nowMs: laterMs, count: 1, horizonMs: 0 }).slots).toHaveLength(1)
      }),
    )
  })

  it.each([30, 3000])('go on when the clock is set back: every %d ms', (intervalMs) => {
    const before = takeSlots(UNUSED_LANE, evenly(intervalMs), { nowMs: 9_000_000, count: 1, horizonMs: HORIZON_MS })
    const after = takeSlots(before.lane, evenly(intervalMs), { nowMs: 1_000_000, count: 1, horizonMs: HORIZON_MS })
    expect(after.slots.map(({ atMs }) => atMs)).toEqual([1_000_000])
    expect(after.nextMs).toBe(1_000_000 + intervalMs)
  })

  it('wait until the hold is over', () => {
    const held = { ...evenly(10), heldUntilMs: 1_000_500 }
    expect(taken(held, [{ afterMs: 0, count: 5 }])).toEqual([])
    expect(taken(held, [{ afterMs: 450, count: 1 }]).map(({ atMs }) => atMs)).toEqual([1_000_500])
  })

  it('of a train come closer together, once for each plan', () => {
    const plan: Plan = { stamp: 2, intervalMs: 40, heldUntilMs: 0, train: { requests: 3, intervalMs: 10 } }
    const slots = taken(plan, [{ afterMs: 0, count: 2 }, { afterMs: 0, count: 3 }])
    expect(slots.map(({ atMs, inTrain }) => [atMs - 1_000_000, inTrain])).toEqual([
      [0, true],
      [10, true],
      [20, true],
      [60, false],
      [100, false],
    ])
  })
})
