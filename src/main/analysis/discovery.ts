import type { DiscoveryPlan, DiscoverySkip } from '../../shared/discovery'
import { foldAddress, pairId, type PairEntry } from '../../shared/pair'
import type { Clock } from '../engine/ports'
import type { Fault } from './birdeye-client'
import { readToken, readTrader, tradersSchema, trendingSchema, type TrendingToken } from './discovered-pair'
import { TOKENS_A_PAGE, TRADERS_A_PAGE } from './discovery-cost'
import { interleaved } from './interleave'
import type { PatientClient } from './patient-client'

export type DiscoveryEvent =
  /** The trending tokens whose traders will be asked for. */
  | { readonly kind: 'tokens'; readonly tokens: number }
  /** One page of traders; `traders` = the pairs + `repeated` + the skips that come with it. */
  | {
      readonly kind: 'pairs'
      readonly pairs: readonly PairEntry[]
      readonly traders: number
      readonly repeated: number
      readonly skips: readonly DiscoverySkip[]
    }
  | { readonly kind: 'token-read' }
  | { readonly kind: 'token-skipped'; readonly skip: DiscoverySkip }
  /** Nothing more can be had; the message says why and what to do. */
  | { readonly kind: 'failed'; readonly message: string }

export interface DiscoveryMeans {
  readonly client: Pick<PatientClient, 'get'>
  readonly clock: Clock
  /** Tokens whose traders are read at the same time. */
  readonly width: number
}

/** Requests are rarely slower than this; so many of them under way use a quota up. */
const SLOW_REQUEST_SECONDS = 0.6
const WIDEST = 8
/** Where the quota is not known, it is not to be tried out by force. */
const WIDTH_BY_DEFAULT = 2

/** How many tokens to read at a time, so that a quota of so many requests per second is used and not overrun. */
export function widthFor(quotaPerSecond: number | null): number {
  if (quotaPerSecond === null) return WIDTH_BY_DEFAULT
  return Math.min(WIDEST, Math.max(1, Math.floor(quotaPerSecond * SLOW_REQUEST_SECONDS)))
}

/**
 * Finds pairs: the trending tokens of a chain by rank, and the top traders of each by their volume of the last 24 hours. A
 * pair comes once, as soon as its page has been read. A token whose traders cannot be read is skipped, and what was read of
 * it stays. Rejects with the signal's reason when that aborts.
 */
export async function* discover(
  plan: DiscoveryPlan,
  means: DiscoveryMeans,
  signal: AbortSignal,
): AsyncGenerator<DiscoveryEvent, void> {
  const tokens: TrendingToken[] = []
  for await (const event of trendingTokens(plan, means, signal)) {
    if ('address' in event) tokens.push(event)
    else yield event
    if ('kind' in event && event.kind === 'failed') return
  }
  yield { kind: 'tokens', tokens: tokens.length }
  const found = new Set<string>()
  const read = (token: TrendingToken, inner: AbortSignal) => topTraders(token, plan, means, found, inner)
  for await (const event of interleaved(tokens, means.width, signal, read)) {
    yield event
    if (event.kind === 'failed') return
  }
}

/** All of the list before the first trader: it goes on changing, and what changes page while it is read comes twice or never. */
async function* trendingTokens(
  plan: DiscoveryPlan,
  { client }: DiscoveryMeans,
  signal: AbortSignal,
): AsyncGenerator<DiscoveryEvent | TrendingToken, void> {
  const seen = new Set<string>()
  for (let offset = 0; offset < plan.tokens; offset += TOKENS_A_PAGE) {
    const limit = Math.min(TOKENS_A_PAGE, plan.tokens - offset)
    const parameters = { sort_by: 'rank', sort_type: 'asc', offset: String(offset), limit: String(limit) }
    const query = { endpoint: '/defi/token_trending', chain: plan.chain, parameters, data: trendingSchema } as const
    const reply = await client.get(query, signal)
    if (reply.kind !== 'data') return yield withoutTokens(reply, offset)
    for (const item of reply.data.tokens) {
      const token = readToken(item, plan.chain)
      if ('reason' in token) yield { kind: 'token-skipped', skip: token }
      else if (seen.has(foldAddress(token.address))) yield skippedToken(token.name, 'the trending list names it twice')
      else {
        seen.add(foldAddress(token.address))
        yield token
      }
    }
    if (reply.data.tokens.length < limit) return
  }
}

/** Without its first page there is nothing to go on with; a later page costs only its own tokens. */
function withoutTokens(fault: Fault, offset: number): DiscoveryEvent {
  if (offset === 0 || isFinal(fault)) return { kind: 'failed', message: fault.message }
  return skippedToken(`all from rank ${offset + 1} on`, fault.message)
}

async function* topTraders(
  token: TrendingToken,
  { chain, traders }: DiscoveryPlan,
  { client, clock }: DiscoveryMeans,
  found: Set<string>,
  signal: AbortSignal,
): AsyncGenerator<DiscoveryEvent, void> {
  for (let offset = 0; offset < traders; offset += TRADERS_A_PAGE) {
    const limit = Math.min(TRADERS_A_PAGE, traders - offset)
    const order = { time_frame: '24h', sort_type: 'desc', sort_by: 'volume' }
    const parameters = { address: token.address, ...order, offset: String(offset), limit: String(limit) }
    const query = { endpoint: '/defi/v2/tokens/top_traders', chain, parameters, data: tradersSchema } as const
    const reply = await client.get(query, signal)
    if (reply.kind !== 'data') return yield withoutTraders(token, reply, offset)
    const { items } = reply.data
    yield pageOf(
      items.map((item) => readTrader(item, token, chain, clock.wallMs())),
      found,
    )
    if (items.length < limit) break
  }
  yield { kind: 'token-read' }
}

function withoutTraders({ name }: TrendingToken, fault: Fault, offset: number): DiscoveryEvent {
  if (isFinal(fault)) return { kind: 'failed', message: fault.message }
  return skippedToken(name, offset === 0 ? fault.message : `from its trader ${offset + 1} on: ${fault.message}`)
}

function pageOf(traders: readonly (PairEntry | DiscoverySkip)[], found: Set<string>): DiscoveryEvent {
  const pairs: PairEntry[] = []
  const skips: DiscoverySkip[] = []
  for (const trader of traders) {
    if ('reason' in trader) {
      skips.push(trader)
      continue
    }
    const id = pairId(trader)
    if (!found.has(id)) pairs.push(trader)
    found.add(id)
  }
  return { kind: 'pairs', pairs, traders: traders.length, repeated: traders.length - pairs.length - skips.length, skips }
}

function skippedToken(name: string, reason: string): DiscoveryEvent {
  return { kind: 'token-skipped', skip: { what: 'token', name, reason } }
}

/** Whether every other request would end the same way. */
function isFinal({ kind }: Fault): boolean {
  return kind === 'allowance-spent' || kind === 'configuration'
}
