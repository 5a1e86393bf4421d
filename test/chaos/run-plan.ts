import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { doneTwice, isWhole, recount } from '../../scripts/recount.mjs'
import { Link } from './link'
import { LEASE_SECONDS, type Plan, type Strike } from './plan'
import { ApiProcess, DurableRedis, startSluice, UNSYNCED_MS, type Child } from './processes'

export type Count = Awaited<ReturnType<typeof recount>>

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

const PIPELINE = 'chaos'
const FINISH_WITHIN_MS = 120_000
const CHUNKS = 4
/** As a URL: the path may hold spaces. */
const clockFile = pathToFileURL(resolve(import.meta.dirname, 'shifted-clock.mjs')).href
const TOKEN = `0x${'a'.repeat(40)}`

/** Engines, a Redis, the network between them and the API, all of which can be struck. */
class World {
  readonly #engines: Child[] = []
  readonly said: string[] = []
  #acknowledged: { readonly wallets: readonly string[]; readonly atMs: number }[] = []
  /** Acknowledged, and then perhaps forgotten: who brings pairs has to bring them again. */
  #atRisk: string[] = []
  #redisRestarted: Promise<void> = Promise.resolve()
  #misuses = 0
  #isOver = false

  constructor(
    readonly folder: string,
    private readonly plan: Plan,
    readonly redis: DurableRedis,
    readonly link: Link,
    private readonly api: ApiProcess,
  ) {
    for (let engine = 0; engine < plan.engines; engine += 1) this.#startEngine(engine)
  }

  /** Hands pairs in until that is acknowledged: what was acknowledged must be there at the end. */
  async enqueue(wallets: readonly string[]): Promise<void> {
    const file = join(this.folder, `pairs-${wallets[0]}.csv`)
    await writeFile(file, ['wallet,token,chain', ...wallets.map((wallet) => `${wallet},${TOKEN},base`)].join('\n'))
    for (let tries = 0; tries < 60; tries += 1) {
      const child = startSluice(['enqueue', file, '--redis', this.link.url, '--pipeline', PIPELINE])
      const outcome = await Promise.race([child.ended, sleep(20_000, 'late' as const)])
      if (outcome === 0) {
        this.#acknowledged.push({ wallets, atMs: performance.now() })
        return
      }
      await child.end('SIGKILL')
      this.said.push(`enqueue: ${child.said}`)
      await sleep(200)
    }
    throw new Error('The pairs could not be handed in')
  }

  /** Hands in once more what Redis acknowledged in the second before it went, where it syncs once a second. */
  async enqueueAgainWhatIsAtRisk(): Promise<void> {
    const wallets = this.#atRisk
    this.#atRisk = []
    if (wallets.length > 0) await this.enqueue(wallets)
  }

  async strike(strike: Strike): Promise<void> {
    const engine = 'engine' in strike ? this.#engines[strike.engine] : undefined
    switch (strike.kind) {
      case 'kill-engine':
        return engine?.end('SIGKILL')
      case 'stop-engine':
        return engine?.end('SIGTERM')
      case 'freeze-engine':
        engine?.process.kill('SIGSTOP')
        await sleep(strike.forMs)
        engine?.process.kill('SIGCONT')
        return
      case 'shift-clock':
        if (engine && !engine.isOver) engine.process.kill('SIGUSR2')
        return
      case 'kill-redis':
        return this.#restartRedis(() => this.redis.kill())
      case 'lose-power':
        return this.#restartRedis(() => this.redis.losePower())
      case 'retry-failed':
        await startSluice(['retry-failed', '--redis', this.link.url, '--pipeline', PIPELINE]).ended
        return
      case 'kill-clients':
        return this.#tellRedis('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
      case 'hold-redis':
        return this.#tellRedis('DEBUG', 'SLEEP', String(strike.forMs / 1000))
      case 'cut-link':
        return this.link.cut()
      case 'half-close-link':
        return this.link.halfClose()
      case 'stall-link':
        this.link.isStalled = true
        await sleep(strike.forMs)
        this.link.isStalled = false
        return
      case 'slow-link':
        this.link.delayMs = strike.delayMs
        await sleep(strike.forMs)
        this.link.delayMs = 0
        return
      case 'api-faults':
        return this.#misuseApi(strike)
      case 'api-refuses':
        await this.#misuseApi(strike)
        await Promise.all(this.#engines.map((one) => one.end('SIGTERM')))
    }
  }

  async close(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#engines.map((engine) => engine.end('SIGTERM')))
    for (const engine of this.#engines) this.said.push(engine.said)
    this.link.close()
    await this.redis.close()
    await this.api.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Of several at a time the last is in force, until all of them are over. */
  async #misuseApi({ spec, forMs }: { readonly spec: string; readonly forMs: number }): Promise<void> {
    this.#misuses += 1
    await this.api.setFaults(spec)
    await sleep(forMs)
    this.#misuses -= 1
    if (this.#misuses === 0) await this.api.setFaults('')
  }

  /** One after the other: two servers would not share a port. */
  #restartRedis(end: () => Promise<unknown>): Promise<void> {
    this.#redisRestarted = this.#redisRestarted.then(async () => {
      this.#noteWhatIsAtRisk()
      await end()
      await this.redis.startAgain()
    })
    return this.#redisRestarted
  }

  /** Twice the time: while a sync is under way, Redis holds the next one back. */
  #noteWhatIsAtRisk(): void {
    if (this.plan.appendfsync === 'always') return
    const sinceMs = performance.now() - 2 * UNSYNCED_MS
    this.#atRisk.push(...this.#acknowledged.filter(({ atMs }) => atMs > sinceMs).flatMap(({ wallets }) => wallets))
  }

  async #tellRedis(command: string, ...args: string[]): Promise<void> {
    const redis = this.redis.connect()
    redis.on('error', () => {
      // Another strike has it; the command waits.
    })
    await redis.call(command, ...args)
    redis.disconnect()
  }

  /** An engine that has ended is replaced, as a service manager does. */
  #startEngine(at: number): void {
    const shift = this.plan.strikes.find((strike) => strike.kind === 'shift-clock' && strike.engine === at)
    const hours = shift?.kind === 'shift-clock' ? shift.hours : 1
    const child = startSluice(
      ['work', '--config', join(this.folder, `engine-${at}.toml`), '--redis', this.link.url, '--pipeline', PIPELINE, '--api', this.api.url],
      { NODE_OPTIONS: `--import=${clockFile}`, SLUICE_CHAOS_HOURS: String(hours), SLUICE_API_KEYS: 'key1' },
    )
    this.#engines[at] = child
    void child.ended.then(async () => {
      this.said.push(child.said)
      await sleep(200)
      if (!this.#isOver) this.#startEngine(at)
    })
  }
}

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
