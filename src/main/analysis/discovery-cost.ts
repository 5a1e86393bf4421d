import type { DiscoveryPlan, DiscoveryPreview } from '../../shared/discovery'
import { computeUnitsOf } from './compute-units'

/** The most entries that the API answers at once. Source: BIRDEYE.md, "Endpoints". */
export const TOKENS_A_PAGE = 20
export const TRADERS_A_PAGE = 10

/** What a plan costs at most. `quotaPerSecond` is in requests, of all accounts together; null where it is not known. */
export function previewOf(plan: Omit<DiscoveryPlan, 'chain'>, quotaPerSecond: number | null): DiscoveryPreview {
  const trending = Math.ceil(plan.tokens / TOKENS_A_PAGE)
  const traders = plan.tokens * tradersPages(plan)
  const requests = trending + traders
  return {
    requests,
    computeUnits:
      trending * computeUnitsOf('/defi/token_trending') + traders * computeUnitsOf('/defi/v2/tokens/top_traders'),
    pairs: plan.tokens * plan.traders,
    seconds: quotaPerSecond === null ? null : requests / quotaPerSecond,
  }
}

/** Requests that the traders of one token take. */
export function tradersPages({ traders }: Pick<DiscoveryPlan, 'traders'>): number {
  return Math.ceil(traders / TRADERS_A_PAGE)
}
