import { randomUUID } from 'node:crypto'
import { expect, inject, onTestFinished, vi } from 'vitest'
import { AccountGate } from '../../src/main/governor/account-gate'
import { accountKeys } from '../../src/main/governor/keys'
import { RedisConnection } from '../../src/main/redis/connection'
import type { Told } from '../../src/main/governor/told-quota'
import { systemClock } from '../../src/main/system-clock'

export const configured = (quotaPerSecond: number): Told => ({ plan: null, limits: [{ requests: quotaPerSecond, windowMs: 1000 }] })

/** An account of the test's own, in the shared Redis, gone when the test has finished. */
export async function freshAccount() {
  const connection = await RedisConnection.open(inject('redisUrl'), 'test')
  const keys = accountKeys('test', randomUUID())
  const { redis } = connection
  onTestFinished(async () => {
    await redis.del(keys.state, keys.answers, keys.engines, keys.sameAs)
    connection.close()
  })
  const gate = (owner: string, settings: Told | null = configured(200)) =>
    new AccountGate({ redis, keys, owner, clock: systemClock, settings: settings ?? { plan: null, limits: [] } })
  /** As when the leader was not heard of for as long as its office lasts. */
  const endOffice = () => redis.hset(keys.state, 'leaderUntil', 1)
  return { redis, keys, gate, endOffice }
}

/** Takes so many permits, by as many looks as that needs; answers when they are. */
export async function takePermits(gate: AccountGate, count: number): Promise<number[]> {
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
