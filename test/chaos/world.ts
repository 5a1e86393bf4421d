import { writeFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { DEFAULT_INBOX } from '../../src/shared/config'
import type { Link } from './link'
import type { Plan, Strike } from './plan'
import { startSluice, UNSYNCED_MS, type ApiProcess, type Child, type DurableRedis } from './processes'

export const PIPELINE = 'chaos'
/** Of all pairs. */
export const TOKEN = `0x${'a'.repeat(40)}`
/** As a URL: the path may hold spaces. */
const clockFile = pathToFileURL(resolve(import.meta.dirname, 'shifted-clock.mjs')).href

export const API_LATENCY_MS = 15
/** In place of it, where pairs are to be held for long. */
const HELD_LATENCY_MS = 1500

/** Engines, a Redis, the network between them and the API, all of which can be struck. */
export class World {
  readonly #engines: Child[] = []
  readonly #children = new Set<Child>()
  readonly said: string[] = []
  readonly #handedIn: { readonly wallets: readonly string[]; readonly fromMs: number; readonly untilMs: number }[] = []
  /** When Redis went, where it syncs once a second. */
  readonly #losses: { readonly fromMs: number; readonly untilMs: number }[] = []
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
      const fromMs = performance.now()
      const child = this.#start(['enqueue', file, '--redis', this.link.url, '--pipeline', PIPELINE])
      const outcome = await Promise.race([child.ended, sleep(20_000, 'late' as const)])
      if (outcome === 0) {
        this.#handedIn.push({ wallets, fromMs, untilMs: performance.now() })
        return
      }
      await child.end('SIGKILL')
      this.said.push(`enqueue: ${child.said}`)
      await sleep(200)
    }
    throw new Error('The pairs could not be handed in')
  }

  /** Pushes pairs to the inbox until that is acknowledged, as producers in any language do. */
  async push(wallets: readonly string[]): Promise<void> {
    const producer = this.#bystander()
    const fromMs = performance.now()
    const entries = wallets.map((wallet) => JSON.stringify({ wallet_address: wallet, token_address: TOKEN, chain: 'base' }))
    if (entries.length > 0) await producer.lpush(DEFAULT_INBOX, ...entries)
    producer.disconnect()
    this.#handedIn.push({ wallets, fromMs, untilMs: performance.now() })
  }

  /** What is still in the inbox is in no place yet. */
  async untilInboxIsEmpty(limitMs: number): Promise<void> {
    const bystander = this.#bystander()
    const deadlineMs = performance.now() + limitMs
    while ((await bystander.llen(DEFAULT_INBOX)) > 0 && performance.now() < deadlineMs) await sleep(100)
    bystander.disconnect()
  }

  /**
   * Who brings pairs has to bring those again that Redis acknowledged in the second before it went, where it syncs once a
   * second; two seconds, since it holds the next sync back while one is under way. All others must be there.
   */
  async enqueueAgainWhatIsAtRisk(): Promise<void> {
    const isAtRisk = (part: { readonly fromMs: number; readonly untilMs: number }) =>
      this.#losses.some(({ fromMs, untilMs }) => part.fromMs <= untilMs && part.untilMs >= fromMs - 2 * UNSYNCED_MS)
    const wallets = this.#handedIn.filter(isAtRisk).flatMap((part) => part.wallets)
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
      case 'wake-zombie':
        return this.#wakeZombie(strike.engine, strike.forMs)
      case 'shift-clock':
        if (engine && !engine.isOver) engine.process.kill('SIGUSR2')
        return
      case 'kill-redis':
        return this.#restartRedis(() => this.redis.kill())
      case 'lose-power':
        return this.#restartRedis(() => this.redis.losePower())
      case 'retry-failed':
        await this.#start(['retry-failed', '--redis', this.link.url, '--pipeline', PIPELINE]).ended
        return
      case 'kill-clients':
        return this.#tellRedis('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
      case 'hold-redis':
        return this.#tellRedis('DEBUG', 'SLEEP', String(strike.forMs / 1000))
      case 'cut-link':
        return this.link.cut()
      case 'half-close-link':
        return this.link.halfClose()
      case 'silence-link':
        return this.link.silence()
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

  /** Whatever is under way here fails then, and starts nothing more. */
  async close(): Promise<void> {
    this.#isOver = true
    await Promise.all([...this.#children].map((child) => child.end('SIGKILL')))
    for (const engine of this.#engines) this.said.push(engine.said)
    this.link.close()
    await this.redis.close()
    await this.api.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** With answers that take so long that it holds many pairs when it is frozen, and so do others when it goes on. */
  async #wakeZombie(at: number, forMs: number): Promise<void> {
    await this.api.setLatency(HELD_LATENCY_MS)
    await sleep(HELD_LATENCY_MS)
    const engine = this.#engines[at]
    engine?.process.kill('SIGSTOP')
    await sleep(forMs)
    engine?.process.kill('SIGCONT')
    await sleep(HELD_LATENCY_MS)
    await this.api.setLatency(API_LATENCY_MS)
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
      const fromMs = performance.now()
      await end()
      if (this.plan.appendfsync === 'everysec') this.#losses.push({ fromMs, untilMs: performance.now() })
      await this.redis.startAgain()
    })
    return this.#redisRestarted
  }

  async #tellRedis(command: string, ...args: string[]): Promise<void> {
    const redis = this.#bystander()
    await redis.call(command, ...args)
    redis.disconnect()
  }

  #bystander() {
    const redis = this.redis.connect()
    redis.on('error', () => {
      // Another strike has it; the command waits.
    })
    return redis
  }

  #start(args: readonly string[], env?: Readonly<Record<string, string>>): Child {
    if (this.#isOver) throw new Error('The plan is over')
    const child = startSluice(args, env)
    this.#children.add(child)
    void child.ended.then(() => this.#children.delete(child))
    return child
  }

  /** An engine that has ended is replaced, as a service manager does. */
  #startEngine(at: number): void {
    const shift = this.plan.strikes.find((strike) => strike.kind === 'shift-clock' && strike.engine === at)
    const hours = shift?.kind === 'shift-clock' ? shift.hours : 1
    const child = this.#start(
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
