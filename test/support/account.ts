import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { expect, inject, onTestFinished, vi } from 'vitest'
import { AccountGate } from '../../src/main/governor/account-gate'
import { accountKeys } from '../../src/main/governor/keys'
import { RedisConnection } from '../../src/main/redis/connection'
import type { Told } from '../../src/main/governor/told-quota'
import { systemClock } from '../../src/main/system-clock'

export const configured = (quotaPerSecond: number): Told => ({ plan: null, limits: [{ requests: quotaPerSecond, windowMs: 1000 }] })

/** A permit that Redis gave to somebody: exact, whenever the process that asked for it comes to its turn. */
export interface LaidOut {
  /** By the server's clock, Unix ms. */
  readonly atMs: number
  readonly group: string
}

/** The least time between two of these permits, ms, whoever has them; times are kept in thousandths. */
export function leastGapMs(permits: readonly LaidOut[]): number {
  const times = permits.map(({ atMs }) => atMs).toSorted((one, other) => one - other)
  return Math.min(...times.slice(1).map((atMs, i) => atMs - (times[i] ?? -Infinity))) + 0.002
}

/** To be called when the commands are known: making a gate makes them known anew. */
function recordPermits(redis: Redis, laidOut: LaidOut[]): void {
  const take = redis.sluiceTakePermits.bind(redis)
  redis.sluiceTakePermits = async (...args) => {
    const taken = await take(...args)
    laidOut.push(...taken[4].map((atMs) => ({ atMs: Number(atMs), group: String(args[7]) })))
    return taken
  }
}

/** An account of the test's own, in the shared Redis, gone when the test has finished. */
export async function freshAccount() {
  const connection = await RedisConnection.open(inject('redisUrl'), 'test')
  const keys = accountKeys('test', randomUUID())
  const { redis } = connection
  onTestFinished(async () => {
    await redis.del(keys.state, keys.answers, keys.engines, keys.sameAs)
    connection.close()
  })
  const laidOut: LaidOut[] = []
  const gate = (owner: string, settings: Told | null = configured(200)) => {
    const made = new AccountGate({ redis, keys, owner, clock: systemClock, settings: settings ?? { plan: null, limits: [] } })
    recordPermits(redis, laidOut)
    return made
  }
  /** As when the leader was not heard of for as long as its office lasts. */
  const endOffice = () => redis.hset(keys.state, 'leaderUntil', 1)
  return { redis, keys, gate, endOffice, laidOut }
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
