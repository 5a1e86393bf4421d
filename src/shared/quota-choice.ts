import { z } from 'zod'
import { PLAN_NAMES, type PlanName } from './plans'

/** What an operator may say of a limit by hand. */
export const OWN_LIMIT_BOUNDS = {
  requests: { min: 1, max: 100_000 },
  windowSeconds: { min: 1, max: 86_400 },
} as const
export const MOST_OWN_LIMITS = 3

const within = ({ min, max }: { readonly min: number; readonly max: number }) => z.number().int().min(min).max(max)
const ownLimit = z.strictObject({ requests: within(OWN_LIMIT_BOUNDS.requests), windowSeconds: within(OWN_LIMIT_BOUNDS.windowSeconds) })

/** What is to be taken for an account's quota from now on: what the settings say, a plan, limits of one's own, or what is learned. */
export const quotaChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('settings') }),
  z.strictObject({ kind: z.literal('learn') }),
  z.strictObject({ kind: z.literal('plan'), plan: z.enum(PLAN_NAMES) }),
  z.strictObject({ kind: z.literal('limits'), limits: z.array(ownLimit).min(1).max(MOST_OWN_LIMITS) }),
])
export type QuotaChoice = z.infer<typeof quotaChoiceSchema>

/** What is said of an account's quota. */
export interface ToldQuota {
  readonly by: 'settings' | 'operator'
  readonly plan: PlanName | null
  /** Of the whole account; empty where the quota is to be learned. */
  readonly limits: readonly { readonly requests: number; readonly windowSeconds: number }[]
}
