import { History } from './history'
import { EPOCH, createMarket, priceUsdAt, topTraders, type Market } from './market'
import { swapsOf } from './swaps'
import { writeSwaps } from './swap-json'
import { addressBytes } from './wallets'
import type { World } from './world'

/** Characters of history kept for wallets that are asked for again, page by page. */
const CACHE_CHARACTERS = 16_000_000

/** The world of a seed. Its market is Solana's: a wallet of another chain has an empty history. */
export function createMadeUpWorld(seed: number): World {
  const market = createMarket(seed)
  const histories = new HistoryCache(CACHE_CHARACTERS)
  return {
    history(wallet, txType) {
      if (txType === 'add' || txType === 'remove') return History.EMPTY
      return histories.get(wallet, () => historyOf(market, wallet))
    },
    priceUsd(tokenAddress) {
      const token = market.token(tokenAddress)
      return token && priceUsdAt(token, EPOCH)
    },
    trending: () => market.tokens,
    topTraders(tokenAddress) {
      const index = market.tokens.findIndex((token) => token.address === tokenAddress)
      return index === -1 ? [] : topTraders(market, index)
    },
  }
}

function historyOf(market: Market, wallet: string): History {
  if (addressBytes(wallet) === null) return History.EMPTY
  return new History(writeSwaps(market, wallet, swapsOf(market, wallet)))
}

/** Keeps what was used last, up to a number of characters. */
class HistoryCache {
  readonly #mostCharacters: number
  /** In order of use, the oldest first: a Map keeps insertion order. */
  readonly #entries = new Map<string, History>()
  #held = 0

  constructor(mostCharacters: number) {
    this.#mostCharacters = mostCharacters
  }

  get(wallet: string, make: () => History): History {
    const known = this.#entries.get(wallet)
    this.#entries.delete(wallet)
    const history = known ?? make()
    this.#entries.set(wallet, history)
    if (known === undefined) this.#held += wallet.length + history.size
    for (const [oldest, { size }] of this.#entries) {
      if (this.#held <= this.#mostCharacters) break
      this.#entries.delete(oldest)
      this.#held -= oldest.length + size
    }
    return history
  }
}
