import { foldAddress } from '../../shared/pair'

/** Which pairs: all of them, or those of a wallet, of a token, of both, or with this part in either address. */
export interface PairFilter {
  readonly wallet?: string | undefined
  readonly token?: string | undefined
  readonly part?: string | undefined
}

/** The filter as a pattern that Redis compares ids with. */
export function pairPattern({ wallet, token, part }: PairFilter): string {
  // Behind the first colon: the chain is no address.
  if (part !== undefined) return `*:*${literal(part)}*`
  return `*:${wallet === undefined ? '*' : literal(wallet)}:${token === undefined ? '*' : literal(token)}`
}

/** An address in a pattern of Redis, each character for itself. */
function literal(address: string): string {
  return foldAddress(address).replace(/[\\*?[\]^]/g, '\\$&')
}
