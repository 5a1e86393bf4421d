import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { base58 } from '@scure/base'
import { Redis } from 'ioredis'
import { PrivateRedis } from '../../../src/main/redis/private-redis'
import { DEFAULT_INBOX } from '../../../src/shared/config'
import type { SimulatorStats } from '../../../src/main/simulator/tally'

const CLI = resolve(import.meta.dirname, '../../../out/main/cli.js')
const READY_LIMIT_MS = 20_000

/** A simulated API in a process of its own. */
export interface RealApi {
  readonly url: string
  stats(): Promise<SimulatorStats>
  /** New limits from now on. */
  setRequestsPerSecond(rps: number): Promise<void>
}

/** Real processes on a real Redis: simulators and workers of the built console. Who opens it closes it. */
export class Stage {
  readonly #children = new Set<ChildProcess>()

  private constructor(
    private readonly folder: string,
    private readonly server: PrivateRedis,
  ) {}

  static async open(): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
    return new Stage(folder, await PrivateRedis.start(folder))
  }

  connect(): Redis {
    return new Redis({ path: this.server.url.replace(/^unix:\/\//, ''), maxRetriesPerRequest: null })
  }

  /** Pairs for the workers, each of its own wallet, by way of the inbox. */
  async fillInbox(count: number): Promise<void> {
    const redis = this.connect()
    const pairs = Array.from({ length: count }, (_, i) => JSON.stringify({ wallet_address: address(`wallet ${i}`), token_address: address(`token ${i % 50}`) }))
    for (let from = 0; from < count; from += 1000) await redis.lpush(DEFAULT_INBOX, ...pairs.slice(from, from + 1000))
    redis.disconnect()
  }

  /** Its law is a bucket; no answer says anything of the quota. */
  async simulator(rps: number): Promise<RealApi> {
    const child = this.#start(['simulate', '--rps', String(rps)])
    const url = await addressSaidBy(child)
    return {
      url,
      stats: async () => (await (await fetch(`${url}/__stats`)).json()) as SimulatorStats, // our own simulator's answer
      setRequestsPerSecond: async (changed) => {
        await fetch(`${url}/__control`, { method: 'POST', body: JSON.stringify({ rps: changed }) })
      },
    }
  }

  /** A worker that is told nothing of the quota. */
  worker(api: RealApi): ChildProcess {
    return this.#start(['work', '--redis', this.server.url, '--api', api.url])
  }

  async close(): Promise<void> {
    const ends = [...this.#children].map((child) => new Promise((done) => child.once('exit', done)))
    for (const child of this.#children) child.kill('SIGKILL')
    await Promise.all(ends)
    await this.server.leave()
    await rm(this.folder, { recursive: true, force: true })
  }

  #start(args: readonly string[]): ChildProcess {
    const env = { ...process.env, HOME: this.folder, XDG_CONFIG_HOME: this.folder, SLUICE_API_KEYS: 'bench' }
    const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] })
    this.#children.add(child)
    child.once('exit', () => this.#children.delete(child))
    return child
  }
}

async function addressSaidBy(child: ChildProcess): Promise<string> {
  let said = ''
  child.stdout?.on('data', (text: Buffer) => (said += text.toString()))
  for (let waitedMs = 0; waitedMs < READY_LIMIT_MS; waitedMs += 20) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
    if (url !== undefined) return url
    await sleep(20)
  }
  throw new Error(`The simulator did not say where it is. It said: ${said}`)
}

/** 32 bytes, as Solana's are. */
function address(name: string): string {
  return base58.encode(createHash('sha256').update(name).digest())
}
