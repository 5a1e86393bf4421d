import { foldAddress } from '../../shared/pair'
import { type Decimal, parseDecimal, parsePositive, ZERO } from './decimal'
import type { Swap, SwapSide } from './swap'

/** A buy or a sell: the wallet received or gave a quantity of the token. */
export interface TokenMove {
  readonly side: 'buy' | 'sell'
  readonly timeSeconds: number
  /** In whole tokens, more than 0. */
  readonly quantity: Decimal
  /** USD per token, null when the swap has no usable price. */
  readonly unitPriceUsd: Decimal | null
}

export interface TokenMoves {
  /** Oldest first. */
  readonly moves: readonly TokenMove[]
  /** The token's symbol in the newest swap that names it. */
  readonly symbol: string | null
  /** Swaps that may be of the token, but whose quantity or other side is missing. */
  readonly unreadable: number
}

/**
 * The buys and sells of one token among a wallet's swaps, whichever side the token is on, sorted by time, `tx_hash`,
 * `ins_index` and `inner_ins_index` (a missing index counts as 0). Where both sides are the token, their net change counts,
 * and nothing when that is 0. Source: BIRDEYE.md, "Profit and loss of one pair".
 */
export function movesOfToken(swaps: readonly Swap[], token: string): TokenMoves {
  const folded = foldAddress(token)
  const moves: TokenMove[] = []
  let symbol: string | null = null
  let unreadable = 0
  for (const swap of [...swaps].sort(byOrderOnChain)) {
    const own = swap.sides.filter((side) => foldAddress(side.address) === folded)
    if (own.length === 0) {
      if (swap.sides.length < 2) unreadable++
      continue
    }
    const change = sumOf(own.map(changeOf))
    if (change === null) unreadable++
    else if (!change.isZero()) moves.push(moveOf(swap, own, change))
    symbol = own[0]?.symbol ?? symbol
  }
  return { moves, symbol, unreadable }
}

function moveOf(swap: Swap, own: readonly SwapSide[], change: Decimal): TokenMove {
  const quantity = change.abs()
  const others = swap.sides.filter((side) => !own.includes(side))
  return {
    side: change.isPositive() ? 'buy' : 'sell',
    timeSeconds: swap.timeSeconds,
    quantity,
    unitPriceUsd: firstOf(own, priceOf) ?? firstOf(others, (other) => priceByValueOf(other, quantity)),
  }
}

/** What the wallet received (positive) or gave (negative) of a side's token, in whole tokens; null when that is not told. */
function changeOf(side: SwapSide): Decimal | null {
  const change = wholeTokens(side.change_amount, side.decimals) ?? parseDecimal(side.ui_change_amount)
  if (change !== null) return change
  // An amount says how much but not which way; only with `type_swap` is it safe to use.
  const amount = wholeTokens(side.amount, side.decimals)
  if (amount === null || amount.isNegative() || side.type_swap === null) return null
  return side.type_swap === 'to' ? amount : amount.negated()
}

/** A price that is missing, zero or negative is no price: nothing that is traded costs nothing. */
function priceOf(side: SwapSide): Decimal | null {
  return firstOf([side.price, side.nearest_price], parsePositive)
}

/** What one token cost, measured by the USD value of what was given or received for it. */
function priceByValueOf(other: SwapSide, quantity: Decimal): Decimal | null {
  const change = changeOf(other)
  const price = priceOf(other)
  if (change === null || change.isZero() || price === null) return null
  return change.abs().times(price).div(quantity)
}

function wholeTokens(smallestUnits: string | null, decimals: number | null): Decimal | null {
  return decimals === null ? null : (parseDecimal(smallestUnits)?.shiftedBy(-decimals) ?? null)
}

function sumOf(values: readonly (Decimal | null)[]): Decimal | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum.plus(value)), ZERO)
}

function firstOf<T>(values: readonly T[], read: (value: T) => Decimal | null): Decimal | null {
  for (const value of values) {
    const found = read(value)
    if (found !== null) return found
  }
  return null
}

function byOrderOnChain(a: Swap, b: Swap): number {
  return (
    a.timeSeconds - b.timeSeconds ||
    compareText(a.txHash, b.txHash) ||
    (a.insIndex ?? 0) - (b.insIndex ?? 0) ||
    (a.innerInsIndex ?? 0) - (b.innerInsIndex ?? 0)
  )
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1 // by code unit: the same order on every machine
}
