import type { World } from './world'

/** What the world's swaps are written as, as far as it matters here. Doubles are enough: the real API answers with them too. */
interface SimulatedSide {
  readonly address: string
  readonly ui_change_amount?: number | null
  readonly price?: number | null
  readonly nearest_price?: number | null
}
interface SimulatedSwap {
  readonly base: SimulatedSide
  readonly quote: SimulatedSide
}

/**
 * A wallet's figures for one token by weighted average cost, as `/wallet/v2/pnl/multiple` gives them; null for a wallet
 * that never traded it, which the API leaves out. Source of the shape: the provider's reference of 2025.
 */
export function walletFigures(world: World, wallet: string, token: string) {
  const page = world.history(wallet, 'swap').page({ offset: 0, limit: 10_000, beforeTime: null, afterTime: null })
  const swaps = (JSON.parse(page) as { readonly items: readonly SimulatedSwap[] }).items // written by swap-json.ts
  const sums = { buys: 0, sells: 0, bought: 0, sold: 0, invested: 0, proceeds: 0, held: 0, cost: 0, costOfSold: 0 }
  for (const { base, quote } of swaps.toReversed()) {
    const side = [base, quote].find(({ address }) => address === token)
    const change = side?.ui_change_amount ?? 0
    const priceUsd = side?.price ?? side?.nearest_price ?? 0
    if (change > 0) {
      sums.buys++
      sums.bought += change
      sums.held += change
      sums.cost += change * priceUsd
      sums.invested += change * priceUsd
    } else if (change < 0) {
      const covered = Math.min(-change, sums.held)
      const average = sums.held > 0 ? sums.cost / sums.held : 0
      sums.sells++
      sums.sold -= change
      sums.proceeds += covered * priceUsd
      sums.costOfSold += covered * average
      sums.held -= covered
      sums.cost -= covered * average
    }
  }
  return sums.buys + sums.sells === 0 ? null : answerOf(sums, world.priceUsd(token) ?? 0)
}

type Sums = Record<'buys' | 'sells' | 'bought' | 'sold' | 'invested' | 'proceeds' | 'held' | 'cost' | 'costOfSold', number>

function answerOf(sums: Sums, priceUsd: number) {
  const realized = sums.proceeds - sums.costOfSold
  const unrealized = sums.held * priceUsd - sums.cost
  return {
    counts: { total_buy: sums.buys, total_sell: sums.sells, total_trade: sums.buys + sums.sells },
    quantity: { total_bought_amount: sums.bought, total_sold_amount: sums.sold, holding: sums.held },
    cashflow_usd: {
      cost_of_quantity_sold: sums.costOfSold,
      total_invested: sums.invested,
      total_sold: sums.proceeds,
      current_value: sums.held * priceUsd,
    },
    pnl: { realized_profit_usd: realized, unrealized_usd: unrealized, total_usd: realized + unrealized },
    pricing: { current_price: priceUsd },
  }
}
