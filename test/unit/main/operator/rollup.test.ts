import { describe, expect, it } from 'vitest'
import { Rollup } from '../../../../src/main/operator/rollup'
import { HISTORY_SECONDS } from '../../../../src/shared/frames'

const T = 1_700_000_000_000

describe('the rollup', () => {
  it('adds up by the second, quiet seconds included', () => {
    const rollup = new Rollup(() => 20)
    rollup.countOutcome(T + 100, 'succeeded')
    rollup.countOutcome(T + 900, 'succeeded')
    rollup.countOutcome(T + 950, 'rate-limited')
    rollup.countRequest(T + 2100, 'refused')
    rollup.countRequest(T + 2200, 'accepted')
    rollup.countRequest(T + 2200, 'failed')
    const points = rollup.since(0)
    expect(points.map(({ atMs }) => atMs - T)).toEqual([0, 1000, 2000])
    expect(points[0]).toMatchObject({ done: 2, rateLimited: 1, batchSize: 20 })
    expect(points[1]).toMatchObject({ done: 0, requestsSent: 0 })
    expect(points[2]).toMatchObject({ requestsSent: 3, requestsAccepted: 1, requestsRefused: 1 })
  })

  it('counts permanent failures and time-outs as failed, and what was given back untouched as nothing', () => {
    const rollup = new Rollup(() => 1)
    for (const kind of ['permanent', 'timed-out', 'transient', 'released', 'configuration', 'allowance-spent'] as const)
      rollup.countOutcome(T, kind)
    expect(rollup.since(0)).toEqual([expect.objectContaining({ done: 0, rateLimited: 0, failed: 2, transient: 1 })])
  })

  it('times the pairs of each second by themselves; a second without any has no times', () => {
    const rollup = new Rollup(() => 1)
    for (let ms = 1; ms <= 100; ms += 1) rollup.timePair(T, ms)
    rollup.advance(T + 2000)
    const [timed, quiet] = rollup.closed
    expect(timed).toMatchObject({ pairMsP50: 50, pairMsP95: 95 })
    expect(quiet).toMatchObject({ pairMsP50: null, pairMsP95: null })
  })

  it('lets the oldest waiting pair age while nothing moves, and forgets it when none waits', () => {
    const rollup = new Rollup(() => 1)
    rollup.advance(T)
    rollup.setDepths({ ready: 1, delayed: 0, inFlight: 0, oldestReadyMs: 4000 })
    rollup.advance(T + 3000)
    expect(rollup.closed.map(({ oldestReadyMs }) => oldestReadyMs)).toEqual([4000, 5000, 6000])
    rollup.setDepths({ ready: 0, delayed: 0, inFlight: 0, oldestReadyMs: null })
    expect(rollup.since(T + 3000)).toMatchObject([{ oldestReadyMs: null }])
  })

  it('keeps what was asked for and allowed as it was then', () => {
    let permittedPerSecond = 15
    const rollup = new Rollup(() => 20, () => ({ batchSizeAsked: 35, permittedPerSecond, quotaPerSecond: 15 }))
    rollup.advance(T)
    rollup.advance(T + 1000)
    permittedPerSecond = 7
    rollup.advance(T + 2000)
    expect(rollup.closed).toMatchObject([
      { batchSizeAsked: 35, permittedPerSecond: 15, quotaPerSecond: 15 },
      { batchSizeAsked: 35, permittedPerSecond: 7, quotaPerSecond: 15 },
    ])
  })

  it('answers the unfinished second again, so that it can be replaced', () => {
    const rollup = new Rollup(() => 1)
    rollup.countOutcome(T, 'succeeded')
    expect(rollup.since(T)).toMatchObject([{ atMs: T, done: 1 }])
    rollup.countOutcome(T + 10, 'succeeded')
    expect(rollup.since(T)).toMatchObject([{ atMs: T, done: 2 }])
  })

  it('keeps an hour and no more, however long it runs', () => {
    const rollup = new Rollup(() => 1)
    for (let second = 0; second < 3 * HISTORY_SECONDS; second += 1) rollup.countOutcome(T + second * 1000, 'succeeded')
    expect(rollup.closed).toHaveLength(HISTORY_SECONDS)
    expect(rollup.closed.at(-1)?.atMs).toBe(T + (3 * HISTORY_SECONDS - 2) * 1000)
    expect(rollup.since(0)).toHaveLength(HISTORY_SECONDS + 1)
  })

  it('survives a clock that jumps a day ahead or an hour back', () => {
    const rollup = new Rollup(() => 1)
    rollup.countOutcome(T, 'succeeded')
    rollup.countOutcome(T + 86_400_000, 'succeeded')
    expect(rollup.since(0)).toMatchObject([{ atMs: T + 86_400_000, done: 1 }])
    rollup.countOutcome(T + 86_400_000 - 3_600_000, 'succeeded')
    expect(rollup.since(0)).toMatchObject([{ atMs: T + 86_400_000, done: 2 }])
  })
})
