import { AccountGate } from '../governor/account-gate'
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
        configured: configured(limits?.map(({ requests, windowSeconds }) => ({ requests, windowMs: windowSeconds * 1000 }))),
      }),
      groupOf: () => null,
    })),
    systemClock,
  )
}

function configured(limits: readonly Limit[] = []): Knowledge | null {
  const quotaPerSecond = sustainedPerSecond(limits)
  return quotaPerSecond === null ? null : { quotaPerSecond, uncertainty: 0, longLimit: null, source: 'configured' }
}
