import type { Endpoint } from './accounts'

/**
 * Compute units of one request. Source: BIRDEYE.md. Two generations of the provider's price list exist; these are the
 * newer prices, which are those of the recordings' time as well for most, and may change again.
 */
export function computeUnitsOf(endpoint: Endpoint, parameters: Readonly<Record<string, string>> = {}): number {
  switch (endpoint) {
    case '/trader/txs/seek_by_time':
      return 12
    case '/defi/multi_price':
      return Math.ceil(3 * (parameters['list_address'] ?? '').split(',').length ** 0.8)
    case '/defi/token_trending':
      return 50
    case '/defi/v2/tokens/top_traders':
      return 30
    case '/wallet/v2/pnl/multiple':
      return Math.ceil(30 * (parameters['wallets'] ?? '').split(',').length ** 0.8)
  }
}

/**
 * Compute units that this process may spend. Each request is charged before it is sent, and given back when the API
 * refused it, so that requests under way together do not overspend.
 */
export class Budget {
  #spent = 0

  /** `limit` null: not limited. */
  constructor(readonly limit: number | null) {}

  get spent(): number {
    return this.#spent
  }

  /** Answers whether it was covered; what is not is not charged. */
  charge(units: number): boolean {
    if (this.limit !== null && this.#spent + units > this.limit) return false
    this.#spent += units
    return true
  }

  giveBack(units: number): void {
    this.#spent -= units
  }

  /** What the operator reads when it is spent. */
  get message(): string {
    return `the budget of ${this.limit} compute units is spent (${this.#spent} of it; setting [birdeye] budget_compute_units). Raise it and start again`
  }
}
