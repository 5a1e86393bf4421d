import { rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, it, onTestFinished } from 'vitest'
import { assemble } from '../../../src/main/assembly/assemble'
import { RedisConnection } from '../../../src/main/redis/connection'
import { PrivateRedis } from '../../../src/main/redis/private-redis'
import { configSchema } from '../../../src/shared/config'

it('a console that cannot be assembled closes what it had opened: its private Redis ends', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'sluice-assemble-'))
  onTestFinished(() => rm(userData, { recursive: true, force: true }))
  const before = await PrivateRedis.start(join(userData, 'redis'))
  const writer = new Redis({ path: before.url.slice('unix://'.length) })
  await writer.set('{sluice:demo}:ledger', 'not a hash: no audit can read it')
  writer.disconnect()
  await before.leave()

  const config = configSchema.parse({})
  const parts = { config, warnings: [], userData, untilEmpty: true, onLogLine: () => {} }
  await expect(assemble({ ...parts, demo: 'always' })).rejects.toThrow('WRONGTYPE')
  await expect(RedisConnection.open(before.url, 'test')).rejects.toThrow('nothing listens there')
})
