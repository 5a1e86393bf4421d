import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, stat, truncate } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { findRedisServer } from '../../src/main/redis/server-program.mjs'

const program = resolve(import.meta.dirname, '../../out/main/cli.js')

const running = new Set<ChildProcess>()

/** However this process ends, by Ctrl-C as well, nothing that was started for a plan outlives it, frozen or not. */
export function endAllWithThis(): void {
  process.once('exit', () => {
    for (const one of running) one.kill('SIGKILL')
  })
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
}

/** A process of the plan: what it said last, and its end. */
export class Child {
  readonly ended: Promise<number | null>
  #said = ''
  #isOver = false

  constructor(readonly process: ChildProcess) {
    const hear = (chunk: Buffer) => (this.#said = (this.#said + chunk.toString()).slice(-20_000))
    process.stdout?.on('data', hear)
    process.stderr?.on('data', hear)
    running.add(process)
    this.ended = once(process, 'close').then(([code]) => {
      running.delete(process)
      this.#isOver = true
      return typeof code === 'number' ? code : null
    })
  }

  get said(): string {
    return this.#said
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Ends it, and waits until it has. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.#isOver) return
    this.process.kill('SIGCONT')
    this.process.kill(signal)
    await this.ended
  }
}

export function startSluice(args: readonly string[], env: Readonly<Record<string, string>> = {}): Child {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(SLUICE_|NODE_OPTIONS)/.test(name)))
  return new Child(spawn(process.execPath, [program, ...args], { env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] }))
}

/** How often it is looked at how much Redis has written. */
const LOOK_EVERY_MS = 50
/** What `appendfsync everysec` may keep in memory, though it has acknowledged it. */
export const UNSYNCED_MS = 1000

/** A Redis with an append-only file that can be killed and started again. */
export class DurableRedis {
  #server: Child
  /** How long its file was, and when; newest last. */
  #lengths: { readonly atMs: number; readonly bytes: number }[] = []
  readonly #watch: NodeJS.Timeout
  readonly #clients = new Set<Redis>()
  #isClosed = false

  private constructor(
    readonly port: number,
    readonly folder: string,
    private readonly appendfsync: string,
  ) {
    this.#server = this.#spawn()
    this.#watch = setInterval(() => void this.#look(), LOOK_EVERY_MS)
  }

  static async start(folder: string, appendfsync: string): Promise<DurableRedis> {
    const redis = new DurableRedis(await freePort(), folder, appendfsync)
    try {
      await redis.untilReady()
      return redis
    } catch (error) {
      await redis.close()
      throw error
    }
  }

  /** As seen by a bystander, not through the link. Who asks closes it, or this does when it is closed itself. */
  connect(): Redis {
    const client = new Redis({ port: this.port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: null })
    this.#clients.add(client)
    client.once('end', () => this.#clients.delete(client))
    return client
  }

  async kill(): Promise<void> {
    await this.#server.end('SIGKILL')
  }

  /** For good: a start that is under way elsewhere fails. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#watch)
    for (const client of this.#clients) client.disconnect()
    await this.kill()
  }

  /** As after a power failure: killed, and what it wrote last never reached the disk. Answers how many bytes are gone. */
  async losePower(): Promise<number> {
    await this.kill()
    const file = await this.#written()
    if (this.appendfsync === 'always' || file === null) return 0
    const atMs = performance.now() - UNSYNCED_MS
    const synced = this.#lengths.findLast((length) => length.atMs <= atMs)?.bytes ?? 0
    const { size } = await stat(file)
    await truncate(file, Math.min(synced, size))
    return Math.max(0, size - synced)
  }

  get aofFolder(): string {
    return join(this.folder, 'appendonlydir')
  }

  async #written(): Promise<string | null> {
    const names = await readdir(this.aofFolder).catch(() => [])
    const name = names.filter((one) => one.endsWith('.incr.aof')).toSorted().at(-1)
    return name === undefined ? null : join(this.aofFolder, name)
  }

  async #look(): Promise<void> {
    const atMs = performance.now()
    const file = await this.#written()
    if (file === null) return
    const { size } = await stat(file)
    this.#lengths = [...this.#lengths.slice(-100), { atMs, bytes: size }]
  }

  async startAgain(): Promise<void> {
    if (this.#isClosed) throw new Error('This Redis was closed for good')
    this.#server = this.#spawn()
    await this.untilReady()
  }

  async untilReady(): Promise<void> {
    const redis = this.connect()
    redis.on('error', () => {
      // It is not up yet.
    })
    const server = this.#server
    const gone = server.ended.then(() => {
      throw new Error(`Redis ended before it was ready: ${server.said}`)
    })
    try {
      await Promise.race([redis.ping(), gone])
    } finally {
      redis.disconnect()
    }
  }

  #spawn(): Child {
    const found = findRedisServer(process.env['PATH'] ?? '', process.platform) ?? 'redis-server'
    const settings = { port: this.port, bind: '127.0.0.1', dir: this.folder, appendonly: 'yes', appendfsync: this.appendfsync, save: '', 'auto-aof-rewrite-percentage': 0, 'enable-debug-command': 'local' }
    return new Child(spawn(found, Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]), { stdio: ['ignore', 'pipe', 'pipe'] }))
  }
}

/** The simulator as a process of its own, told what to do over HTTP. */
export class ApiProcess {
  private constructor(
    private readonly process: Child,
    readonly url: string,
  ) {}

  static async start({ seed, rps, latencyMs }: Readonly<Record<'seed' | 'rps' | 'latencyMs', number>>): Promise<ApiProcess> {
    const port = await freePort()
    const flags = ['--port', port, '--seed', seed, '--rps', rps, '--latency-ms', latencyMs].map(String)
    const child = startSluice(['simulate', ...flags])
    const api = new ApiProcess(child, `http://127.0.0.1:${port}`)
    while (!(await api.#answers())) {
      if (child.isOver) throw new Error(`The simulator did not start: ${child.said}`)
      await sleep(30)
    }
    return api
  }

  /** `spec` as `--faults` takes it; empty for none. */
  setFaults(spec: string): Promise<void> {
    return this.#set({ faults: spec || null })
  }

  setLatency(latencyMs: number): Promise<void> {
    return this.#set({ latencyMs })
  }

  async #set(changes: object): Promise<void> {
    const { ok, status } = await fetch(`${this.url}/__control`, { method: 'POST', body: JSON.stringify(changes) })
    if (!ok) throw new Error(`The simulator refused ${JSON.stringify(changes)}: ${status}`)
  }

  close(): Promise<void> {
    return this.process.end('SIGKILL')
  }

  #answers(): Promise<boolean> {
    return fetch(`${this.url}/__control`).then(({ ok }) => ok, () => false)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a server that listens on TCP has one
  server.close()
  return port
}
