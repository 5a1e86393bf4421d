import { Redis } from 'ioredis'
import { explainConnectFailure, RedisUnusable } from './problems'
import { readServer, type ServerFacts } from './server-facts'

export type LinkState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'lost'; readonly sinceMs: number; readonly reason: string }

/** How long the first connection may take. Later ones wait for as long as it needs. */
const FIRST_CONNECT_MS = 5000
/** A server that keeps the socket open but does not answer is taken for lost after this long. */
const SILENCE_MS = 15_000
const MAX_RECONNECT_WAIT_MS = 1000
const READ_ONLY = 'it has become a read-only replica; Sluice goes on when it, or another server at its address, takes writes'

/** What the client and its wrapper tell each other. */
interface Link {
  /** Reconnecting for ever begins with the first success. */
  isEstablished: boolean
  /** Since a write was refused: after a failover the old primary does so. */
  isReadOnly: boolean
}

/**
 * 1. Connects once, quickly or not at all, and refuses a server that cannot serve.
 * 2. Reconnects for ever after that; commands wait meanwhile, and those without an answer are sent again.
 * 3. Tells when the server is lost and when it is back. One that has become a replica is lost until it takes writes.
 */
export class RedisConnection {
  #state: LinkState = { kind: 'ready' }
  #lastError = 'the connection was closed'
  readonly #listeners = new Set<(state: LinkState) => void>()

  /** Connects. Rejects with RedisUnusable, whose message is for a person. `name` is what CLIENT LIST shows. */
  static async open(url: string, name: string): Promise<RedisConnection> {
    if (!isReadableUrl(url)) throw new RedisUnusable(explainConnectFailure(url, new Error('Invalid URL')))
    const link: Link = { isEstablished: false, isReadOnly: false }
    const redis = clientFor(url, name, link)
    let lastError: Error | null = null
    redis.on('error', (error: Error) => (lastError = error))
    try {
      const facts = await within(FIRST_CONNECT_MS, connectAndRead(redis))
      link.isEstablished = true
      return new RedisConnection(redis, facts, link)
    } catch (error) {
      redis.disconnect()
      if (error instanceof RedisUnusable) throw error
      throw new RedisUnusable(explainConnectFailure(url, lastError ?? error))
    }
  }

  private constructor(
    readonly redis: Redis,
    readonly facts: ServerFacts,
    private readonly link: Link,
  ) {
    redis.on('error', (error: Error) => (this.#lastError = error.message || this.#lastError))
    redis.on('close', () => this.#lose())
    redis.on('ready', () => void this.#find())
  }

  get state(): LinkState {
    return this.#state
  }

  /** Calls the listener at each change; answers the function that ends it. */
  subscribe(listener: (state: LinkState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Round trip in ms. Waits while the server is lost. */
  async ping(): Promise<number> {
    const startedMs = performance.now()
    await this.redis.ping()
    return performance.now() - startedMs
  }

  close(): void {
    this.#listeners.clear()
    this.redis.disconnect()
  }

  #lose(): void {
    if (this.#state.kind === 'lost') return
    this.#become({ kind: 'lost', sinceMs: Date.now(), reason: this.link.isReadOnly ? READ_ONLY : this.#lastError })
  }

  async #find(): Promise<void> {
    if (this.link.isReadOnly) {
      // Waits with all other commands where the connection is lost once more.
      const isReplica = /^role:slave/m.test(await this.redis.info('replication').catch(() => ''))
      if (isReplica) return this.redis.disconnect(true)
      this.link.isReadOnly = false
    }
    if (this.redis.status === 'ready') this.#become({ kind: 'ready' })
  }

  #become(state: LinkState): void {
    if (state.kind === 'ready' && this.#state.kind === 'ready') return
    this.#state = state
    this.#lastError = 'the connection was closed'
    for (const listener of this.#listeners) listener(state)
  }
}

/** ioredis throws a stack, not words, for what is no URL. */
function isReadableUrl(url: string): boolean {
  return url.startsWith('unix:') || URL.canParse(url)
}

function clientFor(url: string, name: string, link: Link): Redis {
  const path = /^unix:(?:\/\/)?(\/.*)$/.exec(url)?.[1]
  const options = {
    lazyConnect: true,
    connectionName: name,
    connectTimeout: FIRST_CONNECT_MS,
    socketTimeout: SILENCE_MS,
    keepAlive: 10_000,
    // Commands wait for the server instead of failing after some tries.
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => {
      if (!link.isEstablished) return null
      return link.isReadOnly ? MAX_RECONNECT_WAIT_MS : Math.min(50 * 2 ** times, MAX_RECONNECT_WAIT_MS)
    },
    // After a failover the old primary answers READONLY (Redis 6 in the middle of its words): connect anew, and send the command again.
    reconnectOnError: (error: Error) => {
      if (!/\bREADONLY\b/.test(error.message)) return false
      link.isReadOnly = true
      return 2
    },
  } as const
  return path === undefined ? new Redis(url, options) : new Redis({ ...options, path })
}

async function connectAndRead(redis: Redis): Promise<ServerFacts> {
  await redis.connect()
  return readServer(redis)
}

async function within<T>(limitMs: number, task: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs)
  })
  try {
    return await Promise.race([task, limit])
  } finally {
    clearTimeout(timer)
  }
}
