import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LAWS,
  metersFor,
  standings,
  take,
  takeFromAll,
  type Limit,
  type Meter,
} from '../../../../src/main/simulator/quota'

const START_MS = 1_750_000_000_000

const arbitraryLimit: fc.Arbitrary<Limit> = fc
  .record({
    requests: fc.integer({ min: 1, max: 12 }),
    windowMs: fc.integer({ min: 10, max: 2000 }),
    law: fc.constantFrom(...LAWS),
  })
  .chain((limit) => fc.integer({ min: 1, max: limit.requests }).map((burst) => ({ ...limit, burst })))

/** Milliseconds between one request and the next. */
const arbitraryGaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 150 })

/** When each accepted request of these arrivals was accepted. */
function acceptedOf(limits: readonly Limit[], arrivalsMs: readonly number[]): number[] {
  let meters = metersFor(limits, START_MS)
  return arrivalsMs.filter((atMs) => {
    const decision = takeFromAll(meters, atMs)
    if (decision.kind === 'accepted') meters = decision.next
    return decision.kind === 'accepted'
  })
}

function arrivalsFrom(gapsMs: readonly number[]): number[] {
  let atMs = START_MS
  return gapsMs.map((gapMs) => (atMs += gapMs))
}

/** The limit's promise, checked by counting, without any of the law's own arithmetic. */
function expectKept(limit: Limit, acceptedMs: readonly number[]): void {
  acceptedMs.forEach((fromMs, first) => {
    const inWindow = acceptedMs.slice(first).filter((atMs) => atMs - fromMs < limit.windowMs)
    if (limit.law === 'sliding') expect(inWindow.length).toBeLessThanOrEqual(limit.requests)
    if (limit.law === 'fixed') {
      const windowOf = (atMs: number) => Math.floor(atMs / limit.windowMs)
      expect(acceptedMs.filter((atMs) => windowOf(atMs) === windowOf(fromMs)).length).toBeLessThanOrEqual(limit.requests)
    }
    if (limit.law === 'bucket' || limit.burst < limit.requests) {
      acceptedMs.slice(first).forEach((untilMs, more) => {
        const mostAllowed = limit.burst + ((untilMs - fromMs) * limit.requests) / limit.windowMs
        expect(more + 1).toBeLessThanOrEqual(mostAllowed + 0.01)
      })
    }
  })
}

describe('the laws of a quota', () => {
  it('never accept more in any window than the limit, whatever the arrivals', () => {
    fc.assert(
      fc.property(arbitraryLimit, arbitraryGaps, (limit, gapsMs) => {
        expectKept(limit, acceptedOf([limit], arrivalsFrom(gapsMs)))
      }),
    )
  })

  it('keep every one of several limits at once', () => {
    fc.assert(
      fc.property(fc.array(arbitraryLimit, { minLength: 2, maxLength: 3 }), arbitraryGaps, (limits, gapsMs) => {
        const acceptedMs = acceptedOf(limits, arrivalsFrom(gapsMs))
        for (const limit of limits) expectKept(limit, acceptedMs)
      }),
    )
  })

  it('consume nothing with a refusal: without the refused requests the same ones are accepted', () => {
    fc.assert(
      fc.property(fc.array(arbitraryLimit, { minLength: 1, maxLength: 3 }), arbitraryGaps, (limits, gapsMs) => {
        const acceptedMs = acceptedOf(limits, arrivalsFrom(gapsMs))
        expect(acceptedOf(limits, acceptedMs)).toEqual(acceptedMs)
      }),
    )
  })

  it('tell a refused caller the first moment at which there is room', () => {
    fc.assert(
      fc.property(fc.array(arbitraryLimit, { minLength: 1, maxLength: 3 }), arbitraryGaps, (limits, gapsMs) => {
        let meters = metersFor(limits, START_MS)
        for (const atMs of arrivalsFrom(gapsMs)) {
          const decision = takeFromAll(meters, atMs)
          if (decision.kind === 'accepted') {
            meters = decision.next
            continue
          }
          expect(decision.retryAfterMs).toBeGreaterThan(0)
          expect(takeFromAll(meters, atMs + decision.retryAfterMs).kind).toBe('accepted')
          // A caller is lent a thousandth of a millisecond for rounding.
          const early = Math.max(0, decision.retryAfterMs * 0.99 - 0.01)
          expect(takeFromAll(meters, atMs + early).kind).toBe('refused')
          return
        }
      }),
    )
  })

  it('report as remaining exactly as many as are accepted at that moment', () => {
    fc.assert(
      fc.property(arbitraryLimit, arbitraryGaps, (limit, gapsMs) => {
        const arrivalsMs = arrivalsFrom(gapsMs)
        const nowMs = arrivalsMs.at(-1) ?? START_MS
        let meters: Meter[] = metersFor([limit], START_MS)
        for (const atMs of arrivalsMs) {
          const decision = takeFromAll(meters, atMs)
          if (decision.kind === 'accepted') meters = decision.next
        }
        const [standing] = standings(meters, nowMs)
        let accepted = 0
        for (;;) {
          const decision = takeFromAll(meters, nowMs)
          if (decision.kind === 'refused') break
          meters = decision.next
          accepted++
        }
        expect(standing?.remaining).toBe(accepted)
      }),
    )
  })

  it('leave the meter that was asked as it was', () => {
    for (const law of LAWS) {
      const [meter] = metersFor([{ requests: 2, windowMs: 1000, law, burst: 2 }], START_MS)
      if (meter === undefined) throw new Error('no meter')
      const before = structuredClone(meter)
      take(meter, START_MS + 10)
      expect(meter).toEqual(before)
    }
  })
})

/** Two requests each millisecond, for this long. */
function greedyFor(durationMs: number): number[] {
  return Array.from({ length: durationMs }, (_, ms) => [START_MS + ms, START_MS + ms]).flat()
}

function acceptedAfterMs(limit: Limit, arrivalsMs: readonly number[]): number[] {
  return acceptedOf([limit], arrivalsMs).map((atMs) => atMs - START_MS)
}

describe('a token bucket', () => {
  it('gives its burst at once, then one per interval', () => {
    const limit: Limit = { requests: 10, windowMs: 1000, law: 'bucket', burst: 3 }
    expect(acceptedAfterMs(limit, greedyFor(1001))).toEqual([0, 0, 1, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
  })

  it('never refuses a caller that keeps the interval, however odd the interval', () => {
    const limit: Limit = { requests: 7, windowMs: 1000, law: 'bucket', burst: 1 }
    const arrivalsMs = Array.from({ length: 5000 }, (_, at) => START_MS + (at * 1000) / 7)
    expect(acceptedOf([limit], arrivalsMs)).toHaveLength(5000)
  })
})

describe('a fixed window', () => {
  const limit: Limit = { requests: 3, windowMs: 1000, law: 'fixed', burst: 3 }

  it('starts anew at each whole multiple of its length', () => {
    const lateMs = START_MS + 990
    expect(acceptedAfterMs(limit, [...Array<number>(4).fill(lateMs), ...Array<number>(4).fill(lateMs + 10)])).toEqual([
      990, 990, 990, 1000, 1000, 1000,
    ])
  })

  it('spaces requests evenly where its burst is 1', () => {
    expect(acceptedAfterMs({ ...limit, requests: 4, burst: 1 }, greedyFor(1001))).toEqual([0, 250, 500, 750, 1000])
  })
})

describe('a sliding window', () => {
  it('makes room for one as soon as the oldest is a window ago', () => {
    const limit: Limit = { requests: 2, windowMs: 1000, law: 'sliding', burst: 2 }
    const arrivalsMs = [0, 600, 601, 999, 1000, 1001, 1599, 1600].map((ms) => START_MS + ms)
    expect(acceptedAfterMs(limit, arrivalsMs)).toEqual([0, 600, 1000, 1600])
  })
})
