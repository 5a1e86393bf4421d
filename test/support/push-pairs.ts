import { join } from 'node:path'
import { RedisConnection } from '../../src/main/redis/connection'

/** Pushes so many pairs to the private Redis of the app in this home, as a producer would. */
export async function pushPairs(home: string, count: number): Promise<void> {
  const connection = await RedisConnection.open(`unix://${join(home, 'data/redis/redis.sock')}`, 'test')
  const pairs = Array.from({ length: count }, (_, i) => ({ wallet_address: `0x${String(i).padStart(40, '0')}`, token_address: `0x${'a'.repeat(40)}`, chain: 'base' }))
  await connection.redis.lpush('discovered_wallet_token_pairs_queue', ...pairs.map((pair) => JSON.stringify(pair)))
  await connection.close()
}
