import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { takeLock } from './file-lock.mjs'
import { RedisUnusable } from './problems'
import { findRedisServer, howToHaveRedis } from './server-program.mjs'

/** Names of Sluice's own connections begin with this; it is how the last one to leave knows that it is the last. */
export const CLIENT_NAME_PREFIX = 'sluice:'
/** A Unix socket's path may have about a hundred bytes. */
const MAX_SOCKET_PATH = 100
/** Loading a large append-only file takes its time. */
const START_LIMIT_MS = 120_000
/** How long a leave waits for those who are joining. The server is theirs then. */
const LEAVE_LIMIT_MS = 2000
const POLL_MS = 15
const ANSWER_LIMIT_MS = 5000
/** Before a server that died is started again; doubled after each attempt that fails. */
const RESTART_WAIT_MS = 500
const MAX_RESTART_WAIT_MS = 10_000

/**
 * A Redis of Sluice's own, on a Unix socket, with its data in the app's folder.
 * 1. Starts one, or joins the one that another Sluice process on the same folder has started, also one that was killed since.
 * 2. Shows on that server that it is there, by a connection; when that ends, starts the server again.
 * 3. Stops it when the last Sluice process leaves. Never touches a Redis that Sluice did not start.
 * Joining and leaving hold the start lock: nobody stops a server that another is about to use.
 */
export class PrivateRedis {
  readonly #presenceName = `${CLIENT_NAME_PREFIX}presence:${process.pid}:${randomUUID().slice(0, 8)}`
  #presence: Redis | null = null
  #hasLeft = false

  private constructor(
    private readonly program: string,
    private readonly folder: string,
    private readonly socket: string,
  ) {}

  /** `folder` holds the data. Rejects with RedisUnusable when there is no server program or it does not start. */
  static async start(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<PrivateRedis> {
    const program = programOn(env['PATH'] ?? '')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const server = new PrivateRedis(program, folder, await socketFor(folder))
    await server.#join()
    return server
  }

  get url(): string {
    return `unix://${this.socket}`
  }

  /** Ends this process's part in it. Close this process's own connections first. */
  async leave(): Promise<void> {
    if (this.#hasLeft) return
    this.#hasLeft = true
    const release = await this.#lockBefore(performance.now() + LEAVE_LIMIT_MS)
    this.#presence?.disconnect()
    try {
      // Without the lock, somebody is joining, and will see to the server.
      if (release !== null) await this.#stopIfLast()
    } finally {
      release?.()
    }
  }

  async #join(): Promise<void> {
    const deadline = performance.now() + START_LIMIT_MS
    const release = await this.#lockBefore(deadline)
    if (release === null) throw await this.#notStarted('another process has been starting it for too long')
    try {
      if (this.#hasLeft) return
      if ((await lookAt(this.socket)) === 'absent') await this.#spawn(deadline)
      else await this.#untilReady(deadline, () => null)
      await this.#showPresence()
    } finally {
      release()
    }
  }

  async #spawn(deadline: number): Promise<void> {
    // A group of its own: Ctrl-C in the terminal must not take it away before the engine has handed back its work.
    // It may outlive us, and has no use for our keys.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SLUICE_')))
    const child = spawn(this.program, serverArguments(this.folder, this.socket), { stdio: 'ignore', detached: true, env })
    let exited: string | null = null
    child.once('error', (error) => (exited = error.message))
    child.once('exit', (code, signal) => (exited ??= `it ended with ${signal ?? `exit code ${code}`}`))
    try {
      await this.#untilReady(deadline, () => exited)
    } finally {
      child.unref()
    }
  }

  /** `ending` tells why there is nothing to wait for any more. */
  async #untilReady(deadline: number, ending: () => string | null): Promise<void> {
    while ((await lookAt(this.socket)) !== 'ready') {
      const reason = ending() ?? (performance.now() > deadline ? 'it did not answer in time' : null)
      if (reason !== null) throw await this.#notStarted(reason)
      await sleep(POLL_MS)
    }
  }

  async #showPresence(): Promise<void> {
    const presence = connectionTo(this.socket)
    await presence.connect()
    await presence.client('SETNAME', this.#presenceName)
    presence.once('close', () => void this.#rejoin())
    this.#presence = presence
  }

  /** Any of those who share a server starts it again, not only the one that started it: that one may be gone. */
  async #rejoin(): Promise<void> {
    for (let waitMs = RESTART_WAIT_MS; ; waitMs = Math.min(2 * waitMs, MAX_RESTART_WAIT_MS)) {
      await sleep(waitMs, undefined, { ref: false })
      if (this.#hasLeft) return
      try {
        return await this.#join()
      } catch {
        // Said by its absence: the connection is lost, and the window shows it.
      }
    }
  }

  async #stopIfLast(): Promise<void> {
    await withControl(this.socket, async (control) => {
      const clients = (await control.client('LIST')) as string // CLIENT LIST answers one text
      if (clients.includes(` name=${CLIENT_NAME_PREFIX}`)) return
      // The server closes the connection instead of answering.
      await control.shutdown('SAVE').catch(() => undefined)
      for (let polls = 0; polls < 200 && (await lookAt(this.socket)) !== 'absent'; polls += 1) await sleep(POLL_MS)
    }).catch(() => undefined)
  }

  async #lockBefore(deadline: number): Promise<(() => void) | null> {
    const file = join(this.folder, 'start.lock')
    for (;;) {
      const release = takeLock(file)
      if (release !== null || performance.now() > deadline) return release
      await sleep(POLL_MS)
    }
  }

  async #notStarted(reason: string): Promise<RedisUnusable> {
    const log = await readFile(join(this.folder, 'redis.log'), 'utf8').catch(() => '')
    const last = log.trim().split('\n').slice(-3).join('\n')
    return new RedisUnusable(
      `The private Redis (${this.program}, data in ${this.folder}) did not start: ${reason}.${last ? ` Its log ends with:\n${last}` : ''}`,
    )
  }
}

function programOn(pathVariable: string): string {
  const program = findRedisServer(pathVariable, process.platform)
  if (program !== null) return program
  throw new RedisUnusable(
    `No redis-server or valkey-server is on the PATH, and no Redis is configured. ${howToHaveRedis(pathVariable, process.platform)}, or set SLUICE_REDIS_URL to a Redis that runs.`,
  )
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

/** What listens but does not answer PING loads its data, or is busy: a second server beside it would spoil the data. */
async function lookAt(socket: string): Promise<'ready' | 'busy' | 'absent'> {
  return withControl(socket, async (control) => {
    const isReady = await control.ping().then(() => true, () => false)
    return isReady ? 'ready' : 'busy'
  }).catch(() => 'absent' as const)
}

/** A short-lived connection without a Sluice name. Rejects when nothing listens. */
async function withControl<T>(socket: string, task: (control: Redis) => Promise<T>): Promise<T> {
  const control = connectionTo(socket)
  try {
    await control.connect()
    return await task(control)
  } finally {
    control.disconnect()
  }
}

function connectionTo(socket: string): Redis {
  const once = { lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false, commandTimeout: ANSWER_LIMIT_MS }
  const connection = new Redis({ path: socket, ...once })
  connection.on('error', () => undefined)
  return connection
}
