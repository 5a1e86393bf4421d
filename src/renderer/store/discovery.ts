import { DISCOVERY_BOUNDS, type DiscoveryCounts, type DiscoveryPlan } from '../../shared/discovery'

/** How much of a running discovery is done, 0–1, by the requests that it takes; never all before the end. */
export function discoveryShareOf({ requests, requestsExpected }: DiscoveryCounts): number {
  return requestsExpected === 0 ? 0 : Math.min(0.99, requests / requestsExpected)
}

export type PlanPart = keyof typeof DISCOVERY_BOUNDS

/** What stands in the fields of the dialog: a number, or text that is none. */
export interface PlanFields {
  readonly chain: string
  readonly tokens: number | string
  readonly traders: number | string
}

/** Whether this part can be asked for as it stands. */
export function isWithinBounds(part: PlanPart, value: number | string): value is number {
  const { min, max } = DISCOVERY_BOUNDS[part]
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= max
}

/** The plan that the fields make; null while one of them does not hold a count within its bounds. */
export function planOf({ chain, tokens, traders }: PlanFields): DiscoveryPlan | null {
  return isWithinBounds('tokens', tokens) && isWithinBounds('traders', traders) ? { chain, tokens, traders } : null
}
