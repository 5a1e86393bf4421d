import { createHmac } from 'node:crypto'

/** The only place that spells a key of the governor. An account's keys share a hash tag, so that they live in one slot. */
export interface AccountKeys {
  /** Hash: the plan, the lanes, who leads, what is known of the quota. */
  readonly state: string
  /** List of answers as JSON that the leader has not heard yet. */
  readonly answers: string
  /** Sorted set of engines by when they last asked for permits, Unix ms. */
  readonly engines: string
  /** String: the state key of the account that this one turned out to be. */
  readonly sameAs: string
}

/**
 * An account is known by the API it is one of and by its first key: pipelines and machines that use the same key share
 * its quota. The key itself never enters Redis.
 */
export function accountKeys(apiOrigin: string, firstKey: string | null): AccountKeys {
  const name = createHmac('sha256', 'sluice account')
    .update(`${apiOrigin}\n${firstKey ?? ''}`)
    .digest('base64url')
    .slice(0, 16)
  const key = (part: string) => `{sluice:account:${name}}:${part}`
  return { state: key('state'), answers: key('answers'), engines: key('engines'), sameAs: key('same-as') }
}
