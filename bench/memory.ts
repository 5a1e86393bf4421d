import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { RedisWorkQueue } from '../src/main/queue/redis-work-queue'
import { RedisConnection } from '../src/main/redis/connection'
import { PrivateRedis } from '../src/main/redis/private-redis'
import { startSimulator } from '../src/main/simulator/simulator'
import { inTemporaryFolder, runAlone } from './process'

const MEBIBYTE = 1024 * 1024
const MOST_BYTES = 250 * MEBIBYTE
/** From the first batch size to the last, which is the first one again. */
const MOST_GROWTH_BYTES = 32 * MEBIBYTE
const SIZES = [20, 1, 100, 500, 20]
const AT_ONCE = 1000

interface Sample {
  readonly size: number
  readonly rssBytes: number
  readonly mostBytes: number
  readonly ready: number
  readonly done: number
  readonly lost: number
}

/**
 * The memory of the process that works, with `--pairs` (1,000,000) waiting in a Redis of its own, `--seconds` (20) at each
 * batch size. It is the engine as the window's main process has it, without Electron. Fails beyond its limits.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...argv], options: { pairs: { type: 'string' }, seconds: { type: 'string' } } })
  const pairs = Number(values.pairs ?? 1_000_000)
  await inTemporaryFolder(async (folder) => {
    const redis = await PrivateRedis.start(join(folder, 'redis'))
    const api = await startSimulator({ latencyMs: 50 })
    try {
      await fill(redis.url, pairs)
      const args = [redis.url, api.url, folder, SIZES.join(','), values.seconds ?? '20']
      judge(await runAlone<Sample>('memory/worker.ts', args, folder))
    } finally {
      await api.close()
      await redis.leave()
    }
  })
}

async function fill(url: string, pairs: number): Promise<void> {
  const connection = await RedisConnection.open(url, 'bench')
  const { redis } = connection
  const inbox = 'discovered_wallet_token_pairs_queue'
  const queue = new RedisWorkQueue({ redis, pipeline: 'default', inbox, owner: 'bench', leaseMs: 30_000, maxRecoveries: 3 })
  for (let from = 0; from < pairs; from += AT_ONCE) await queue.enqueue(Array.from({ length: AT_ONCE }, (_, i) => entryOf(from + i)))
  connection.close()
}

function entryOf(n: number): string {
  const wallet = `0x${n.toString(16).padStart(40, '0')}`
  return JSON.stringify({ wallet_address: wallet, token_address: `0x${'a'.repeat(40)}`, chain: 'base' })
}

function judge(samples: readonly Sample[]): void {
  const mebibytes = (bytes: number) => `${Math.round(bytes / MEBIBYTE)} MiB`
  for (const { size, rssBytes, mostBytes, ready, done, lost } of samples) {
    console.log(`batch size ${size}: ${mebibytes(rssBytes)}, at most ${mebibytes(mostBytes)}; ${ready} ready, ${done} done, ${lost} lost`)
  }
  const most = Math.max(...samples.map(({ mostBytes }) => mostBytes))
  const growth = (samples.at(-1)?.rssBytes ?? 0) - (samples[0]?.rssBytes ?? 0)
  const isWorking = (samples.at(-1)?.done ?? 0) > 0 && samples.every(({ lost }) => lost === 0)
  console.log(`at most ${mebibytes(most)}; ${mebibytes(growth)} from the first size to the same one again`)
  if (isWorking && most <= MOST_BYTES && growth <= MOST_GROWTH_BYTES) return
  console.log(`NOT MET: at most ${mebibytes(MOST_BYTES)}, ${mebibytes(MOST_GROWTH_BYTES)} of growth, and pairs done without a loss`)
  process.exitCode = 1
}
