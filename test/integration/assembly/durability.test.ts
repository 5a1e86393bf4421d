import { expect, inject, it } from 'vitest'
import { openBooks } from '../../../src/main/assembly/books'
import { RedisConnection } from '../../../src/main/redis/connection'
import { configSchema } from '../../../src/shared/config'

it('a server that cannot tell what is on its disk is refused where that is wanted, with what to set instead', async () => {
  const url = inject('redisUrl')
  const connection = await RedisConnection.open(url, 'test')
  const { whyNoDisk } = connection.facts
  connection.close()
  const config = configSchema.parse({ redis: { durability: 'disk' } })
  const opening = openBooks({ ...config, redis: { ...config.redis, url } }, 'not used', { pipeline: 'durability-test', inbox: 'durability-test-inbox' })
  if (whyNoDisk === null) return (await opening).close()
  await expect(opening).rejects.toThrow(`[redis] durability = "disk" cannot be kept: ${whyNoDisk}. Set it to "server", and "appendfsync always"`)
})
