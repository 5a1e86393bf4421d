import { z } from 'zod'
import type { Effort } from '../engine/ports'
import type { BirdeyeClient, Fault } from './birdeye-client'
import { readItem, type Swap } from './swap'

export interface WalletHistory {
  readonly kind: 'history'
  /** Over all tokens, newest first, each once. */
  readonly swaps: readonly Swap[]
  /** Items of which not even the time or the sides could be read. */
  readonly unreadable: number
  /** The limit was reached, or the API went round in circles, before the wallet's history ended. */
  readonly truncated: boolean
  /** Pages asked for. */
  readonly requests: number
}

interface HistoryRequest {
  readonly chain: string
  readonly wallet: string
  readonly maxTransactions: number
  /** Unix seconds; swaps from this second on are not asked for. */
  readonly beforeSeconds: number
}

const PAGE_LIMIT = 100
/** offset + limit may not exceed it. */
const OFFSET_CAP = 10_000

const pageSchema = z.object({
  items: z.array(z.unknown()),
  /** Seen under this name, documented as `hasNext`. */
  has_next: z.boolean().optional().catch(undefined),
  hasNext: z.boolean().optional().catch(undefined),
})

/**
 * Reads a wallet's swaps page by page, up to `maxTransactions`, or answers the fault of the first page that fails: never
 * half of the data. Rejects with the signal's reason only.
 *
 * `before_time` stands still while the offset moves, so that new swaps do not shift the pages; where the offset reaches
 * its cap, a new window begins at the oldest swap read. It begins one second later than that swap, because other swaps of
 * that second may be unread; what is seen twice counts once. `after_time` is never sent: both together are refused.
 */
export async function readHistory(
  client: BirdeyeClient,
  request: HistoryRequest,
  signal: AbortSignal,
  effort?: Effort,
): Promise<WalletHistory | Fault> {
  const reading = new Reading(request)
  for (;;) {
    const reply = await client.get(reading.nextQuery(), signal, effort)
    if (reply.kind !== 'data') return reply
    const end = reading.take(reply.data)
    if (end !== 'more') return reading.history(end)
  }
}

/**
 * 1. Says which page comes next.
 * 2. Takes a page in: each swap once, up to the limit.
 * 3. Knows when the history is complete, and when it is cut.
 */
class Reading {
  readonly #swaps: Swap[] = []
  readonly #seen = new Set<string>()
  #unreadable = 0
  #requests = 0
  #offset = 0
  #beforeSeconds: number

  constructor(private readonly request: HistoryRequest) {
    this.#beforeSeconds = request.beforeSeconds
  }

  nextQuery() {
    return {
      endpoint: '/trader/txs/seek_by_time',
      chain: this.request.chain,
      parameters: {
        address: this.request.wallet,
        offset: String(this.#offset),
        limit: String(this.#limit),
        before_time: String(this.#beforeSeconds),
        tx_type: 'swap',
      },
      data: pageSchema,
    } as const
  }

  take(page: z.infer<typeof pageSchema>): 'more' | 'complete' | 'truncated' {
    this.#requests++
    const hasNext = page.has_next ?? page.hasNext ?? page.items.length >= this.#limit
    const known = this.#seen.size
    for (const item of page.items) {
      if (!this.#add(item)) return 'truncated'
    }
    // A claim of more after an empty page is what a total divisible by the limit looks like.
    if (!hasNext || page.items.length === 0) return 'complete'
    // A page of nothing new means that the API does not move on; asking on could go on for ever.
    if (this.#seen.size === known || this.#seen.size >= this.request.maxTransactions) return 'truncated'
    return this.#advance(page.items.length)
  }

  history(end: 'complete' | 'truncated'): WalletHistory {
    return {
      kind: 'history',
      swaps: this.#swaps,
      unreadable: this.#unreadable,
      truncated: end === 'truncated',
      requests: this.#requests,
    }
  }

  get #limit(): number {
    return Math.min(PAGE_LIMIT, this.request.maxTransactions)
  }

  /** False when the item is one too many. */
  #add(item: unknown): boolean {
    const read = readItem(item)
    const identity = read.kind === 'swap' ? read.swap.identity : read.identity
    if (this.#seen.has(identity)) return true
    if (this.#seen.size >= this.request.maxTransactions) return false
    this.#seen.add(identity)
    if (read.kind === 'swap') this.#swaps.push(read.swap)
    if (read.kind === 'unreadable') this.#unreadable++
    return true
  }

  #advance(items: number): 'more' | 'truncated' {
    if (this.#offset + items + this.#limit <= OFFSET_CAP) {
      this.#offset += items
      return 'more'
    }
    const oldest = this.#swaps.at(-1)
    if (oldest === undefined) return 'truncated' // no time to go on from
    this.#offset = 0
    this.#beforeSeconds = oldest.timeSeconds + 1
    return 'more'
  }
}
