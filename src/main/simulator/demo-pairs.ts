import type { PairEntry } from '../../shared/pair'
import { randomFor } from './chance'
import { EPOCH, createMarket, traderAt, type Market, type Token } from './market'
import { tokensOf } from './swaps'
import { DOOMED_STATUSES, mintDoomedWallet } from './wallets'

export const DEMO_PAIR_COUNT = 1368
/** One pair in so many has a wallet that the API refuses for good. */
const DOOMED_EVERY = 97

/**
 * Pairs as a discovery would have queued them: trending tokens and their top traders, a token of high rank more often,
 * now and then a trader's second token; no pair twice. Each wallet has traded the token it is paired with, in the
 * simulated world of the same seed. About 1 % are refused for good. The first pairs of a longer list are those of a
 * shorter one.
 */
export function demoPairs(count: number = DEMO_PAIR_COUNT, seed: number = 1): PairEntry[] {
  const market = createMarket(seed)
  const random = randomFor(seed, 'demo pairs')
  const tradersTaken = market.tokens.map(() => 0)
  const pairs: PairEntry[] = []
  let doomed = 0
  while (pairs.length < count) {
    const discoveredAt = EPOCH - 7200 + ((pairs.length * 7) % 7200)
    const tokenIndex = Math.floor(market.tokens.length * random() ** 1.6)
    const token = market.tokens[tokenIndex]
    if (token === undefined) continue
    if (pairs.length >= DOOMED_EVERY * (doomed + 0.5)) {
      pairs.push(doomedPair(seed, doomed++, token, discoveredAt))
      continue
    }
    const place = tradersTaken[tokenIndex] ?? 0
    tradersTaken[tokenIndex] = place + 1
    const traderPairs = pairsOfTrader(market, tokenIndex, place, discoveredAt)
    pairs.push(...traderPairs.slice(0, random() < 0.1 ? 2 : 1))
  }
  return pairs.slice(0, count)
}

/** The trader's pair with the token it was found by, then with the others that it trades. */
function pairsOfTrader(market: Market, tokenIndex: number, place: number, discoveredAt: number): PairEntry[] {
  const trader = traderAt(market.seed, tokenIndex, place)
  return tokensOf(market, trader.wallet).map((token) => ({
    ...entryOf(trader.wallet, token, discoveredAt),
    trader_volume_usd: trader.volumeUsd,
    trader_trades: trader.buys + trader.sells,
  }))
}

function doomedPair(seed: number, number: number, token: Token, discoveredAt: number): PairEntry {
  const status = DOOMED_STATUSES[number % DOOMED_STATUSES.length] ?? 400
  const wallet = mintDoomedWallet(seed, status, number)
  return { ...entryOf(wallet, token, discoveredAt), trader_volume_usd: 0, trader_trades: 0 }
}

function entryOf(wallet: string, token: Token, discoveredAt: number): PairEntry {
  return {
    wallet_address: wallet,
    token_address: token.address,
    token_symbol: token.symbol,
    chain: 'solana',
    discovered_at: new Date(discoveredAt * 1000).toISOString(),
  }
}
