import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { RedisConnection } from '../src/main/redis/connection'
import { PrivateRedis } from '../src/main/redis/private-redis'
import { workInLoops } from './engine/queue-loops'

/** What may be lost at worst when the power fails, and what Sluice does for that. */
const WAYS = [
  { fsync: 'no', durability: 'server', atRisk: 'what the system has not written, ~30 s' },
  { fsync: 'everysec', durability: 'server', atRisk: 'the last second' },
  { fsync: 'everysec', durability: 'disk', atRisk: 'nothing settled or queued' },
  { fsync: 'always', durability: 'server', atRisk: 'nothing' },
  { fsync: 'always', durability: 'disk', atRisk: 'nothing' },
] as const
const BATCH_SIZES = [20, 200]

type Way = (typeof WAYS)[number]

type Figure = Way & {
  readonly batchSize: number
  /** Median over the rounds; null where this server cannot do it. */
  readonly pairsPerSecond: number | null
}

/**
 * What it costs that nothing is lost in a power failure: pairs per second through claim, a no-op and settle, by how Redis
 * syncs its append-only file and whether Sluice waits for the disk (WAITAOF, Redis 7.2). All ways take turns, each run on a
 * Redis of its own in a fresh folder. The disk is that of the temporary folder: TMPDIR chooses another.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: { json: { type: 'boolean' }, pairs: { type: 'string' }, rounds: { type: 'string' } },
  })
  const pairs = Number(values.pairs ?? 20_000)
  const rounds = Number(values.rounds ?? 3)
  const cells = BATCH_SIZES.flatMap((batchSize) => WAYS.map((way) => ({ way, batchSize, speeds: [] as number[] })))
  let server = ''
  for (let round = 1; round <= rounds; round += 1) {
    for (const { way, batchSize, speeds } of cells) {
      const ran = await run(way, batchSize, pairs)
      server = ran.server
      if (ran.pairsPerSecond !== null) speeds.push(ran.pairsPerSecond)
    }
    process.stderr.write(`round ${round} of ${rounds}\n`)
  }
  const figures = cells.map(({ way, batchSize, speeds }): Figure => ({ ...way, batchSize, pairsPerSecond: median(speeds) }))
  if (values.json) process.stdout.write(`${JSON.stringify({ bench: 'durability', server, pairs, rounds, cpus: cpus().length, figures })}\n`)
  else report(server, figures)
}

async function run({ fsync, durability }: Way, batchSize: number, pairs: number) {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
  const server = await PrivateRedis.start(folder)
  const connection = await RedisConnection.open(server.url, 'bench')
  try {
    const { facts, redis } = connection
    if (durability === 'disk' && facts.whyNoDisk !== null) return { server: facts.server, pairsPerSecond: null }
    await redis.config('SET', 'appendfsync', fsync)
    const tookMs = await workInLoops(server.url, pairs, { loops: 2, batchSize }, durability)
    await redis.flushall()
    return { server: facts.server, pairsPerSecond: (pairs / tookMs) * 1000 }
  } finally {
    connection.close()
    await server.leave()
    await rm(folder, { recursive: true, force: true })
  }
}

function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null
}

function report(server: string, figures: readonly Figure[]): void {
  const lines = figures.map(({ fsync, durability, atRisk, batchSize, pairsPerSecond }) => {
    const usual = figures.find((one) => one.batchSize === batchSize && one.fsync === 'everysec' && one.durability === 'server')?.pairsPerSecond
    const speed = pairsPerSecond === null ? 'needs Redis 7.2' : String(Math.round(pairsPerSecond))
    const share = pairsPerSecond === null || !usual ? '' : `${Math.round((pairsPerSecond / usual) * 100)} %`
    return [fsync.padEnd(12), durability.padEnd(12), String(batchSize).padStart(6), speed.padStart(17), share.padStart(8), `  ${atRisk}`].join('')
  })
  const head = ['appendfsync'.padEnd(12), 'durability'.padEnd(12), 'batch'.padStart(6), 'pairs/s'.padStart(17), 'of usual'.padStart(9), ' lost at worst'].join('')
  process.stdout.write(`${[server, head, ...lines].join('\n')}\n`)
}
