import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AccountGate } from '../../../src/main/governor/account-gate'
import type { Permit } from '../../../src/main/governor/permit'
import { Governor } from '../../../src/main/governor/governor'
import { systemClock } from '../../../src/main/system-clock'
import { configured, freshAccount, leastGapMs } from '../../support/account'

function governorOver(gates: readonly AccountGate[]): Governor {
  const governor = new Governor(
    gates.map((gate, index) => ({ number: index + 1, label: `account ${index + 1}`, gate, groupOf: () => null })),
    systemClock,
  )
  onTestFinished(() => governor.close())
  return governor
}

/** Asks with a signal of its own, as each pair does. */
const ask = (governor: Governor, accounts: readonly number[], patienceMs = 10_000) =>
  governor.acquire('/x', new Set(accounts), patienceMs, new AbortController().signal)

const news = (refused: boolean) => ({
  sentMs: systemClock.nowMs() - 50,
  answeredMs: systemClock.nowMs(),
  refused,
  header: () => null,
})

describe('leave to send', () => {
  it('comes at the pace of the quota, however many ask', async () => {
    const { gate, laidOut } = await freshAccount()
    const governor = governorOver([gate('a', configured(100))])
    await Promise.all(Array.from({ length: 50 }, () => ask(governor, [1])))
    expect(laidOut.length).toBeGreaterThanOrEqual(50)
    expect(leastGapMs(laidOut)).toBeGreaterThan(10)
  })

  it('comes no sooner than its permit', async () => {
    const { gate } = await freshAccount()
    const account = gate('a', configured(100))
    const given: Permit[] = []
    const take = account.take.bind(account)
    account.take = async (...args) => {
      const permits = await take(...args)
      given.push(...permits)
      return permits
    }
    const governor = governorOver([account])
    const sent: number[] = []
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        await ask(governor, [1])
        sent.push(systemClock.nowMs())
      }),
    )
    const due = given.map(({ atMs }) => atMs).toSorted((one, other) => one - other)
    for (const [i, sentMs] of sent.toSorted((one, other) => one - other).entries()) expect(sentMs).toBeGreaterThanOrEqual(due[i] ?? Infinity)
  })

  it('comes from the accounts that may serve, the earliest first', async () => {
    const governor = governorOver([
      (await freshAccount()).gate('a', configured(20)),
      (await freshAccount()).gate('a', configured(200)),
    ])
    const leaves = await Promise.all(Array.from({ length: 44 }, () => ask(governor, [1, 2])))
    const ofSecond = leaves.filter(({ account }) => account === 2).length
    expect(ofSecond).toBeGreaterThan(33)
    const only = await ask(governor, [1])
    expect(only.account).toBe(1)
  })

  it('takes one permit of one account, however many could serve', async () => {
    const accounts = [await freshAccount(), await freshAccount(), await freshAccount()]
    const governor = governorOver(accounts.map(({ gate }) => gate('a', configured(10))))
    await Promise.all([1, 2, 3].map((account) => ask(governor, [account])))
    const lasts = () => Promise.all(accounts.map(async ({ redis, keys }) => Number(await redis.hget(keys.state, 'lastMs'))))
    const before = await lasts()
    await ask(governor, [1, 2, 3])
    const after = await lasts()
    expect(after.filter((lastMs, i) => lastMs !== before[i])).toHaveLength(1)
  })

  it('goes by one quota where another engine found two accounts to be one', async () => {
    const [first, second] = [await freshAccount(), await freshAccount()]
    await second.gate('b').tellSameAs(first.gate('b'))
    const governor = governorOver([first.gate('a', configured(100)), second.gate('a', configured(100))])
    await vi.waitFor(async () => {
      await ask(governor, [2])
      expect(governor.quotas.map(({ account }) => account)).toEqual(['account 1 = account 2'])
    }, { timeout: 10_000 })
    const before = { ofFirst: first.laidOut.length, ofSecond: second.laidOut.length }
    await Promise.all(Array.from({ length: 40 }, (_, i) => ask(governor, [(i % 2) + 1])))
    expect(first.laidOut.length).toBeGreaterThanOrEqual(before.ofFirst + 40)
    expect(leastGapMs(first.laidOut)).toBeGreaterThan(10)
    expect(second.laidOut).toHaveLength(before.ofSecond)
  })

  it('comes from no account that may not serve', async () => {
    const governor = governorOver([
      (await freshAccount()).gate('a', configured(100)),
      (await freshAccount()).gate('a', configured(300)),
    ])
    const wanted = Array.from({ length: 30 }, (_, i) => (i % 2) + 1)
    const leaves = await Promise.all(wanted.map((account) => ask(governor, [account])))
    expect(leaves.map(({ account }) => account)).toEqual(wanted)
  })

  it('is refused when nothing comes within the patience, and rejected with the signal’s reason', async () => {
    const { redis, keys, gate } = await freshAccount()
    const governor = governorOver([gate('a')])
    await ask(governor, [1])
    await redis.hset(keys.state, 'heldUntilMs', Date.now() + 3_600_000)
    expect(await ask(governor, [1], 200)).toMatchObject({ account: null })
    const abort = new AbortController()
    const waiting = governor.acquire('/x', new Set([1]), 60_000, abort.signal)
    abort.abort(new Error('the pair was given up'))
    await expect(waiting).rejects.toThrow('the pair was given up')
  })

  it('teaches: what is refused and accepted under it becomes the learned quota', async () => {
    const { gate } = await freshAccount()
    const governor = governorOver([gate('a', null)])
    const leave = await ask(governor, [1])
    if (leave.account === null) throw new Error('no leave')
    leave.report({ ...news(false), header: (name) => (name === 'ratelimit-policy' ? '40;w=1' : null) })
    await vi.waitFor(() => expect(governor.quotas[0]).toMatchObject({ quotaPerSecond: 40, source: 'headers' }), { timeout: 10_000 })
  })

  it('is never given twice: engines that share an account keep the distance of one', async () => {
    const { gate, laidOut } = await freshAccount()
    const governors = ['a', 'b'].map((owner) => governorOver([gate(owner, configured(100))]))
    await Promise.all(governors.flatMap((governor) => Array.from({ length: 50 }, () => ask(governor, [1]))))
    expect(laidOut.length).toBeGreaterThanOrEqual(100)
    expect(leastGapMs(laidOut)).toBeGreaterThan(10)
  })

  it('is not waited for by somebody who has given up already', async () => {
    const { redis, keys, gate } = await freshAccount()
    const governor = governorOver([gate('a')])
    await ask(governor, [1])
    await redis.hset(keys.state, 'heldUntilMs', Date.now() + 3_600_000)
    const given = AbortSignal.abort(new Error('too late'))
    await expect(governor.acquire('/x', new Set([1]), 60_000, given)).rejects.toThrow('too late')
  })

  it('says why there is none, and when there may be', async () => {
    const { redis, keys, gate } = await freshAccount()
    const governor = governorOver([gate('a')])
    await ask(governor, [1])
    await redis.hset(keys.state, 'heldUntilMs', Date.now() + 3_600_000)
    const none = await ask(governor, [1], 150)
    if (none.account !== null) throw new Error('there was leave')
    expect(none.retryAfterMs).toBeGreaterThan(3_500_000)
    expect(none.why).toContain('as configured')
  })

  it('ends with the governor: nobody asks Redis any more', async () => {
    const { redis, keys, gate } = await freshAccount()
    const governor = governorOver([gate('a')])
    await ask(governor, [1])
    await governor.close()
    await redis.del(keys.state)
    expect(await ask(governor, [1], 150)).toMatchObject({ account: null })
    expect(await redis.exists(keys.state)).toBe(0)
  })
})

describe('what is reported', () => {
  it('is this engine’s share of the permitted rate, over all accounts', async () => {
    const [shared, own] = [await freshAccount(), await freshAccount()]
    const governor = governorOver([shared.gate('a', configured(100)), own.gate('a', configured(40))])
    expect(governor.report().permittedPerSecond).toBeNull()
    await shared.gate('b', configured(100)).take(1)
    await Promise.all(Array.from({ length: 20 }, () => ask(governor, [1, 2])))
    expect(governor.report().permittedPerSecond).toBeCloseTo((100 / 2 + 40) * 0.988, 3)
    expect(governor.quotas.map(({ engines }) => engines)).toEqual([2, 1])
  })
})
