import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Engine, type EngineOptions } from '../../../src/main/engine/engine'
import type { Analyzer } from '../../../src/main/engine/ports'
import { AccountGate } from '../../../src/main/governor/account-gate'
import { Governor } from '../../../src/main/governor/governor'
import { accountKeys } from '../../../src/main/governor/keys'
import { linesOf } from '../../../src/main/operator/narration'
import { RedisWorkQueue } from '../../../src/main/queue/redis-work-queue'
import { RedisConnection, type LinkState } from '../../../src/main/redis/connection'
import { RedisUnusable } from '../../../src/main/redis/problems'
import { systemClock } from '../../../src/main/system-clock'
import type { PairResult } from '../../../src/shared/result'
import { ownRedis } from '../../support/own-redis'
import { entry } from '../../support/pipeline'

async function connected(url: string): Promise<RedisConnection> {
  const connection = await RedisConnection.open(url, 'test')
  onTestFinished(() => connection.close())
  return connection
}

describe('a real Redis', () => {
  it('that throws keys away when it is full is warned of at connect', async () => {
    const { url } = await ownRedis('--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru')
    const { facts } = await connected(url)
    expect(facts.warnings).toContainEqual(expect.stringContaining('maxmemory-policy allkeys-lru'))
  })

  it('that is a read-only replica is refused in words', async () => {
    const { url } = await ownRedis('--replicaof', '127.0.0.1 1')
    const refused = RedisConnection.open(url, 'test')
    await expect(refused).rejects.toThrow(RedisUnusable)
    await expect(refused).rejects.toThrow('is a replica of 127.0.0.1:1 and cannot be written to: connect to that one.')
  })
})

describe('a Redis that becomes a read-only replica under the engine, as after a failover', () => {
  it('is waited for in words, without a storm of reconnects, and the command is carried out by who takes writes', async () => {
    const { url } = await ownRedis()
    const [connection, control] = [await connected(url), await connected(url)]
    const queue = new RedisWorkQueue({ redis: connection.redis, pipeline: 'failover', inbox: 'inbox', owner: 'a', leaseMs: 30_000, maxRecoveries: 3 })
    await queue.enqueue([entry('a')])
    const states: LinkState[] = []
    connection.subscribe((state) => states.push(state))
    await control.redis.replicaof('127.0.0.1', '1')
    const claim = queue.claim(1)
    const connects = async () => Number(/total_connections_received:(\d+)/.exec(await control.redis.info('stats'))?.[1])
    const before = await connects()
    await vi.waitFor(async () => expect((await connects()) - before).toBeGreaterThan(2), { timeout: 15_000, interval: 100 })
    expect(states).toEqual([expect.objectContaining({ kind: 'lost', reason: expect.stringContaining('read-only replica') })])
    await control.redis.replicaof('NO', 'ONE')
    expect((await claim).pairs).toHaveLength(1)
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ kind: 'ready' }))
    expect(states).toHaveLength(2)
    expect(await queue.audit()).toMatchObject({ enqueued: 1, inFlight: 1, lost: 0 })
  })
})

describe('a Redis that is full and throws nothing away', () => {
  const PAIRS = 300
  // Its columns do not matter here.
  const analyzer: Analyzer = { analyze: async () => ({ kind: 'succeeded', result: { note: 'x'.repeat(200) } as unknown as PairResult }) }

  function engineOver(queue: RedisWorkQueue, more: Partial<EngineOptions> = {}): { engine: Engine; said: string[] } {
    const said: string[] = []
    const engine = new Engine({
      queue,
      analyzer,
      clock: systemClock,
      random: () => 0.5,
      pace: null,
      pacing: 'adaptive',
      sizing: 'manual',
      maxBatchSize: 500,
      batchSize: 20,
      pairTimeoutMs: 300_000,
      leaseMs: 30_000,
      retries: { maxAttempts: 3 },
      breaker: { windowMs: 30_000, failureShare: 0.5, minimumCount: 10, refusalsMs: 90_000 },
      untilEmpty: true,
      ...more,
    })
    engine.subscribe((event) => said.push(...linesOf(event).map(({ text }) => text)))
    return { engine, said }
  }

  it('is waited for, in words that name the setting, and work goes on when there is room: nothing is lost', async () => {
    const { url } = await ownRedis('--maxmemory-policy', 'noeviction')
    const { redis } = await connected(url)
    const queue = new RedisWorkQueue({ redis, pipeline: 'full', inbox: 'inbox', owner: 'a', leaseMs: 30_000, maxRecoveries: 3 })
    await queue.enqueue(Array.from({ length: PAIRS }, (_, n) => entry(`w${n}`)))
    await redis.config('SET', 'maxmemory', '1mb')
    const { engine, said } = engineOver(queue)
    engine.start()
    await vi.waitFor(() => expect(said.join('\n')).toMatch(/Redis is full.*maxmemory/), { timeout: 10_000 })
    await expect(queue.enqueue([entry('another')])).rejects.toThrow('OOM')
    await redis.config('SET', 'maxmemory', '0')
    await engine.whenIdle
    expect(await queue.audit()).toMatchObject({ enqueued: PAIRS, done: PAIRS, lost: 0 })
  })

  it('is noticed at once while every pair waits for leave to send, and so is its end', async () => {
    const { url } = await ownRedis('--maxmemory-policy', 'noeviction')
    const { redis } = await connected(url)
    const queue = new RedisWorkQueue({ redis, pipeline: 'full', inbox: 'inbox', owner: 'a', leaseMs: 30_000, maxRecoveries: 3 })
    await queue.enqueue(Array.from({ length: 5 }, (_, n) => entry(`w${n}`)))
    const gate = new AccountGate({ redis, keys: accountKeys('api', 'key'), owner: 'a', clock: systemClock, settings: { plan: null, limits: [{ requests: 100, windowMs: 1000 }] } })
    const governor = new Governor([{ number: 1, label: 'account 1', gate, groupOf: () => null }], systemClock)
    onTestFinished(() => governor.close())
    const over = new AbortController()
    const asking: Analyzer = {
      analyze: async (_entry, attempt) => {
        while (!over.signal.aborted) await governor.acquire('/x', new Set([1]), 60_000, attempt.signal)
        return { kind: 'succeeded', result: {} as PairResult } // its columns do not matter here
      },
    }
    const { engine, said } = engineOver(queue, { analyzer: asking, pace: governor })
    engine.start()
    await vi.waitFor(async () => expect((await queue.audit()).inFlight).toBe(5))
    await redis.config('SET', 'maxmemory', '1mb')
    await vi.waitFor(() => expect(said.join('\n')).toMatch(/Redis is full.*maxmemory/), { timeout: 3000 })
    await redis.config('SET', 'maxmemory', '0')
    await vi.waitFor(() => expect(said.at(-1)).toContain('going on'), { timeout: 3000 })
    expect(said.filter((text) => text.includes('Redis is full'))).toHaveLength(1)
    over.abort()
    await engine.whenIdle
    expect(await queue.audit()).toMatchObject({ enqueued: 5, done: 5, lost: 0 })
  })
})
