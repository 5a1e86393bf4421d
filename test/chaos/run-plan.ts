import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { doneTwice, isWhole, recount } from '../../scripts/recount.mjs'
import { Link } from './link'
import { LEASE_SECONDS, type Plan } from './plan'
import { ApiProcess, DurableRedis } from './processes'
import { PIPELINE, TOKEN, World } from './world'

type Count = Awaited<ReturnType<typeof recount>>

export interface Verdict {
  readonly isWhole: boolean
  readonly isFinished: boolean
  readonly count: Count
  /** Pairs that the append-only file of Redis shows being done more than once. */
  readonly doneTwice: readonly string[]
  /** What the engines said last, for who looks for the cause. */
  readonly said: readonly string[]
  readonly tookMs: number
}

const FINISH_WITHIN_MS = 120_000
const CHUNKS = 4

/** Engine 0 paces as the classic rule does, the others adapt. */
function configOf(engine: number): string {
  return [
    '[engine]',
    `pacing = "${engine === 0 ? 'classic' : 'adaptive'}"`,
    `lease_seconds = ${LEASE_SECONDS}`,
    'max_recoveries = 1000',
    'pair_timeout_seconds = 10',
    'breaker_failure_share = 1',
    '[birdeye]',
    'request_timeout_seconds = 3',
  ].join('\n')
}

/** So fast that there is work for as long as things go wrong: a pair takes about two requests. */
function apiOf({ seed, pairs }: Plan) {
  return { latencyMs: 15, seed, rps: Math.ceil(pairs / 5) }
}

/** Runs a plan to its end and counts what became of every pair. */
export async function runPlan(plan: Plan): Promise<Verdict> {
  const startedMs = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'sluice-chaos-'))
  await mkdir(join(folder, 'redis'))
  for (let engine = 0; engine < plan.engines; engine += 1) await writeFile(join(folder, `engine-${engine}.toml`), configOf(engine))
  const redis = await DurableRedis.start(join(folder, 'redis'), plan.appendfsync)
  const world = new World(folder, plan, redis, await Link.open(redis.port), await ApiProcess.start(apiOf(plan)))
  const bystander = redis.connect()
  bystander.on('error', () => {
    // Redis is struck.
  })
  try {
    const wallets = Array.from({ length: plan.pairs }, (_, i) => `0x${i.toString(16).padStart(40, '0')}`)
    const handedIn = handIn(world, wallets)
    await Promise.all(plan.strikes.map(async (strike) => {
      await sleep(strike.atMs)
      await world.strike(strike)
    }))
    await handedIn
    await world.enqueueAgainWhatIsAtRisk()
    const expected = wallets.map((wallet) => `base:${wallet}:${TOKEN}`)
    const deadlineMs = performance.now() + FINISH_WITHIN_MS
    for (;;) {
      const count = await recount(bystander, PIPELINE, expected)
      const isFinished = count.done + count.failed === plan.pairs && count.ready + count.delayed + count.inFlight === 0
      if (isFinished || performance.now() > deadlineMs || !isWhole(count)) {
        const twice = await doneTwice(redis.aofFolder, PIPELINE)
        const tookMs = performance.now() - startedMs
        return { isWhole: isWhole(count) && twice.length === 0, isFinished, count, doneTwice: twice, said: world.said, tookMs }
      }
      await sleep(250)
    }
  } finally {
    bystander.disconnect()
    await world.close()
  }
}

/** A part at first, the others while things go wrong. */
async function handIn(world: World, wallets: readonly string[]): Promise<void> {
  const size = Math.ceil(wallets.length / CHUNKS)
  for (let from = 0; from < wallets.length; from += size) {
    await world.enqueue(wallets.slice(from, from + size))
    await sleep(500)
  }
}
