import { type Decimal, ZERO } from './decimal'
import type { TokenMove } from './token-moves'

/** A sell matched, in part or in whole, against one buy. */
export interface MatchedTrade {
  readonly quantity: Decimal
  readonly buyPriceUsd: Decimal
  readonly sellPriceUsd: Decimal
  /** quantity × (sell price − buy price) */
  readonly profitUsd: Decimal
  readonly holdSeconds: number
  /** Unix seconds. */
  readonly soldAtSeconds: number
}

export interface FifoBooks {
  readonly trades: readonly MatchedTrade[]
  readonly buys: number
  readonly sells: number
  readonly soldQuantity: Decimal
  /** Sold without an open buy. */
  readonly unmatchedQuantity: Decimal
  /** Moves without a usable price. */
  readonly missingPrices: number
  readonly realizedUsd: Decimal
  /** Cost of all buys with a price. */
  readonly investedUsd: Decimal
  /** Proceeds of what was sold out of buys of known cost. */
  readonly returnedUsd: Decimal
  /** quantity × unit price over all moves with a price. */
  readonly volumeUsd: Decimal
  readonly remaining: Remaining
}

/** What was bought and not sold. */
export interface Remaining {
  readonly quantity: Decimal
  /** The part of it whose cost is known. */
  readonly knownQuantity: Decimal
  /** Cost of that part. */
  readonly costUsd: Decimal
}

interface Lot {
  readonly timeSeconds: number
  readonly unitCostUsd: Decimal | null
  left: Decimal
}

/**
 * Matches each sell against the oldest open buys (FIFO). `moves` are sorted, oldest first.
 *
 * A buy without a price opens a lot of unknown cost: what is sold out of it is neither profit nor loss and no trade. A sell
 * without a price uses up lots but is no trade. What is sold without an open lot is counted as unmatched and nothing else.
 * Source: BIRDEYE.md, "Profit and loss of one pair".
 */
export function matchFifo(moves: Iterable<TokenMove>): FifoBooks {
  const books = new Books()
  for (const move of moves) {
    if (move.side === 'buy') books.buy(move)
    else books.sell(move)
  }
  return books.close()
}

/**
 * 1. Opens a lot for each buy.
 * 2. Uses up the oldest lots for each sell, noting a trade where both prices are known.
 * 3. Adds up what the result needs.
 */
class Books {
  readonly #lots: Lot[] = []
  /** Lots before this one are used up. */
  #oldestOpen = 0
  readonly #trades: MatchedTrade[] = []
  #buys = 0
  #sells = 0
  #missingPrices = 0
  #sold = ZERO
  #unmatched = ZERO
  #invested = ZERO
  #returned = ZERO
  #volume = ZERO

  buy({ quantity, unitPriceUsd, timeSeconds }: TokenMove): void {
    this.#buys++
    this.#lots.push({ timeSeconds, unitCostUsd: unitPriceUsd, left: quantity })
    if (unitPriceUsd === null) this.#missingPrices++
    else this.#invested = this.#invested.plus(quantity.times(unitPriceUsd))
    this.#addVolume(quantity, unitPriceUsd)
  }

  sell(sell: TokenMove): void {
    this.#sells++
    if (sell.unitPriceUsd === null) this.#missingPrices++
    this.#sold = this.#sold.plus(sell.quantity)
    this.#addVolume(sell.quantity, sell.unitPriceUsd)
    let left = sell.quantity
    for (let lot = this.#lots[this.#oldestOpen]; lot && left.isGreaterThan(0); lot = this.#lots[this.#oldestOpen]) {
      const quantity = lot.left.isLessThan(left) ? lot.left : left
      this.#match(lot, sell, quantity)
      lot.left = lot.left.minus(quantity)
      left = left.minus(quantity)
      if (lot.left.isZero()) this.#oldestOpen++
    }
    this.#unmatched = this.#unmatched.plus(left)
  }

  close(): FifoBooks {
    const open = this.#lots.slice(this.#oldestOpen)
    const known = open.flatMap(({ left, unitCostUsd }) => (unitCostUsd === null ? [] : [{ left, unitCostUsd }]))
    return {
      trades: this.#trades,
      buys: this.#buys,
      sells: this.#sells,
      soldQuantity: this.#sold,
      unmatchedQuantity: this.#unmatched,
      missingPrices: this.#missingPrices,
      realizedUsd: sum(this.#trades.map(({ profitUsd }) => profitUsd)),
      investedUsd: this.#invested,
      returnedUsd: this.#returned,
      volumeUsd: this.#volume,
      remaining: {
        quantity: sum(open.map(({ left }) => left)),
        knownQuantity: sum(known.map(({ left }) => left)),
        costUsd: sum(known.map(({ left, unitCostUsd }) => left.times(unitCostUsd))),
      },
    }
  }

  #match(lot: Lot, sell: TokenMove, quantity: Decimal): void {
    if (lot.unitCostUsd === null || sell.unitPriceUsd === null) return
    this.#returned = this.#returned.plus(quantity.times(sell.unitPriceUsd))
    this.#trades.push({
      quantity,
      buyPriceUsd: lot.unitCostUsd,
      sellPriceUsd: sell.unitPriceUsd,
      profitUsd: quantity.times(sell.unitPriceUsd.minus(lot.unitCostUsd)),
      holdSeconds: sell.timeSeconds - lot.timeSeconds,
      soldAtSeconds: sell.timeSeconds,
    })
  }

  #addVolume(quantity: Decimal, unitPriceUsd: Decimal | null): void {
    if (unitPriceUsd !== null) this.#volume = this.#volume.plus(quantity.times(unitPriceUsd))
  }
}

function sum(values: readonly Decimal[]): Decimal {
  return values.reduce((total, value) => total.plus(value), ZERO)
}
