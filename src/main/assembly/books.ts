import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../shared/config'
import type { PairFilter } from '../queue/pair-pattern'
import { QueueReader } from '../queue/reads'
import { RedisWorkQueue } from '../queue/redis-work-queue'
import { RedisConnection } from '../redis/connection'
import { CLIENT_NAME_PREFIX, PrivateRedis } from '../redis/private-redis'
import { RedisUnusable, shortName } from '../redis/problems'

/** A pipeline in Redis: the queue, what can be read of it, and the connection below both. */
export interface Books {
  /** Names this process among others that work the same Redis. */
  readonly owner: string
  readonly connection: RedisConnection
  readonly queue: RedisWorkQueue
  readonly reader: QueueReader
  /** Where it is, with the password if there is one: for connecting once more, never for showing. */
  readonly url: string
  /** Where it is, in words fit for the screen. */
  readonly where: string
  close(): Promise<void>
}

export type { PairFilter }

/** Which queue of a Redis: its pipeline, and the list that its pairs come from. */
export type QueueNames = Pick<Config['redis'], 'pipeline' | 'inbox'>

/**
 * Opens the configured Redis, or else a private one with its data in `userData`. Rejects with RedisUnusable, whose message
 * is for a person.
 */
export async function openBooks(config: Config, userData: string, queueNames: QueueNames): Promise<Books> {
  const { url: configured } = config.redis
  const { pipeline, inbox } = queueNames
  const server = configured === undefined ? await PrivateRedis.start(join(userData, 'redis')) : null
  try {
    const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`
    const url = configured ?? server?.url ?? ''
    const connection = await RedisConnection.open(url, `${CLIENT_NAME_PREFIX}${owner}`)
    refuseUnlessOnDisk(config, connection)
    const queue = new RedisWorkQueue({
      redis: connection.redis,
      pipeline,
      inbox,
      owner,
      leaseMs: config.engine.lease_seconds * 1000,
      maxRecoveries: config.engine.max_recoveries,
      durability: config.redis.durability,
      priorities: {
        headStartMs: config.queue.priority_head_start_minutes * 60_000,
        byVolume: config.queue.priority_by_volume.map(([fromUsd, priority]) => ({ fromUsd, priority })),
      },
    })
    return {
      owner,
      connection,
      queue,
      reader: new QueueReader(connection.redis, queue.keys),
      url,
      where: server ? `private ${connection.facts.server}` : `${shortName(url)} · ${connection.facts.server}`,
      close: async () => {
        connection.close()
        await server?.leave()
      },
    }
  } catch (error) {
    await server?.leave()
    throw error
  }
}

/** A promise that cannot be kept is refused rather than broken. */
function refuseUnlessOnDisk({ redis }: Config, connection: RedisConnection): void {
  const why = redis.durability === 'disk' ? connection.facts.whyNoDisk : null
  if (why === null) return
  connection.close()
  throw new RedisUnusable(`[redis] durability = "disk" cannot be kept: ${why}. Set it to "server", and "appendfsync always" in redis.conf for the same safety`)
}
