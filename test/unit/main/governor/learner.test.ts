import { describe, expect, it } from 'vitest'
import { Agenda } from '../../../../bench/quota/agenda'
import { seeded } from '../../../../bench/quota/chance'
import { measureCell, measureNeighbour, secondsToFollow } from '../../../../bench/quota/measure'
import { limitsOf, type Cell } from '../../../../bench/quota/cells'
import { startSluice } from '../../../../bench/quota/sluice-client'
import { VirtualApi } from '../../../../bench/quota/virtual-api'
import { Learner } from '../../../../src/main/governor/learner'
import { NOTHING_KNOWN, type Answer } from '../../../../src/main/governor/modes'
import { HORIZON_MS, takeSlots, UNUSED_LANE } from '../../../../src/main/governor/pace'
import { LAWS, metersFor, takeFromAll } from '../../../../src/main/simulator/quota'

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

/** A learner at work on a simulated account, on virtual time. */
function atWork(parts: Partial<Cell>, { seed = 4, knowsQuota = false } = {}) {
  const of = cell(parts)
  const startMs = Date.UTC(2026, 0, 1)
  const agenda = new Agenda(startMs)
  const api = new VirtualApi({ limits: limitsOf(of), headers: of.headers, jitterMs: 0 }, agenda, seeded(seed))
  const learner = startSluice(api, agenda, of.engines, knowsQuota)
  const after = (seconds: number) => agenda.runUntil(startMs + seconds * 1000)
  const counts = (fromSecond: number) => api.counts(startMs + fromSecond * 1000)
  const acceptedIn = (second: number) => api.acceptedInSecond(startMs / 1000 + second)
  return { api, learner, after, counts, acceptedIn }
}

/** As `secondsToFollow`, on a machine that stands still for so long every so often, on average; Infinity when never. */
function secondsWhenBusy(law: (typeof LAWS)[number], stalls: { readonly ms: number; readonly everyMs: number }, seed: number): number {
  const requests = 50
  const random = seeded(seed)
  const agenda = new Agenda(Date.UTC(2026, 0, 1) + Math.floor(random() * 60_000))
  const api = new VirtualApi({ limits: limitsOf(cell({ law })), headers: 'none', jitterMs: 3 }, agenda, random)
  let stalledUntilMs = 0
  const stall = () => {
    stalledUntilMs = agenda.nowMs - stalls.ms * Math.log(1 - random())
    agenda.at(stalledUntilMs - stalls.everyMs * Math.log(1 - random()), stall)
  }
  stall()
  const busy = {
    get nowMs() {
      return agenda.nowMs
    },
    at: (ms: number, run: () => void) => agenda.at(ms, () => (agenda.nowMs < stalledUntilMs ? agenda.at(stalledUntilMs, run) : run())),
  }
  startSluice(api, busy, 1, false)
  agenda.runUntil(Math.floor((agenda.nowMs + 90_000) / 1000) * 1000)
  const second = agenda.nowMs / 1000
  api.setLimits([{ requests, windowMs: 1000, law, burst: requests }])
  for (let after = 0; after < 110; after += 1) {
    agenda.runUntil((second + after + 6) * 1000)
    const mean = [0, 1, 2, 3, 4].reduce((sum, i) => sum + api.acceptedInSecond(second + after + i), 0) / 5
    if (mean >= 0.9 * requests) return after
  }
  return Infinity
}

describe('a quota that nobody has told', () => {
  it.each(LAWS.flatMap((law) => (['one', 'quota'] as const).map((burst) => ({ law, burst }))))(
    'is known to 2 % after 30 s: $law, burst $burst',
    ({ law, burst }) => {
      for (const seed of [1, 2, 3]) {
        const { learner, after } = atWork({ law, burst }, { seed })
        after(30)
        expect(Math.abs((learner.knowledge.quotaPerSecond ?? 0) - 15)).toBeLessThan(0.3)
        expect(learner.knowledge.source).toBe('learned')
      }
    },
  )

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

  it('of a minute is named, after it has run out and turned once', () => {
    const { learner, after } = atWork({ quota: '50/s+1000/min', law: 'fixed' })
    after(90)
    expect(learner.knowledge.longLimit).toEqual({ requests: 1000, windowMs: 60_000 })
  })

  it('of a minute that has run out is not hammered: a few polls until it turns', () => {
    const { learner, after, counts } = atWork({ quota: '50/s+1000/min', law: 'fixed' })
    after(58)
    expect(learner.heldSinceMs).not.toBeNull()
    const { accepted, refused } = counts(30)
    expect(accepted).toBe(0)
    expect(refused).toBeGreaterThan(0)
    expect(refused).toBeLessThan(8)
  })

  it.each(LAWS)('is followed when it falls at once, when it rises with the next probe: %s', (law) => {
    const seconds = (requests: number, seed: number) =>
      secondsToFollow({ cell: cell({ law }), to: [{ requests, windowMs: 1000, law, burst: requests }] }, { ...RUN, seed }) ?? Infinity
    const median = (requests: number) =>
      [1, 2, 3, 4, 5, 6, 7].map((seed) => seconds(requests, seed)).toSorted((one, other) => one - other)[3]
    expect(median(5)).toBeLessThanOrEqual(15)
    expect(median(50)).toBeLessThanOrEqual(25)
  })

  it('that falls to a third of a sliding window is measured within 15 s, though it looks like a window that ran out', () => {
    const of = cell({ law: 'sliding' })
    for (const seed of [100, 103, 106, 107, 144]) {
      expect(secondsToFollow({ cell: of, to: limitsOf(of, 1 / 3) }, { seed, jitterMs: 0 })).toBeLessThanOrEqual(15)
    }
  })

  it.each([
    { law: 'bucket', stalls: { ms: 300, everyMs: 2000 } },
    { law: 'fixed', stalls: { ms: 100, everyMs: 1000 } },
  ] as const)('is followed upwards by a machine that stalls now and then, too: $law', ({ law, stalls }) => {
    // What probes have cost by chance when it rises puts the next one off, for two minutes at most.
    const seconds = [101, 102, 103, 104, 105, 106, 107].map((seed) => secondsWhenBusy(law, stalls, seed)).toSorted((one, other) => one - other)
    expect(seconds[5]).toBeLessThan(110)
    expect(seconds[3]).toBeLessThan(45)
  })

  it('of a window that rises just after a probe which cost too much is found within 15 s all the same', () => {
    const of = cell({ law: 'fixed' })
    for (const seed of [103, 116, 125]) {
      expect(secondsToFollow({ cell: of, to: limitsOf(of, 2) }, { seed, jitterMs: 0 })).toBeLessThanOrEqual(15)
    }
  })

  it('that falls just after a probe costs no more than one that falls at another time', () => {
    for (const seed of [2, 4, 5, 7]) {
      const figure = measureCell(cell({ quota: '50/s+1000/min', burst: 'one' }), 'learned', { seed, jitterMs: 0 })
      expect(figure.refusedShare).toBeLessThan(0.01)
    }
  })

  it.each(['one', 'quota'] as const)('that falls because the tokens of a minute are used up costs few refusals: burst %s', (burst) => {
    for (const seed of [1, 2, 3, 4]) {
      const { refusedShare } = measureCell(cell({ quota: '50/s+1000/min', burst }), 'learned', { seed, jitterMs: 0 })
      expect(refusedShare).toBeLessThan(0.014)
    }
  })

  it('that was measured a little too low is not taken for one that has risen', () => {
    for (const seed of [1, 2, 3]) {
      const { refusedShare } = measureCell(cell({ quota: '50/s' }), 'learned', { seed, jitterMs: 0 })
      expect(refusedShare).toBeLessThanOrEqual(0.01)
    }
  })

  it('is shared with a neighbour that nobody has told of either', () => {
    const { together, refusedShare } = measureNeighbour(cell({}), 'even', RUN)
    expect(together).toBeGreaterThan(0.97)
    expect(refusedShare).toBeLessThan(0.02)
  })
})

describe('a long window', () => {
  const limits = (law: (typeof LAWS)[number], perMinute: number) => [
    { requests: 50, windowMs: 1000, law, burst: 50 },
    { requests: perMinute, windowMs: 60_000, law, burst: perMinute },
  ]

  it.each(['fixed', 'sliding'] as const)('that has grown is noticed within a few windows, at few refusals: %s', (law) => {
    const { api, learner, after, counts } = atWork({ quota: '50/s+1000/min', law })
    after(600)
    expect(learner.knowledge.longLimit).toEqual({ requests: 1000, windowMs: 60_000 })
    expect(counts(300).refused / counts(300).accepted).toBeLessThan(0.005)
    api.setLimits(limits(law, 2000))
    after(1800)
    expect(counts(1500).accepted).toBeGreaterThan(300 * (2000 / 60) * 0.95)
  })

  it('that has not grown costs next to nothing to look at', () => {
    const { after, counts } = atWork({ quota: '50/s+1000/min', law: 'fixed' })
    after(1800)
    expect(counts(120).refused / counts(120).accepted).toBeLessThan(0.003)
    expect(counts(120).accepted).toBeGreaterThan(28 * 1000 * 0.97)
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

describe('a quota that is configured too high', () => {
  it.each(LAWS.flatMap((law) => ([5, 10, 14] as const).map((perSecond) => ({ law, perSecond }))))(
    'is measured, and never exceeded when the API gives more again: $perSecond/s, $law',
    ({ law, perSecond }) => {
      const { api, learner, after, acceptedIn, counts } = atWork({ law }, { knowsQuota: true })
      const limitsAt = (requests: number) => [{ requests, windowMs: 1000, law, burst: requests }]
      after(30)
      api.setLimits(limitsAt(perSecond))
      after(200)
      expect(1000 / learner.plan.intervalMs).toBeLessThan(perSecond * 1.02)
      api.setLimits(limitsAt(100))
      after(500)
      for (let second = 200; second < 500; second += 1) expect(acceptedIn(second)).toBeLessThanOrEqual(16)
      expect(counts(300).accepted).toBeGreaterThan(200 * 15 * 0.95)
      expect(learner.knowledge.quotaPerSecond).toBe(15)
    },
  )
})

describe('what an answer tells', () => {
  it('is believed at once: the policy', () => {
    const learner = new Learner(0)
    learner.believe([{ requests: 50, windowMs: 1000 }, { requests: 1000, windowMs: 60_000 }], true, 500)
    expect(learner.knowledge).toMatchObject({ quotaPerSecond: 1000 / 60, source: 'headers' })
    expect(1000 / learner.plan.intervalMs).toBeCloseTo((1000 / 60) * 0.988, 5)
  })

  it('is believed at once: the window that an answer tells with its requests, in every style of headers', () => {
    const { learner, after, counts } = atWork({ headers: 'ietf' })
    after(2)
    expect(learner.knowledge).toMatchObject({ quotaPerSecond: 15, source: 'headers' })
    after(120)
    expect(counts(2).refused).toBe(0)
    expect(counts(2).accepted).toBeGreaterThan(118 * 15 * 0.97)
  })

  it('is obeyed until the window turns, and work goes on then', () => {
    const { learner, after, counts } = atWork({ quota: '50/s+1000/min', law: 'fixed', headers: 'x' })
    after(30)
    expect(learner.why).toMatch(/^Retry-After \d+ s$/)
    after(59)
    expect(counts(32)).toEqual({ accepted: 0, refused: 0 })
    after(90)
    expect(counts(60).accepted).toBeGreaterThan(400)
  })

  it('is obeyed: nothing is laid out before Retry-After is over, and the reason says so', () => {
    const learner = new Learner(0)
    learner.answer(answer(1000, learner, { accepted: false, retryAfterMs: 12_000 }), 1400)
    expect(learner.plan.heldUntilMs).toBe(13_400)
    expect(learner.why).toBe('Retry-After 12 s')
  })

  it('explains that all is refused while it lasts, and no longer', () => {
    const learner = new Learner(0)
    learner.answer(answer(1000, learner, { accepted: false, retryAfterMs: 300_000 }), 1400)
    expect(learner.heldSinceMs).toBe(1000)
    expect(learner.unexplainedSinceMs).toBeNull()
    learner.answer(answer(301_500, learner, { accepted: false }), 301_900)
    expect(learner.unexplainedSinceMs).toBe(1000)
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

  it('from before is used in full from the first second', () => {
    const startMs = Date.UTC(2026, 0, 1)
    const learner = new Learner(startMs, { ...NOTHING_KNOWN, quotaPerSecond: 15, uncertainty: 0.01, source: 'headers' })
    let lane = UNUSED_LANE
    let meters = metersFor(limitsOf(cell({ law: 'fixed' })), startMs)
    let accepted = 0
    for (let nowMs = startMs; nowMs < startMs + 10_000; nowMs += 50) {
      const taken = takeSlots(lane, learner.plan, { nowMs, count: 100, horizonMs: HORIZON_MS })
      lane = taken.lane
      for (const { atMs } of taken.slots) {
        const decision = takeFromAll(meters, atMs)
        expect(decision.kind).toBe('accepted')
        if (decision.kind === 'accepted') meters = decision.next
        accepted += 1
        learner.answer(answer(atMs, learner), atMs)
      }
    }
    expect(accepted).toBeGreaterThan(150 * 0.97)
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
