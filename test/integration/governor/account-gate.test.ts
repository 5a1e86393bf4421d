import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Taken } from '../../../src/main/governor/commands'
import type { Knowledge } from '../../../src/main/governor/modes'
import { HORIZON_MS, takeSlots, UNUSED_LANE, type Lane, type Plan } from '../../../src/main/governor/pace'
import { configured, freshAccount, leastGapMs, takePermits } from '../../support/account'

const OFFICE_MS = 2000
const learned = (quotaPerSecond: number): Knowledge => ({ quotaPerSecond, uncertainty: 0.01, longLimit: null, source: 'learned' })
const policy = (requests: number) => ({ retryAfterMs: null, limitRequests: null, limits: [{ requests, windowMs: 1000 }] })
const answered = { sentMs: 0, answeredMs: 1, accepted: true, stamp: 0, inTrain: false }

/** An account whose commands are known, with direct access to them. */
async function commands() {
  const account = await freshAccount()
  const { redis, keys } = account
  await account.gate('anyone').take(0)
  await redis.del(keys.state)
  const take = (owner: string, count: number, group = '', groupIntervalMs = 0) =>
    redis.sluiceTakePermits(keys.state, keys.answers, keys.engines, owner, count, HORIZON_MS, OFFICE_MS, group, groupIntervalMs)
  const setPlan = ({ stamp, intervalMs, heldUntilMs, train }: Plan) =>
    redis.hset(keys.state, { stamp, intervalMs, heldUntilMs, trainRequests: train?.requests ?? 0, trainIntervalMs: train?.intervalMs ?? 0 })
  return { ...account, take, setPlan }
}

function expectTheLawIn(taken: Taken, lane: Lane, plan: Plan, count: number): Lane {
  const [nowMs, , , nextMs, slots, trains] = taken
  const law = takeSlots(lane, plan, { nowMs: Number(nowMs), count, horizonMs: HORIZON_MS })
  expect(trains.map((flag) => flag === 1)).toEqual(law.slots.map(({ inTrain }) => inTrain))
  for (const [i, { atMs }] of law.slots.entries()) expect(Math.abs(Number(slots[i]) - atMs)).toBeLessThan(0.002)
  expect(Math.abs(Number(nextMs) - law.nextMs)).toBeLessThan(0.002)
  // Redis keeps thousandths.
  return { ...law.lane, lastMs: Number(law.lane.lastMs.toFixed(3)) }
}

describe('permits in Redis', () => {
  it('are those of the law in TypeScript, for any plans and whoever asks, one ask after the other', async () => {
    const { redis, keys, take, setPlan } = await commands()
    const interval = fc.double({ min: 0.5, max: 90, noNaN: true })
    const step = fc.record({
      change: fc.option(
        fc.record({
          intervalMs: interval,
          holdMs: fc.integer({ min: -50, max: 150 }),
          train: fc.option(fc.record({ requests: fc.integer({ min: 1, max: 5 }), intervalMs: interval })),
        }),
      ),
      owner: fc.constantFrom('a', 'b', 'c'),
      count: fc.integer({ min: 0, max: 12 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        await redis.del(keys.state)
        let lane = UNUSED_LANE
        let plan: Plan = { stamp: 7, intervalMs: 20, heldUntilMs: 0, train: null }
        await setPlan(plan)
        for (const { change, owner, count } of steps) {
          if (change !== null) {
            const heldUntilMs = Date.now() + change.holdMs
            plan = { stamp: plan.stamp + 1, intervalMs: change.intervalMs, heldUntilMs, train: change.train }
            await setPlan(plan)
          }
          const taken = await take(owner, count)
          const next = expectTheLawIn(taken, lane, plan, count)
          // Nothing is kept where nothing was taken: a train begins with its first slot.
          if (taken[4].length > 0) lane = next
        }
      }),
      { numRuns: 60 },
    )
  })

  it('of several engines are one sequence: all of them together keep the distance of one', async () => {
    const { gate, laidOut } = await freshAccount()
    const gates = ['a', 'b', 'c'].map((owner) => gate(owner, configured(300)))
    await Promise.all(gates.map((one) => takePermits(one, 40)))
    expect(laidOut).toHaveLength(120)
    expect(leastGapMs(laidOut)).toBeGreaterThan(1000 / 300)
    expect(gates.map(({ sharers }) => sharers)).toEqual([3, 3, 3])
  })

  it('of a group keep the distance of its own limit beside that of the account, and hold up no other group', async () => {
    const { take, setPlan } = await commands()
    await setPlan({ stamp: 1, intervalMs: 2, heldUntilMs: 0, train: null })
    const slow = (await take('a', 10, 'slow', 30))[4].map(Number)
    expect(slow.length).toBeGreaterThanOrEqual(3)
    for (const [i, atMs] of slow.slice(1).entries()) expect(atMs - (slow[i] ?? 0)).toBeGreaterThan(29.9)
    const again = (await take('b', 1, 'slow', 30))[4].map(Number)
    for (const atMs of again) expect(atMs - (slow.at(-1) ?? 0)).toBeGreaterThan(29.9)
  })

  it('of a group are spaced, and the others go on at the pace of the account', async () => {
    const { gate, laidOut } = await freshAccount()
    const one = gate('a', configured(500))
    const group = { name: 'wallet', intervalMs: 60 }
    const [grouped, others] = [() => laidOut.filter((permit) => permit.group === 'wallet'), () => laidOut.filter((permit) => permit.group === '')]
    await vi.waitFor(
      async () => {
        await one.take(4 - grouped().length, group)
        await one.take(40 - others().length)
        expect([grouped().length, others().length]).toEqual([4, 40])
      },
      { timeout: 10_000, interval: 5 },
    )
    expect(leastGapMs(grouped())).toBeGreaterThan(60)
    expect(leastGapMs(laidOut)).toBeGreaterThan(2)
  })

  it('are none before there is a plan', async () => {
    const { take } = await commands()
    const [, leads, stamp, , slots] = await take('a', 5)
    expect([leads, stamp, slots]).toEqual([1, 0, []])
    expect((await take('b', 5))[1]).toBe(0)
  })
})

describe('the leader of an account', () => {
  it('is followed by another when it dies, with the plan and what was known; meanwhile the plan goes on', async () => {
    const { redis, keys, gate, endOffice } = await freshAccount()
    await redis.hset(keys.state, { knowledge: JSON.stringify(learned(100)) })
    const first = gate('first', null)
    await takePermits(first, 5)
    expect(first.leads).toBe(true)
    // From here on nothing is heard of the first.
    const second = gate('second', null)
    await takePermits(second, 20)
    expect(second.leads).toBe(false)
    expect(second.permittedPerSecond).toBeCloseTo(100 * 0.988, 3)
    expect(second.knowledge).toMatchObject({ quotaPerSecond: 100, source: 'learned' })
    await endOffice()
    await takePermits(second, 5)
    expect(second.leads).toBe(true)
    expect(second.knowledge).toMatchObject({ quotaPerSecond: 100 })
    expect(second.permittedPerSecond).toBeCloseTo(100 * 0.988, 3)
  })

  it('stays in office while it is heard of, and leaves it two seconds of the server’s time after', async () => {
    const { redis, keys, gate } = await freshAccount()
    const [seconds] = await redis.time()
    await gate('first').take(0)
    const until = Number(await redis.hget(keys.state, 'leaderUntil'))
    expect(until - Number(seconds) * 1000).toBeGreaterThanOrEqual(OFFICE_MS)
    expect(until - Number(seconds) * 1000).toBeLessThan(OFFICE_MS + 3000)
    const second = gate('second')
    await second.take(0)
    expect(second.leads).toBe(false)
  })

  it('that comes back finds itself a follower', async () => {
    const { gate, endOffice } = await freshAccount()
    const [first, second] = [gate('first'), gate('second')]
    await first.take(1)
    await endOffice()
    await second.take(1)
    await first.take(0)
    expect([first.leads, second.leads]).toEqual([false, true])
  })

  it('is replaced at once, and permits go on, when the server’s clock is set back', async () => {
    const { redis, keys, gate } = await freshAccount()
    await gate('first').take(1)
    const inAnHour = Date.now() + 3_600_000
    await redis.hset(keys.state, { leaderUntil: inAnHour, lastMs: inAnHour, stamp: inAnHour })
    const second = gate('second', configured(150))
    await takePermits(second, 5)
    expect(second.leads).toBe(true)
    expect(second.permittedPerSecond).toBeCloseTo(150 * 0.988, 3)
    expect(Number(await redis.hget(keys.state, 'stamp'))).toBeGreaterThan(inAnHour)
  })

  it('alone makes plans: those of another, and those that are older, are dropped', async () => {
    const { redis, keys, take } = await commands()
    await take('leader', 0)
    const publish = (owner: string, stamp: number) => redis.sluicePublishPlan(keys.state, owner, stamp, stamp * 10, 0, 0, 0, '{}', `plan ${stamp}`, '')
    expect(await publish('leader', 5)).toBe(1)
    expect(await publish('stale leader', 9)).toBe(0)
    expect(await publish('leader', 5)).toBe(0)
    expect(await publish('leader', 4)).toBe(0)
    expect(await redis.hmget(keys.state, 'stamp', 'intervalMs', 'why')).toEqual(['5', '50', 'plan 5'])
    expect(await publish('leader', 6)).toBe(1)
  })

  it('begins anew, above the plan in force, when its own is dropped', async () => {
    const { redis, keys, gate } = await freshAccount()
    const leader = gate('leader', null)
    await leader.take(1)
    const newer = Date.now() + 60_000
    await redis.hset(keys.state, { stamp: newer, intervalMs: 5 })
    leader.report({ ...answered, ...policy(30) })
    await leader.take(0)
    expect(leader.leads).toBe(false)
    await leader.take(0)
    expect(leader.leads).toBe(true)
    expect(Number(await redis.hget(keys.state, 'stamp'))).toBeGreaterThan(newer)
  })

  it('hears the answers of every engine', async () => {
    const { gate } = await freshAccount()
    const [leader, follower] = [gate('leader', null), gate('follower', null)]
    await leader.take(1)
    follower.report({ ...answered, ...policy(30) })
    await follower.take(0)
    await leader.take(0)
    expect(leader.knowledge).toMatchObject({ quotaPerSecond: 30, source: 'headers' })
    await follower.take(0)
    expect(follower.knowledge).toMatchObject({ quotaPerSecond: 30, source: 'headers' })
  })

  it('hears what was said while nobody led', async () => {
    const { gate, endOffice } = await freshAccount()
    const [first, second] = [gate('first', null), gate('second', null)]
    await first.take(1)
    second.report({ ...answered, ...policy(30) })
    await second.take(0)
    await endOffice()
    await second.take(0)
    expect(second.knowledge).toMatchObject({ quotaPerSecond: 30, source: 'headers' })
  })

  it('is not confused by what others write', async () => {
    const { redis, keys, gate } = await freshAccount()
    const leader = gate('leader')
    await leader.take(1)
    await redis.rpush(keys.answers, 'garbage', '[1,2,3]', '')
    await takePermits(leader, 2)
    expect(leader.leads).toBe(true)
  })
})

describe('what is known of a quota', () => {
  it('survives all engines', async () => {
    const { gate, endOffice } = await freshAccount()
    const first = gate('first', null)
    await first.take(1)
    first.report({ ...answered, ...policy(40) })
    await first.take(0)
    await endOffice()
    const later = gate('later', null)
    await later.take(0)
    expect(later.leads).toBe(true)
    expect(later.knowledge).toMatchObject({ quotaPerSecond: 40 })
    expect(later.permittedPerSecond).toBeCloseTo(40 * 0.988, 3)
  })

  it('gives way to what is configured, and is not believed after that is taken away', async () => {
    const { redis, keys, gate, endOffice } = await freshAccount()
    await redis.hset(keys.state, { knowledge: JSON.stringify(learned(500)) })
    const told = gate('told', configured(20))
    await told.take(1)
    expect(told.knowledge).toMatchObject({ quotaPerSecond: 20, source: 'configured' })
    await endOffice()
    const untold = gate('untold', null)
    await untold.take(1)
    expect(untold.knowledge.quotaPerSecond).toBeNull()
  })
})

const atMost = (requests: number, plan: string | null = null) => ({ plan, limits: [{ requests, windowMs: 1000 }] })

describe('what an operator says of a quota', () => {
  it('is in force for every engine of the account at once, whoever leads', async () => {
    const { gate } = await freshAccount()
    const [leader, follower] = [gate('leader', null), gate('follower', null)]
    await takePermits(leader, 1)
    await takePermits(follower, 1)
    const heard: string[] = []
    leader.onTold = () => heard.push('leader')
    follower.onTold = () => heard.push('follower')
    await follower.tell(atMost(5, 'small'))
    await leader.take(0)
    await follower.take(0)
    for (const one of [leader, follower]) {
      expect(one.told).toEqual({ by: 'operator', ...atMost(5, 'small') })
      expect(one.permittedPerSecond).toBeLessThanOrEqual(5)
      expect(one.knowledge).toMatchObject({ quotaPerSecond: 5, source: 'configured' })
    }
    expect(heard.toSorted()).toEqual(['follower', 'leader'])
  })

  it('is never exceeded from the moment on: not by a train, not by a plan that a leader made before it had heard of it', async () => {
    const { redis, keys, gate, laidOut } = await freshAccount()
    const [leader, other] = [gate('leader', configured(200)), gate('other', configured(200))]
    await takePermits(leader, 10)
    await redis.hset(keys.state, { trainRequests: 50, trainIntervalMs: 1 })
    const before = laidOut.length
    await other.tell(atMost(20))
    // What a leader publishes that has not seen the word.
    const stamp = Number(await redis.hget(keys.state, 'stamp')) + 10
    expect(await redis.sluicePublishPlan(keys.state, 'leader', stamp, 1, 0, 0, 0, '{}', 'too fast', '')).toBe(0)
    await Promise.all([takePermits(leader, 6), takePermits(other, 6)])
    expect(laidOut.slice(before)).toHaveLength(12)
    expect(leastGapMs(laidOut.slice(before))).toBeGreaterThan(50)
  })

  it('gives way to the settings of an engine that knows of a lower quota: both are kept', async () => {
    const { gate, endOffice } = await freshAccount()
    await gate('first', configured(100)).tell(atMost(300))
    await endOffice()
    const newer = gate('newer', configured(10))
    await takePermits(newer, 1)
    expect(newer.knowledge).toMatchObject({ quotaPerSecond: 10, source: 'configured' })
  })

  it('takes the place of what the settings say, lower or higher, and the settings are back when it is taken back', async () => {
    const { gate } = await freshAccount()
    const one = gate('one', configured(10))
    await takePermits(one, 1)
    await one.tell(atMost(50))
    expect(one.knowledge).toMatchObject({ quotaPerSecond: 50 })
    await one.tell({ plan: null, limits: [] })
    expect(one.knowledge).toMatchObject({ source: 'learned' })
    await one.tell(null)
    expect(one.told).toMatchObject({ by: 'settings' })
    expect(one.knowledge).toMatchObject({ quotaPerSecond: 10, source: 'configured' })
  })

  it('does not make what was learned be learned anew when it is taken back', async () => {
    const { gate } = await freshAccount()
    const one = gate('one', null)
    await takePermits(one, 1)
    one.report({ ...answered, ...policy(30), stamp: Number.MAX_SAFE_INTEGER })
    await one.take(0)
    expect(one.knowledge).toMatchObject({ quotaPerSecond: 30, source: 'headers' })
    await one.tell(atMost(5))
    expect(one.knowledge).toMatchObject({ quotaPerSecond: 5 })
    await one.tell(null)
    expect(one.knowledge).toMatchObject({ quotaPerSecond: 30, source: 'headers' })
  })

  it('survives a restart, and is known before the first permit', async () => {
    const { gate } = await freshAccount()
    await gate('first', null).tell(atMost(5, 'small'))
    const later = gate('later', null)
    await later.hearTold()
    expect(later.told).toEqual({ by: 'operator', ...atMost(5, 'small') })
  })

  it('sends nothing sooner than the plan before it would have: a hold goes on', async () => {
    const { gate } = await freshAccount()
    const one = gate('one', configured(100))
    await takePermits(one, 1)
    one.report({ ...answered, accepted: false, stamp: Number.MAX_SAFE_INTEGER, retryAfterMs: 60_000, limitRequests: null, limits: null, answeredMs: performance.now() })
    const heldForMs = async () => {
      await one.take(0)
      await one.take(0)
      return one.heldForMs
    }
    expect(await heldForMs()).toBeGreaterThan(30_000)
    await one.tell(atMost(50))
    expect(await heldForMs()).toBeGreaterThan(30_000)
  })

  it('that nobody could have said is no word', async () => {
    const { redis, keys, gate } = await freshAccount()
    await redis.hset(keys.state, { told: '{"plan":null,"limits":[{"requests":-1,"windowMs":0}]}' })
    const one = gate('one', configured(10))
    await takePermits(one, 1)
    expect(one.told).toMatchObject({ by: 'settings' })
    expect(one.knowledge).toMatchObject({ quotaPerSecond: 10 })
  })
})

describe('while Redis does not answer', () => {
  it('taking fails, and what was to be told is told afterwards', async () => {
    const { redis, gate } = await freshAccount()
    const one = gate('one', null)
    await one.take(1)
    one.report({ ...answered, ...policy(25) })
    redis.disconnect()
    await expect(one.take(1)).rejects.toThrow(/closed/i)
    expect(one.hasUnheard).toBe(true)
    await redis.connect()
    await one.take(0)
    expect(one.hasUnheard).toBe(false)
    expect(one.knowledge).toMatchObject({ quotaPerSecond: 25 })
  })
})
