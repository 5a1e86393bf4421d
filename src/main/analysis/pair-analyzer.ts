import type { PairEntry } from '../../shared/pair'
import type { BirdeyeFigures, PairTrades } from '../../shared/pair-page'
import type { Analyzer, Attempt, Clock, Outcome } from '../engine/ports'
import { Accounts, type AccountOptions } from './accounts'
import { pairProblem } from './addresses'
import { BirdeyeClient, type Governor, type RequestEvent } from './birdeye-client'
import { readBirdeyeFigures } from './birdeye-figures'
import type { Budget } from './compute-units'
import { matchFifo } from './fifo'
import { resultOf } from './pair-result'
import { readTrades } from './pair-trades'
import { PriceBook } from './price-book'
import { movesOfToken } from './token-moves'
import { readHistory } from './wallet-history'

interface PairAnalyzerOptions {
  readonly baseUrl: string
  /** Empty: requests go out without a key. */
  readonly accounts: readonly AccountOptions[]
  readonly requestTimeoutMs: number
  /** Swaps read of a wallet, over all its tokens, before its history is cut. */
  readonly maxTransactions: number
  readonly clock: Clock
  /** Who paces the requests. Without one, they go out as they come. */
  readonly governor?: Governor
  /** What may be spent. Without one, nothing limits it. */
  readonly budget?: Budget
  /** Hears of each request as it is sent and as it ends. */
  onRequest(event: RequestEvent): void
  /** Hears in words, free of secrets, which key or account went out of use or came back. */
  onNotice(text: string): void
}

export interface PairAnalyzer extends Analyzer {
  /** What the pairs are asked for with. Discovery asks with it too, so that both share accounts and quota. */
  readonly client: BirdeyeClient
  /** The trades of a pair, and the API's own figures for it, asked for anew. Reject with the signal's reason only. */
  trades(entry: PairEntry, signal: AbortSignal): Promise<PairTrades>
  birdeyeFigures(entry: PairEntry, signal: AbortSignal): Promise<BirdeyeFigures>
  /** Puts refused keys and parked accounts back in use: for an operator who starts again after mending them. */
  readmitAccounts(): void
  /** Ends the requests that pairs share. Pairs at work are ended by their own signals. */
  close(): void
}

/**
 * Analyses wallet-token pairs by the BirdEye API: profit and loss of the wallet in the token, first in, first out. Every
 * answer of the API becomes an outcome by the design's table "Outcomes"; a page or price that fails leaves the pair undone.
 */
export function createPairAnalyzer(options: PairAnalyzerOptions): PairAnalyzer {
  const accounts = new Accounts(options)
  const client = new BirdeyeClient({ ...options, accounts })
  const prices = new PriceBook(client, options.clock)
  return {
    client,
    analyze: (entry, attempt) => analyzePair(entry, { client, prices, ...options }, attempt),
    trades: (entry, signal) => readTrades(entry, { client, ...options }, signal),
    birdeyeFigures: (entry, signal) => readBirdeyeFigures(entry, client, signal),
    readmitAccounts: () => accounts.readmit(),
    close: () => prices.close(),
  }
}

interface Means {
  readonly client: BirdeyeClient
  readonly prices: PriceBook
  readonly clock: Clock
  readonly maxTransactions: number
}

async function analyzePair(entry: PairEntry, means: Means, attempt: Attempt): Promise<Outcome> {
  const { client, prices, clock, maxTransactions } = means
  const startedMs = clock.nowMs()
  const problem = pairProblem(entry)
  if (problem !== null) return { kind: 'permanent', message: problem }

  const { chain, wallet_address: wallet, token_address: tokenAddress } = entry
  const beforeSeconds = Math.floor(clock.wallMs() / 1000)
  const history = await readHistory(client, { chain, wallet, maxTransactions, beforeSeconds }, attempt.signal, attempt)
  if (history.kind !== 'history') return history

  const token = movesOfToken(history.swaps, tokenAddress)
  const books = matchFifo(token.moves)
  // Without a remainder of known cost there is nothing that a price could tell.
  const isPriceNeeded = !books.remaining.knownQuantity.isZero()
  const price = isPriceNeeded ? await prices.price(chain, tokenAddress, attempt.signal, attempt) : null
  if (price !== null && price.kind !== 'price') return price

  const result = resultOf({
    entry,
    history,
    maxTransactions,
    token,
    books,
    currentPriceUsd: price?.usd ?? null,
    analyzedAtMs: clock.wallMs(),
    analysisMs: clock.nowMs() - startedMs,
  })
  return { kind: 'succeeded', result }
}
