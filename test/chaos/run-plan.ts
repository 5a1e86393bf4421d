import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isWhole, readHistory, recount } from '../../scripts/recount.mjs'
import { Link } from './link'
import { LEASE_SECONDS, type Plan } from './plan'
import { ApiProcess, DurableRedis } from './processes'
import { API_LATENCY_MS, PIPELINE, TOKEN, World } from './world'

type Count = Awaited<ReturnType<typeof recount>>

export interface Verdict {
  readonly isWhole: boolean
  readonly isFinished: boolean
  readonly count: Count
  /** Pairs that the append-only file of Redis shows being done more than once. */
  readonly doneTwice: readonly string[]
  /** Pairs that it shows being settled by an engine that they were not lent to. */
  readonly settledByOthers: readonly string[]
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
  return { latencyMs: API_LATENCY_MS, seed, rps: Math.ceil(pairs / 5) }
}

/** Runs a plan to its end and counts what became of every pair. When `signal` aborts, everything of it is ended, and it rejects. */
export async function runPlan(plan: Plan, signal?: AbortSignal): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-chaos-'))
  await mkdir(join(folder, 'redis'))
  for (let engine = 0; engine < plan.engines; engine += 1) await writeFile(join(folder, `engine-${engine}.toml`), configOf(engine))
  const redis = await DurableRedis.start(join(folder, 'redis'), plan.appendfsync)
  const link = await Link.open(redis.port)
  const api = await ApiProcess.start(apiOf(plan)).catch(async (error: unknown) => {
    link.close()
    await redis.close()
    throw error
  })
  const world = new World(folder, plan, redis, link, api)
  try {
    return await Promise.race([carryOut(plan, world), whenAborted(signal)])
  } finally {
    await world.close()
  }
}

async function carryOut(plan: Plan, world: World): Promise<Verdict> {
  const startedMs = performance.now()
  const bystander = world.redis.connect()
  bystander.on('error', () => {
    // Redis is struck.
  })
  const wallets = Array.from({ length: plan.pairs }, (_, i) => `0x${i.toString(16).padStart(40, '0')}`)
  const strikes = plan.strikes.map(async (strike) => {
    await sleep(strike.atMs)
    await world.strike(strike)
  })
  await Promise.all([handIn(world, wallets), ...strikes])
  await world.enqueueAgainWhatIsAtRisk()
  await world.untilInboxIsEmpty(FINISH_WITHIN_MS)
  const expected = wallets.map((wallet) => `base:${wallet}:${TOKEN}`)
  const deadlineMs = performance.now() + FINISH_WITHIN_MS
  for (;;) {
    const count = await recount(bystander, PIPELINE, expected)
    const isFinished = count.done + count.failed === plan.pairs && count.ready + count.delayed + count.inFlight === 0
    if (isFinished || performance.now() > deadlineMs || !isWhole(count)) {
      const history = await readHistory(world.redis.aofFolder, PIPELINE)
      const settledByOthers = mayLendTwice(plan) ? [] : history.settledByOthers
      const isWholeThroughout = isWhole(count) && history.doneTwice.length + settledByOthers.length === 0
      const tookMs = performance.now() - startedMs
      return { isWhole: isWholeThroughout, isFinished, count, doneTwice: history.doneTwice, settledByOthers, said: world.said, tookMs }
    }
    await sleep(250)
  }
}

function whenAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const rejectNow = () => reject(signal?.reason instanceof Error ? signal.reason : new Error('The plan was ended'))
    if (signal?.aborted) rejectNow()
    else signal?.addEventListener('abort', rejectNow, { once: true })
  })
}

/** Redis that has lost writes lends the same pairs under the same tokens, until the engine that had them has looked. */
function mayLendTwice({ appendfsync, strikes }: Plan): boolean {
  return appendfsync === 'everysec' && strikes.some(({ kind }) => kind === 'lose-power' || kind === 'kill-redis')
}

/** A part at first, the others while things go wrong: by our own command and, as producers do, by the inbox in turn. */
async function handIn(world: World, wallets: readonly string[]): Promise<void> {
  const size = Math.ceil(wallets.length / CHUNKS)
  for (let part = 0; part < CHUNKS; part += 1) {
    const some = wallets.slice(part * size, (part + 1) * size)
    await (part % 2 === 0 ? world.enqueue(some) : world.push(some))
    await sleep(500)
  }
}
