import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest'
import { AccountGate } from '../../../src/main/governor/account-gate'
import { Governor } from '../../../src/main/governor/governor'
import { accountKeys } from '../../../src/main/governor/keys'
import type { Knowledge } from '../../../src/main/governor/modes'
import { HORIZON_MS, takeSlots, UNUSED_LANE } from '../../../src/main/governor/pace'
import { RedisConnection } from '../../../src/main/redis/connection'
import { systemClock } from '../../../src/main/system-clock'

const configured = (quotaPerSecond: number): Knowledge => ({
  quotaPerSecond,
  uncertainty: 0,
  longLimit: null,
  source: 'configured',
})

/** An account of the test's own, in the shared Redis. */
async function freshAccount() {
  const connection = await RedisConnection.open(inject('redisUrl'), 'test')
  const keys = accountKeys('test', randomUUID())
  const { redis } = connection
  onTestFinished(async () => {
    await redis.del(keys.state, keys.answers, keys.engines)
    connection.close()
  })
  const gate = (owner: string, knows: Knowledge | null = configured(200)) =>
    new AccountGate({ redis, keys, owner, clock: systemClock, configured: knows })
  return { redis, keys, gate }
}

/** Takes so many permits, by as many looks as that needs. */
async function take(gate: AccountGate, count: number): Promise<number[]> {
  const times: number[] = []
  await vi.waitFor(
    async () => {
      times.push(...(await gate.take(count - times.length)).map(({ atMs }) => atMs))
      expect(times.length).toBe(count)
    },
    { timeout: 10_000, interval: 10 },
  )
  return times
}

function governorOver(gates: readonly AccountGate[]): Governor {
  const governor = new Governor(
    gates.map((gate, index) => ({ number: index + 1, label: `account ${index + 1}`, gate, groupOf: () => null })),
    systemClock,
  )
  onTestFinished(() => governor.close())
  return governor
}

const news = (refused: boolean) => ({
  sentMs: systemClock.nowMs() - 50,
  answeredMs: systemClock.nowMs(),
  refused,
  header: () => null,
})

describe('permits in Redis', () => {
  it('are those of the law in TypeScript, for any plan and any asking', async () => {
    const { redis, keys, gate } = await freshAccount()
    await gate('a').take(0) // makes the commands known
    const plans = fc.record({
      intervalMs: fc.double({ min: 0.5, max: 90, noNaN: true }),
      train: fc.option(fc.record({ requests: fc.integer({ min: 1, max: 5 }), intervalMs: fc.double({ min: 0.5, max: 50, noNaN: true }) })),
      count: fc.integer({ min: 1, max: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(plans, async ({ intervalMs, train, count }) => {
        await redis.del(keys.state)
        await redis.hset(keys.state, { stamp: 7, intervalMs, heldUntilMs: 0, trainRequests: train?.requests ?? 0, trainIntervalMs: train?.intervalMs ?? 0 })
        const [nowMs, , , nextMs, slots, trains] = await redis.sluiceTakePermits(keys.state, keys.answers, keys.engines, 'a', count, HORIZON_MS, 2000, '', 0)
        const plan = { stamp: 7, intervalMs, heldUntilMs: 0, train }
        const law = takeSlots(UNUSED_LANE, plan, { nowMs: Number(nowMs), count, horizonMs: HORIZON_MS })
        expect(trains.map((flag) => flag === 1)).toEqual(law.slots.map(({ inTrain }) => inTrain))
        for (const [i, { atMs }] of law.slots.entries()) expect(Math.abs(Number(slots[i]) - atMs)).toBeLessThan(0.05)
        expect(Math.abs(Number(nextMs) - law.nextMs)).toBeLessThan(0.05)
      }),
      { numRuns: 60 },
    )
  })

  it('of several engines are one sequence: no two at the same time', async () => {
    const { gate } = await freshAccount()
    const gates = ['a', 'b', 'c'].map((owner) => gate(owner, configured(300)))
    const times = (await Promise.all(gates.map((one) => take(one, 40)))).flat().sort((a, b) => a - b)
    const gaps = times.slice(1).map((atMs, i) => atMs - (times[i] ?? 0))
    // The engines reckon the server's clock to within a fraction of a round trip.
    expect(Math.min(...gaps)).toBeGreaterThan(1)
  })

  it('go on when the leader dies: another engine leads, with the plan and what was known', async () => {
    const { redis, keys, gate } = await freshAccount()
    const learned: Knowledge = { quotaPerSecond: 100, uncertainty: 0.01, longLimit: null, source: 'learned' }
    await redis.hset(keys.state, { knowledge: JSON.stringify(learned) })
    const first = gate('first', null)
    await take(first, 5)
    expect(first.leads).toBe(true)
    const second = gate('second', null)
    await take(second, 5)
    expect(second.leads).toBe(false)
    expect(second.knowledge).toMatchObject({ quotaPerSecond: 100, source: 'learned' })
    await redis.hset(keys.state, 'leaderUntil', 1) // as when its office has ended
    await take(second, 5)
    expect(second.leads).toBe(true)
    expect(second.knowledge).toMatchObject({ quotaPerSecond: 100 })
    // The one that comes back is a follower now, and its plan is dropped.
    await first.take(0)
    expect(first.leads).toBe(false)
  })

  it('carry the answers of every engine to the one that leads', async () => {
    const { gate } = await freshAccount()
    const leader = gate('leader', null)
    await leader.take(1)
    const follower = gate('follower', null)
    const policy = { retryAfterMs: null, limitRequests: null, limits: [{ requests: 30, windowMs: 1000 }] }
    follower.report({ sentMs: 0, answeredMs: 1, accepted: true, stamp: 0, inTrain: false, ...policy })
    await follower.take(0)
    await leader.take(0)
    expect(leader.knowledge).toMatchObject({ quotaPerSecond: 30, source: 'headers' })
  })
})

describe('a limit for some endpoints', () => {
  it('spaces these, and the others go on at the pace of the account', async () => {
    const { gate } = await freshAccount()
    const one = gate('a', configured(500))
    const group = { name: 'wallet', intervalMs: 60 }
    const grouped: number[] = []
    const others: number[] = []
    await vi.waitFor(
      async () => {
        grouped.push(...(await one.take(4 - grouped.length, group)).map(({ atMs }) => atMs))
        others.push(...(await one.take(40 - others.length)).map(({ atMs }) => atMs))
        expect([grouped.length, others.length]).toEqual([4, 40])
      },
      { timeout: 10_000, interval: 5 },
    )
    const gaps = grouped.slice(1).map((atMs, i) => atMs - (grouped[i] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(58)
  })
})

describe('leave to send', () => {
  it('comes at the pace of the quota, however many ask', async () => {
    const governor = governorOver([(await freshAccount()).gate('a', configured(100))])
    const { signal } = new AbortController()
    const sent: number[] = []
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        await governor.acquire('/x', new Set([1]), 10_000, signal)
        sent.push(systemClock.nowMs())
      }),
    )
    sent.sort((a, b) => a - b)
    expect((sent.at(-1) ?? 0) - (sent[0] ?? 0)).toBeGreaterThan(49 * 10 - 30)
  })

  it('comes from the accounts that may serve, the earliest first', async () => {
    const governor = governorOver([
      (await freshAccount()).gate('a', configured(20)),
      (await freshAccount()).gate('a', configured(200)),
    ])
    const { signal } = new AbortController()
    const leaves = await Promise.all(Array.from({ length: 44 }, () => governor.acquire('/x', new Set([1, 2]), 10_000, signal)))
    const ofSecond = leaves.filter(({ account }) => account === 2).length
    expect(ofSecond).toBeGreaterThan(33)
    const only = await governor.acquire('/x', new Set([1]), 10_000, signal)
    expect(only.account).toBe(1)
  })

  it('is refused when nothing comes within the patience, and rejected with the signal’s reason', async () => {
    const { redis, keys, gate } = await freshAccount()
    const governor = governorOver([gate('a')])
    await governor.acquire('/x', new Set([1]), 5000, new AbortController().signal)
    await redis.hset(keys.state, 'heldUntilMs', Date.now() + 3_600_000)
    expect(await governor.acquire('/x', new Set([1]), 200, new AbortController().signal)).toMatchObject({ account: null })
    const abort = new AbortController()
    const waiting = governor.acquire('/x', new Set([1]), 60_000, abort.signal)
    abort.abort(new Error('the pair was given up'))
    await expect(waiting).rejects.toThrow('the pair was given up')
  })

  it('teaches: what is refused and accepted under it becomes the learned quota', async () => {
    const { gate } = await freshAccount()
    const governor = governorOver([gate('a', null)])
    const { signal } = new AbortController()
    const leave = await governor.acquire('/x', new Set([1]), 5000, signal)
    if (leave.account === null) throw new Error('no leave')
    leave.report({ ...news(false), header: (name) => (name === 'ratelimit-policy' ? '40;w=1' : null) })
    await vi.waitFor(() => expect(governor.quotas[0]).toMatchObject({ quotaPerSecond: 40, source: 'headers' }))
  })
})
