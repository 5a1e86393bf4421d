import { PLANS, type QuotaLimit } from '../../shared/plans'
import type { QuotaChoice } from '../../shared/quota-choice'
import { AccountGate } from '../governor/account-gate'
import { Governor } from '../governor/governor'
import { accountKeys } from '../governor/keys'
import type { Limit } from '../governor/limit'
import type { Group } from '../governor/permit'
import type { Told } from '../governor/told-quota'
import { systemClock } from '../system-clock'
import type { ApiSource } from './api-source'
import type { Books } from './books'

/**
 * The governor of this API's accounts; what is known of their quotas, and what an operator said of them, is shared through this
 * Redis. `onTold` hears the number of an account of whose quota something else is said from now on. Who opens it closes it.
 */
export async function governorOf(api: ApiSource, { connection, owner }: Books, onTold: (account: number) => void): Promise<Governor> {
  const accounts = api.accounts.length > 0 ? api.accounts : [{ name: undefined, keys: [], plan: null, limits: null }]
  const governed = accounts.map(({ name, keys, plan, limits }, index) => {
    const number = index + 1
    const gate = new AccountGate({
      redis: connection.redis,
      keys: accountKeys(api.identity, keys[0] ?? null),
      owner,
      clock: systemClock,
      settings: { plan, limits: ofTheWhole(limits ?? []) },
    })
    return { number, label: name ?? `account ${number}`, gate, groupOf: groupsOf(limits ?? []) }
  })
  // Before anybody is told of a change: what was said of old is none.
  await Promise.all(governed.map(({ gate }) => gate.hearTold()))
  for (const { gate, number } of governed) gate.onTold = () => onTold(number)
  return new Governor(governed, systemClock)
}

/** What an operator chose, as the governor takes it; null: what the settings say. */
export function toldBy(choice: QuotaChoice): Told | null {
  switch (choice.kind) {
    case 'settings':
      return null
    case 'learn':
      return { plan: null, limits: [] }
    case 'plan':
      return { plan: choice.plan, limits: ofTheWhole(PLANS[choice.plan]) }
    case 'limits':
      return { plan: null, limits: ofTheWhole(choice.limits) }
  }
}

/** Limits of some endpoints bound these whatever is said of the whole account. */
function ofTheWhole(limits: readonly QuotaLimit[]): Limit[] {
  return limits.filter(({ endpoints }) => endpoints === undefined).map(({ requests, windowSeconds }) => ({ requests, windowMs: windowSeconds * 1000 }))
}

/** The tightest limit that counts an endpoint together with others, null where none does. Evenly spaced, as all are. */
export function groupsOf(limits: readonly QuotaLimit[]): (endpoint: string) => Group | null {
  const groups = limits.flatMap((limit) =>
    limit.endpoints === undefined
      ? []
      : [{ paths: limit.endpoints, group: { name: limit.endpoints.join(' '), intervalMs: (limit.windowSeconds * 1000) / limit.requests } }],
  )
  const slowestFirst = groups.toSorted((one, other) => other.group.intervalMs - one.group.intervalMs)
  return (endpoint) => slowestFirst.find(({ paths }) => paths.some((path) => counts(path, endpoint)))?.group ?? null
}

function counts(path: string, endpoint: string): boolean {
  return path.endsWith('*') ? endpoint.startsWith(path.slice(0, -1)) : endpoint === path
}
