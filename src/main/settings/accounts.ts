import type { Config } from '../../shared/config'
import { PLANS, type PlanName, type QuotaLimit } from '../../shared/plans'

/** Keys that share one quota, and what the settings say of it. */
export interface Account {
  readonly name?: string | undefined
  readonly keys: readonly string[]
  readonly plan: PlanName | null
  /** Null where the quota is not configured. */
  readonly limits: readonly QuotaLimit[] | null
}

/** The accounts of the settings: `api_key` first, as an account of its own, then the table of accounts. */
export function accountsOf({ birdeye }: Config): Account[] {
  const single: Account[] = birdeye.api_key === undefined ? [] : [{ keys: [birdeye.api_key], plan: null, limits: null }]
  const listed = birdeye.accounts.map(({ name, keys, plan, limits }): Account => ({
    name,
    keys,
    plan: plan ?? null,
    limits:
      limits?.map(({ requests, window_seconds: windowSeconds, endpoints }) => ({
        requests,
        windowSeconds,
        ...(endpoints ? { endpoints } : {}),
      })) ??
      (plan ? PLANS[plan] : null),
  }))
  return [...single, ...listed]
}
