import { z } from 'zod'
import type { Clock } from '../engine/ports'
import { Accounts } from './accounts'
import { BirdeyeClient } from './birdeye-client'

export interface KeyCheck {
  readonly baseUrl: string
  readonly keys: readonly string[]
  readonly clock: Clock
}

const CHECK_LIMIT_MS = 10_000
/** The token of the chain itself: every API of this kind has its price. */
const SOL = 'So11111111111111111111111111111111111111112'

/** Tries keys with the cheapest request (3 compute units each). Answers in words; never rejects, never says a key. */
export async function checkKeys({ baseUrl, keys, clock }: KeyCheck): Promise<{ readonly ok: boolean; readonly words: string }> {
  const faults: string[] = []
  for (const [index, key] of keys.entries()) {
    const fault = await faultOf({ baseUrl, key, clock })
    if (fault !== null) faults.push(keys.length === 1 ? fault : `key ${index + 1}: ${fault}`)
  }
  if (faults.length > 0) return { ok: false, words: faults.join('; ') }
  return { ok: true, words: keys.length === 1 ? 'The API accepts the key' : `The API accepts all ${keys.length} keys` }
}

async function faultOf({ baseUrl, key, clock }: Omit<KeyCheck, 'keys'> & { readonly key: string }): Promise<string | null> {
  const accounts = new Accounts({ accounts: [{ keys: [key] }], clock, onNotice: () => {} })
  const client = new BirdeyeClient({ baseUrl, accounts, clock, requestTimeoutMs: CHECK_LIMIT_MS, onRequest: () => {} })
  const query = { endpoint: '/defi/multi_price', chain: 'solana', parameters: { list_address: SOL }, data: z.unknown() } as const
  const reply = await client.get(query, new AbortController().signal)
  switch (reply.kind) {
    case 'data':
      return null
    case 'rate-limited':
      // Who is refused for being too fast has been let in.
      return null
    case 'configuration':
      return `the API refuses the key (${reply.message})`
    case 'allowance-spent':
      return `the API knows the key, but its allowance is spent (${reply.message})`
    case 'transient':
    case 'permanent':
      return `no answer that says anything about the key: ${reply.message}`
  }
}
