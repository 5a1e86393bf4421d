import { setMaxListeners } from 'node:events'
import { z } from 'zod'
import { foldAddress } from '../../shared/pair'
import type { Clock, Effort } from '../engine/ports'
import type { BirdeyeClient, Fault, Reply } from './birdeye-client'
import { type Decimal, parsePositive } from './decimal'

/** A token's current price; `usd` is null where the API knows none. */
type PriceReply = { readonly kind: 'price'; readonly usd: Decimal | null } | Fault

interface Entry {
  readonly reply: Promise<PriceReply>
  /** What the request that it shares has cost. */
  readonly effort: Readonly<Effort>
  /** Infinity while the request is under way. */
  expiresAtMs: number
}

/** Tokens of one chain that will be asked for in one request. */
interface Group {
  readonly tokens: Set<string>
  readonly effort: Readonly<Effort>
  readonly replies: Promise<Replies>
  departNow(): void
}

/** By folded address. */
type Replies = ReadonlyMap<string, PriceReply>

const KEEP_MS = 60_000
const MAX_TOKENS_PER_REQUEST = 100
/** How long a request waits for company: short beside a request, long beside the spread of a batch's pairs. */
const COLLECT_MS = 50
const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 4000
const NO_PRICE: PriceReply = { kind: 'price', usd: null }

/** An entry that is null, missing or unreadable, or a price that is not positive, means that no price is known. */
const pricesSchema = z
  .record(z.string(), z.object({ value: z.string() }).nullable().catch(null))
  .transform((entries) => {
    const prices = Object.entries(entries)
    return new Map(prices.map(([token, entry]) => [foldAddress(token), parsePositive(entry?.value ?? null)]))
  })

/**
 * 1. Answers a token's current price, asked for once per token and minute however many pairs want it.
 * 2. Gathers what is wanted at about the same time into requests of up to 100 tokens of one chain.
 * 3. Tries a refused or failed request again itself, because many pairs hang on it: each of them would else read its whole
 *    history once more. What still fails reaches every pair that waits for it, and is not kept.
 */
export class PriceBook {
  /** By chain and folded address, in the order in which they were asked for. */
  readonly #entries = new Map<string, Entry>()
  readonly #collecting = new Map<string, Group>()
  readonly #closed = new AbortController()

  constructor(
    private readonly client: BirdeyeClient,
    private readonly clock: Clock,
  ) {
    // Each request that waits has a listener on it and takes it along; Node would warn of a leak from the eleventh on.
    setMaxListeners(0, this.#closed.signal)
  }

  /** Rejects with the signal's reason when it is aborted; the request goes on for the others. */
  async price(chain: string, token: string, signal: AbortSignal, effort?: Effort): Promise<PriceReply> {
    signal.throwIfAborted()
    this.#forgetOld()
    const folded = foldAddress(token)
    const key = `${chain}:${folded}`
    const entry = this.#entries.get(key)
    const isFresh = entry !== undefined && entry.expiresAtMs > this.clock.nowMs()
    const asked = isFresh ? entry : this.#ask(key, chain, folded)
    const askedMs = this.clock.nowMs()
    const reply = await untilAborted(asked.reply, signal)
    // Of the time that the shared request waited for leave, this pair has waited no more than its own.
    if (effort) effort.waitedMs += Math.min(asked.effort.waitedMs, this.clock.nowMs() - askedMs)
    return reply
  }

  /** Ends the requests that are under way. */
  close(): void {
    this.#closed.abort(new Error('the price book is closed'))
  }

  #ask(key: string, chain: string, token: string): Entry {
    const group = this.#groupFor(chain)
    group.tokens.add(token)
    if (group.tokens.size >= MAX_TOKENS_PER_REQUEST) group.departNow()
    const reply = group.replies.then((replies) => replies.get(token) ?? NO_PRICE)
    const entry: Entry = { reply, effort: group.effort, expiresAtMs: Number.POSITIVE_INFINITY }
    this.#entries.delete(key) // so that it takes its place at the end
    this.#entries.set(key, entry)
    void reply.then(
      ({ kind }) => {
        if (kind === 'price') entry.expiresAtMs = this.clock.nowMs() + KEEP_MS
        else this.#entries.delete(key)
      },
      () => this.#entries.delete(key),
    )
    return entry
  }

  #groupFor(chain: string): Group {
    const collecting = this.#collecting.get(chain)
    if (collecting) return collecting
    const departure = new AbortController()
    const effort: Effort = { requests: 0, refused: 0, waitedMs: 0 }
    const tokens = new Set<string>()
    const depart = async () => {
      await this.clock.sleep(COLLECT_MS, departure.signal)
      if (this.#collecting.get(chain) === group) this.#collecting.delete(chain)
      return this.#fetch(chain, [...tokens], effort)
    }
    const departNow = () => {
      this.#collecting.delete(chain) // full: whoever comes next begins another
      departure.abort()
    }
    const group: Group = { tokens, effort, replies: depart(), departNow }
    this.#collecting.set(chain, group)
    return group
  }

  async #fetch(chain: string, tokens: readonly string[], effort: Effort): Promise<Replies> {
    const reply = await this.#request(chain, tokens, effort)
    if (reply.kind === 'data') return new Map([...reply.data].map(([token, usd]) => [token, { kind: 'price', usd }]))
    if (reply.kind !== 'permanent' || tokens.length === 1) return new Map(tokens.map((token) => [token, reply]))
    // One address that the API does not like must not fail the pairs of all others: halve until it stands alone.
    const middle = Math.ceil(tokens.length / 2)
    const first = await this.#fetch(chain, tokens.slice(0, middle), effort)
    return new Map([...first, ...(await this.#fetch(chain, tokens.slice(middle), effort))])
  }

  async #request(
    chain: string,
    tokens: readonly string[],
    effort: Effort,
  ): Promise<Reply<ReadonlyMap<string, Decimal | null>>> {
    const query = {
      endpoint: '/defi/multi_price',
      chain,
      parameters: { list_address: tokens.join(',') },
      data: pricesSchema,
    } as const
    for (let retryMs = FIRST_RETRY_MS; ; retryMs *= 2) {
      const reply = await this.client.get(query, this.#closed.signal, effort)
      const mayPass = reply.kind === 'rate-limited' || reply.kind === 'transient'
      if (!mayPass || retryMs > LAST_RETRY_MS) return reply
      await this.clock.sleep(retryMs, this.#closed.signal)
    }
  }

  #forgetOld(): void {
    const nowMs = this.clock.nowMs()
    for (const [key, entry] of this.#entries) {
      if (entry.expiresAtMs > nowMs) return // those behind it were asked for later
      this.#entries.delete(key)
    }
  }
}

async function untilAborted<T>(shared: Promise<T>, signal: AbortSignal): Promise<T> {
  const settled = new AbortController()
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: settled.signal })
  })
  try {
    return await Promise.race([shared, aborted])
  } finally {
    settled.abort()
  }
}
