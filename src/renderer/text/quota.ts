import type { PlanName } from '../../shared/plans'
import type { QuotaChoice } from '../../shared/quota-choice'

type Limits = readonly { readonly requests: number; readonly windowSeconds: number }[]

const plans: Record<PlanName, string> = { standard: 'Standard', lite: 'Lite', starter: 'Starter', premium: 'Premium', business: 'Business' }
const span = (seconds: number) => (seconds === 1 ? 's' : seconds === 60 ? 'min' : seconds === 3600 ? 'h' : `${seconds} s`)
const limits = (all: Limits) => all.map(({ requests, windowSeconds }) => `${requests}/${span(windowSeconds)}`).join(' and ')

/** What holds for all accounts, for the header; several that differ have no word in common. */
const inForce = (all: readonly { readonly plan: PlanName | null; readonly limits: Limits }[]) => {
  const [first, ...others] = new Set(all.map(({ plan, limits }) => (plan === null ? (limits.length === 0 ? 'quota learned' : 'own limits') : plans[plan])))
  return first === undefined ? null : others.length === 0 ? first : 'quota by account'
}

const chosen = (choice: QuotaChoice) => {
  switch (choice.kind) {
    case 'plan':
      return `quota ${choice.plan}`
    case 'limits':
      return `quota ${limits(choice.limits)}`
    case 'learn':
      return 'quota learned'
    case 'settings':
      return 'quota of the settings'
  }
}

/** The words of the control that says what an account's quota is. */
export const quota = {
  title: (account: string) => `Quota of ${account}`,
  label: 'Quota is',
  about: 'A quota that is told is never exceeded; one that is learned is measured by asking too fast now and then. In force at once, for every engine that uses this account',
  settings: 'as in the settings',
  settingsSay: (what: string) => `as in the settings: ${what}`,
  learn: 'learned',
  plan: (plan: PlanName, all: Limits) => `${plans[plan]} · ${limits(all)}`,
  own: 'my own limits …',
  ownInForce: (all: Limits) => `my own: ${limits(all)}`,
  inForce,
  chosen,
  asked: 'asked for, not in force yet',
  form: {
    title: 'Own limits',
    requests: (n: number) => `Requests of limit ${n}`,
    seconds: (n: number) => `Seconds of limit ${n}`,
    per: 'requests in',
    secondsUnit: 's',
    more: 'Another limit',
    remove: (n: number) => `Remove limit ${n}`,
    apply: 'Apply',
    cancel: 'Cancel',
  },
}
