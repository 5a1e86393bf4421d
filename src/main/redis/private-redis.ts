import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { takeLock } from './file-lock.mjs'
import { findRedisServer } from './find-server'
import { RedisUnusable } from './problems'

/** Names of Sluice's own connections begin with this; it is how the last one to leave knows that it is the last. */
export const CLIENT_NAME_PREFIX = 'sluice:'
/** A Unix socket's path may have about a hundred bytes. */
const MAX_SOCKET_PATH = 100
/** Loading a large append-only file takes its time. */
const START_LIMIT_MS = 120_000
const POLL_MS = 15
const RESTART_WAIT_MS = 500

/**
 * A Redis of Sluice's own, on a Unix socket, with its data in the app's folder.
 * 1. Starts one, or joins the one that another Sluice process on the same folder has started.
 * 2. Starts it again if it dies.
 * 3. Stops it when the last Sluice process leaves. Never touches a Redis that Sluice did not start.
 */
export class PrivateRedis {
  #child: ChildProcess | null = null
  #leaving = false

  private constructor(
    private readonly program: string,
    private readonly folder: string,
    private readonly socket: string,
  ) {}

  /** `folder` holds the data. Rejects with RedisUnusable when there is no server program or it does not start. */
  static async start(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<PrivateRedis> {
    const program = findRedisServer(env['PATH'] ?? '', process.platform)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const server = new PrivateRedis(program, folder, await socketFor(folder))
    await server.#ensureRunning()
    return server
  }

  get url(): string {
    return `unix://${this.socket}`
  }

  /** Ends this process's part in it. Close this process's own connections first. */
  async leave(): Promise<void> {
    this.#leaving = true
    await withControl(this.socket, async (control) => {
      const clients = (await control.client('LIST')) as string // CLIENT LIST answers one text
      if (clients.includes(` name=${CLIENT_NAME_PREFIX}`)) return
      // The server closes the connection instead of answering.
      await control.shutdown('SAVE').catch(() => undefined)
      await this.#whenGone()
    }).catch(() => undefined)
    this.#child?.unref()
  }

  async #ensureRunning(): Promise<void> {
    const deadline = Date.now() + START_LIMIT_MS
    while (!(await isAnswering(this.socket))) {
      if (Date.now() > deadline) throw await this.#notStarted('it did not answer in time')
      await withLock(join(this.folder, 'start.lock'), async () => {
        if (await isAnswering(this.socket)) return
        await this.#spawn(deadline)
      })
      await sleep(POLL_MS)
    }
  }

  async #spawn(deadline: number): Promise<void> {
    // A group of its own: Ctrl-C in the terminal must not take it away before the engine has handed back its work.
    const child = spawn(this.program, serverArguments(this.folder, this.socket), { stdio: 'ignore', detached: true })
    this.#child = child
    let exited: string | null = null
    child.once('error', (error) => (exited = error.message))
    child.once('exit', (code, signal) => (exited ??= `it ended with ${signal ?? `exit code ${code}`}`))
    while (!(await isAnswering(this.socket))) {
      if (exited !== null) throw await this.#notStarted(exited)
      if (Date.now() > deadline) throw await this.#notStarted('it did not answer in time')
      await sleep(POLL_MS)
    }
    child.unref()
    child.once('exit', () => void this.#restart())
  }

  async #restart(): Promise<void> {
    await sleep(RESTART_WAIT_MS)
    if (this.#leaving) return
    // Said by its absence: the connection is lost, and the window shows it.
    await this.#ensureRunning().catch(() => undefined)
  }

  async #whenGone(): Promise<void> {
    for (let polls = 0; polls < 200 && (await isAnswering(this.socket)); polls += 1) await sleep(POLL_MS)
  }

  async #notStarted(reason: string): Promise<RedisUnusable> {
    const log = await readFile(join(this.folder, 'redis.log'), 'utf8').catch(() => '')
    const last = log.trim().split('\n').slice(-3).join('\n')
    return new RedisUnusable(
      `The private Redis (${this.program}, data in ${this.folder}) did not start: ${reason}.${last ? ` Its log ends with:\n${last}` : ''}`,
    )
  }
}

function serverArguments(folder: string, socket: string): string[] {
  const settings: Record<string, string> = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: folder,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
    loglevel: 'warning',
    logfile: join(folder, 'redis.log'),
    daemonize: 'no',
  }
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
}

async function socketFor(folder: string): Promise<string> {
  const near = join(folder, 'redis.sock')
  if (Buffer.byteLength(near) <= MAX_SOCKET_PATH) return near
  const short = join(tmpdir(), `sluice-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)
  await mkdir(short, { recursive: true, mode: 0o700 })
  return join(short, 'redis.sock')
}

async function isAnswering(socket: string): Promise<boolean> {
  return withControl(socket, async (control) => (await control.ping()) === 'PONG').catch(() => false)
}

/** A short-lived connection without a Sluice name. */
async function withControl<T>(socket: string, task: (control: Redis) => Promise<T>): Promise<T> {
  const control = new Redis({ path: socket, lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false })
  control.on('error', () => undefined)
  try {
    await control.connect()
    return await task(control)
  } finally {
    control.disconnect()
  }
}

/** Runs the task unless another holds the lock; then it answers without having run it. */
async function withLock(file: string, task: () => Promise<void>): Promise<void> {
  const release = takeLock(file)
  if (release === null) return
  try {
    await task()
  } finally {
    release()
  }
}
