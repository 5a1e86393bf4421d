import { randomUUID } from 'node:crypto'
import { inject, onTestFinished } from 'vitest'
import { QueueReader } from '../../src/main/queue/reads'
import { RedisWorkQueue, type QueueOptions } from '../../src/main/queue/redis-work-queue'
import { RedisConnection } from '../../src/main/redis/connection'

/** A pipeline of the test's own in the shared Redis, gone when the test has finished, or when `whenDone` says. */
export async function freshPipeline(whenDone: (close: () => Promise<void>) => unknown = onTestFinished) {
  const pipeline = `test-${randomUUID()}`
  const inbox = `test-inbox-${pipeline}`
  const connection = await RedisConnection.open(inject('redisUrl'), 'test')
  const { redis } = connection
  whenDone(async () => {
    const keys = await redis.keys(`{sluice:${pipeline}}:*`)
    await redis.del(inbox, ...keys)
    connection.close()
  })
  const queueOf = (owner: string, options: Partial<QueueOptions> = {}) =>
    new RedisWorkQueue({ redis, pipeline, inbox, owner, leaseMs: 30_000, maxRecoveries: 3, ...options })
  const queue = queueOf('a')
  return { pipeline, inbox, redis, queue, queueOf, reader: new QueueReader(redis, queue.keys) }
}

export type Pipeline = Awaited<ReturnType<typeof freshPipeline>>

/** A wallet's entry for the queue, as JSON text. */
export function entry(wallet: string, more: object = {}): string {
  return JSON.stringify({ wallet_address: wallet, token_address: 'T', ...more })
}

export function idOf(wallet: string): string {
  return `solana:${wallet}:T`
}

/** Everything that a reader yields. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}
