import type { QuotaReport } from '../../shared/frames'
import { PLAN_NAMES } from '../../shared/plans'
import type { GovernedAccount } from './governor'
import { sustainedPerSecond } from './limit'
import type { ToldBy } from './told-quota'

/** What is known of each account's quota; accounts that turned out to be one are told of once. */
export function quotaReports(accounts: readonly GovernedAccount[]): readonly QuotaReport[] {
  return [...new Set(accounts.map(({ gate }) => gate))].map((gate): QuotaReport => {
    const { quotaPerSecond, uncertainty, longLimit, source } = gate.knowledge
    const longPerSecond = longLimit ? sustainedPerSecond([longLimit]) : null
    const sharing = accounts.filter((one) => one.gate === gate)
    return {
      number: sharing[0]?.number ?? 0,
      account: sharing.map(({ label }) => label).join(' = '),
      told: shownTold(gate.told),
      quotaPerSecond: longPerSecond === null ? quotaPerSecond : Math.min(longPerSecond, quotaPerSecond ?? Infinity),
      uncertainty,
      source,
      permittedPerSecond: gate.permittedPerSecond,
      engines: gate.sharers,
      heldForMs: Math.round(gate.heldForMs),
      why: gate.why,
    }
  })
}

/** Requests per second that all accounts are allowed together, as was said or else as it was learned; null while one is being learned. */
export function knownPerSecond(quotas: readonly Pick<QuotaReport, 'told' | 'quotaPerSecond'>[]): number | null {
  const rates = quotas.map(({ told, quotaPerSecond }) => sustainedPerSecond(told.limits.map(({ requests, windowSeconds }) => ({ requests, windowMs: windowSeconds * 1000 }))) ?? quotaPerSecond)
  return rates.reduce((sum, rate) => (sum === null || rate === null ? null : sum + rate), rates.length === 0 ? null : 0)
}

function shownTold({ by, plan, limits }: ToldBy): QuotaReport['told'] {
  return {
    by,
    plan: PLAN_NAMES.find((name) => name === plan) ?? null,
    limits: limits.map(({ requests, windowMs }) => ({ requests, windowSeconds: windowMs / 1000 })),
  }
}
