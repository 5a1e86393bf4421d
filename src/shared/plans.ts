/** At most `requests` within `windowSeconds`. */
export interface QuotaLimit {
  readonly requests: number
  readonly windowSeconds: number
  /** Paths that it counts together; all requests of the account without them. */
  readonly endpoints?: readonly string[]
}

export const PLAN_NAMES = ['standard', 'lite', 'starter', 'premium', 'business'] as const
export type PlanName = (typeof PLAN_NAMES)[number]

/** The plans of the API and their limits per account. Source: the provider's price page. */
export const PLANS = {
  standard: [{ requests: 1, windowSeconds: 1 }],
  lite: [{ requests: 15, windowSeconds: 1 }],
  starter: [{ requests: 15, windowSeconds: 1 }],
  premium: [
    { requests: 50, windowSeconds: 1 },
    { requests: 1000, windowSeconds: 60 },
  ],
  business: [
    { requests: 100, windowSeconds: 1 },
    { requests: 1500, windowSeconds: 60 },
  ],
} as const satisfies Record<PlanName, readonly QuotaLimit[]>
