import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, stat, truncate } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { Redis } from 'ioredis'
import { findRedisServer } from '../../src/main/redis/server-program.mjs'

const program = resolve(import.meta.dirname, '../../out/main/cli.js')

/** A process of the plan: what it said last, and its end. */
export class Child {
  readonly ended: Promise<number | null>
  #said = ''
  #isOver = false

  constructor(readonly process: ChildProcess) {
    const hear = (chunk: Buffer) => (this.#said = (this.#said + chunk.toString()).slice(-20_000))
    process.stdout?.on('data', hear)
    process.stderr?.on('data', hear)
    this.ended = once(process, 'close').then(([code]) => {
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

/** A Redis with an append-only file that can be killed and started again. */
export class DurableRedis {
  #server: Child

  private constructor(
    readonly port: number,
    readonly folder: string,
    private readonly appendfsync: string,
  ) {
    this.#server = this.#spawn()
  }

  static async start(folder: string, appendfsync: string): Promise<DurableRedis> {
    const redis = new DurableRedis(await freePort(), folder, appendfsync)
    await redis.untilReady()
    return redis
  }

  /** As seen by a bystander, not through the link. Who asks closes it. */
  connect(): Redis {
    return new Redis({ port: this.port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: null })
  }

  async kill(): Promise<void> {
    await this.#server.end('SIGKILL')
  }

  /** As after a power failure: killed, and the end of what it wrote to its file never reached the disk. */
  async losePower(lostBytes: number): Promise<void> {
    await this.kill()
    const folder = join(this.folder, 'appendonlydir')
    const written = (await readdir(folder)).filter((name) => name.endsWith('.incr.aof')).toSorted().at(-1)
    if (written === undefined) throw new Error(`No append-only file in ${folder}`)
    const file = join(folder, written)
    await truncate(file, Math.max(0, (await stat(file)).size - lostBytes))
  }

  async startAgain(): Promise<void> {
    this.#server = this.#spawn()
    await this.untilReady()
  }

  async untilReady(): Promise<void> {
    const redis = this.connect()
    redis.on('error', () => {
      // It is not up yet.
    })
    await redis.ping()
    redis.disconnect()
  }

  #spawn(): Child {
    const found = findRedisServer(process.env['PATH'] ?? '', process.platform) ?? 'redis-server'
    const settings = { port: this.port, bind: '127.0.0.1', dir: this.folder, appendonly: 'yes', appendfsync: this.appendfsync, save: '', 'enable-debug-command': 'local' }
    return new Child(spawn(found, Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]), { stdio: ['ignore', 'pipe', 'pipe'] }))
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
