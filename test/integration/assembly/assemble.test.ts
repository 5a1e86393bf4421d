import { rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, it, onTestFinished } from 'vitest'
import { assemble } from '../../../src/main/assembly/assemble'
import { RedisConnection } from '../../../src/main/redis/connection'
import { PrivateRedis } from '../../../src/main/redis/private-redis'
import { configSchema } from '../../../src/shared/config'
import type { LogLine } from '../../../src/shared/frames'

async function userDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-assemble-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

it('a console that cannot be assembled closes what it had opened: its private Redis ends', async () => {
  const userData = await userDataFolder()
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

it('the demo says that it uses neither the pipeline nor the inbox that is configured', async () => {
  const config = configSchema.parse({ redis: { pipeline: 'orders', inbox: 'orders_inbox' } })
  const said: string[] = []
  const onLogLine = ({ text }: LogLine) => said.push(text)
  const assembly = await assemble({ config, warnings: [], userData: await userDataFolder(), demo: 'if-unconfigured', untilEmpty: true, onLogLine })
  await assembly.close()
  const why = 'is not used: the demo has a queue of its own, "demo", so that its pairs never mix with real ones. Configure an API to work it'
  expect(said).toContain(`The pipeline "orders" ${why}`)
  expect(said).toContain(`The inbox "orders_inbox" ${why}`)
})
