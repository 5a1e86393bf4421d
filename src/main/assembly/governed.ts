import type { QuotaLimit } from '../../shared/config'
import { AccountGate, type Group } from '../governor/account-gate'
import { Governor } from '../governor/governor'
import { accountKeys } from '../governor/keys'
import type { Knowledge } from '../governor/modes'
import { sustainedPerSecond, type Limit } from '../governor/limit'
import { systemClock } from '../system-clock'
import type { ApiSource } from './api-source'
import type { Books } from './books'

/** The governor of this API's accounts; what is known of their quotas is shared through this Redis. Who opens it closes it. */
export function governorOf(api: ApiSource, { connection, owner }: Books): Governor {
  const accounts = api.accounts.length > 0 ? api.accounts : [{ name: undefined, keys: [], limits: null }]
  return new Governor(
    accounts.map(({ name, keys, limits }, index) => ({
      number: index + 1,
      label: name ?? `account ${index + 1}`,
      gate: new AccountGate({
        redis: connection.redis,
        keys: accountKeys(api.identity, keys[0] ?? null),
        owner,
        clock: systemClock,
        configured: configured(limits ?? []),
      }),
      groupOf: groupsOf(limits ?? []),
    })),
    systemClock,
  )
}

function configured(limits: readonly QuotaLimit[]): Knowledge | null {
  const quotaPerSecond = sustainedPerSecond(limits.filter(({ endpoints }) => endpoints === undefined).map(inMs))
  return quotaPerSecond === null ? null : { quotaPerSecond, uncertainty: 0, longLimit: null, source: 'configured' }
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

function inMs({ requests, windowSeconds }: QuotaLimit): Limit {
  return { requests, windowMs: windowSeconds * 1000 }
}
