import type { History } from './history'
import type { Token, Trader } from './market'

/** What the API knows: made up from a seed, or read from recordings. The endpoints serve either. */
export interface World {
  /** The wallet's transactions of this type; an empty history for a wallet that it does not know. */
  history(wallet: string, txType: TxType): History
  /** USD per token now, null where no price is known. */
  priceUsd(tokenAddress: string): number | null
  /** Trending tokens in rank order. */
  trending(): readonly Token[]
  /** The traders of a token, by falling volume. */
  topTraders(tokenAddress: string): readonly Trader[]
}

export const TX_TYPES = ['swap', 'add', 'remove', 'all'] as const
export type TxType = (typeof TX_TYPES)[number]
