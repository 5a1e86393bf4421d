import { describe, expect, it } from 'vitest'
import { measureCell, measureNeighbour, secondsToFollow } from '../../../../bench/quota/measure'
import { limitsOf, type Cell } from '../../../../bench/quota/cells'
import { Learner } from '../../../../src/main/governor/learner'
import { NOTHING_KNOWN, type Answer } from '../../../../src/main/governor/modes'
import { LAWS } from '../../../../src/main/simulator/quota'

const RUN = { seed: 4, jitterMs: 0 }
const cell = (parts: Partial<Cell>): Cell => ({
  quota: '15/s',
  law: 'bucket',
  burst: 'quota',
  headers: 'none',
  engines: 1,
  accounts: 1,
  ...parts,
})

const answer = (sentMs: number, learner: Learner, parts: Partial<Answer> = {}): Answer => ({
  sentMs,
  answeredMs: sentMs + 400,
  accepted: true,
  stamp: learner.plan.stamp,
  inTrain: false,
  retryAfterMs: null,
  limitRequests: null,
  ...parts,
})

describe('a quota that nobody has told', () => {
  it.each(LAWS.flatMap((law) => (['one', 'quota'] as const).map((burst) => ({ law, burst }))))(
    'is used to 97 % with at most 1 % refused: $law, burst $burst',
    ({ law, burst }) => {
      const { utilisation, refusedShare } = measureCell(cell({ law, burst }), 'learned', RUN)
      expect(utilisation).toBeGreaterThan(0.97)
      expect(refusedShare).toBeLessThanOrEqual(0.01)
    },
  )

  it.each(['fixed', 'sliding'] as const)('of a minute is understood after it ran out: %s', (law) => {
    const { utilisation, refusedShare } = measureCell(cell({ quota: '50/s+1000/min', law }), 'learned', RUN)
    expect(utilisation).toBeGreaterThan(0.97)
    expect(refusedShare).toBeLessThanOrEqual(0.01)
  })

  it('is followed when it falls, and when it rises', () => {
    for (const requests of [5, 50]) {
      const to = limitsOf(cell({}), requests / 15).map((limit) => ({ ...limit, requests, burst: requests }))
      expect(secondsToFollow({ cell: cell({}), to }, RUN)).toBeLessThanOrEqual(15)
    }
  })

  it('is shared with a neighbour that nobody has told of either', () => {
    const { together, refusedShare } = measureNeighbour(cell({}), 'even', RUN)
    expect(together).toBeGreaterThan(0.97)
    expect(refusedShare).toBeLessThan(0.02)
  })
})

describe('a quota that is configured', () => {
  it.each(LAWS)('is used to 98 % without a refusal: %s', (law) => {
    for (const burst of ['one', 'quota'] as const) {
      const { utilisation, refusedShare } = measureCell(cell({ law, burst, engines: 3 }), 'configured', RUN)
      expect(utilisation).toBeGreaterThan(0.98)
      expect(refusedShare).toBe(0)
    }
  })

  it('is never probed beyond', () => {
    const known = { quotaPerSecond: 15, uncertainty: 0, longLimit: null, source: 'configured' } as const
    const learner = new Learner(0, known, 15)
    for (let sentMs = 0; sentMs < 600_000; sentMs += 70) {
      learner.answer(answer(sentMs, learner), sentMs + 400)
      expect(learner.plan.intervalMs).toBeGreaterThan(1000 / 15)
      expect(learner.plan.train).toBeNull()
    }
  })
})

describe('what an answer tells', () => {
  it('is believed at once: the policy', () => {
    const learner = new Learner(0)
    learner.believe([{ requests: 50, windowMs: 1000 }, { requests: 1000, windowMs: 60_000 }], 500)
    expect(learner.knowledge).toMatchObject({ quotaPerSecond: 1000 / 60, source: 'headers' })
    expect(1000 / learner.plan.intervalMs).toBeCloseTo((1000 / 60) * 0.988, 5)
  })

  it('is obeyed: nothing is laid out before Retry-After is over, and the reason says so', () => {
    const learner = new Learner(0)
    learner.answer(answer(1000, learner, { accepted: false, retryAfterMs: 12_000 }), 1400)
    expect(learner.plan.heldUntilMs).toBe(13_400)
    expect(learner.why).toBe('Retry-After 12 s')
  })

  it('does not silence the account where it says one second, the least that it can say', () => {
    const learner = new Learner(0)
    learner.answer(answer(1000, learner, { accepted: false, retryAfterMs: 1000 }), 1400)
    expect(learner.plan.heldUntilMs).toBe(0)
  })
})

describe('knowledge', () => {
  it('from before lets a learner cruise at once', () => {
    const learner = new Learner(0, { ...NOTHING_KNOWN, quotaPerSecond: 15, uncertainty: 0.01 })
    expect(learner.mode).toBe('cruising')
    expect(1000 / learner.plan.intervalMs).toBeCloseTo(15 * 0.988, 5)
  })

  it('changes by one cut for each episode of refusals, not by one for each refusal', () => {
    const learner = new Learner(0, { ...NOTHING_KNOWN, quotaPerSecond: 15, uncertainty: 0.01 })
    const rates: number[] = []
    for (let i = 0; i < 60; i += 1) {
      learner.answer(answer(i * 68, learner, { accepted: i < 50 || i % 5 !== 0 }), i * 68 + 400)
      rates.push(1000 / learner.plan.intervalMs)
    }
    expect(new Set(rates.slice(50).map((rate) => rate.toFixed(3))).size).toBeLessThanOrEqual(2)
  })
})
