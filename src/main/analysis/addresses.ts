import { base58 } from '@scure/base'
import { CHAINS, DEFAULT_CHAIN, EVM_CHAINS } from '../../shared/chains'
import type { PairEntry } from '../../shared/pair'

const PUBLIC_KEY_BYTES = 32
/** 32 bytes never need more base58 digits than this. */
const MAX_BASE58_DIGITS = 44
const QUOTED_CHARACTERS = 80

/**
 * Says what keeps a pair from being asked for, before a request is spent on it; null when nothing does.
 * Solana addresses are base58 of 32 bytes, those of EVM chains 0x and 40 hexadecimal digits.
 */
export function pairProblem(entry: Pick<PairEntry, 'chain' | 'wallet_address' | 'token_address'>): string | null {
  const { chain, wallet_address: wallet, token_address: token } = entry
  return addressProblem(chain, 'wallet_address', wallet) ?? addressProblem(chain, 'token_address', token)
}

/** The same of one address; `name` is what the problem calls it. */
export function addressProblem(chain: string, name: string, address: string): string | null {
  const rule = addressRule(chain)
  if (rule === null) return chainProblem(chain)
  return rule.accepts(address) ? null : `${name} ${quote(address)} is not an address on ${chain} (${rule.words})`
}

/** Says that a chain is not known, and which are; null for one that is. */
export function chainProblem(chain: string): string | null {
  if (addressRule(chain) !== null) return null
  return `chain ${quote(chain)} is not known; known are ${CHAINS.join(', ')}`
}

interface AddressRule {
  readonly words: string
  accepts(address: string): boolean
}

function addressRule(chain: string): AddressRule | null {
  if (chain === DEFAULT_CHAIN) return { words: 'base58 of 32 bytes', accepts: isPublicKey }
  if (EVM_CHAINS.some((known) => known === chain)) {
    return { words: '0x and 40 hexadecimal digits', accepts: (address) => /^0x[0-9a-f]{40}$/i.test(address) }
  }
  return null
}

function isPublicKey(address: string): boolean {
  if (address.length > MAX_BASE58_DIGITS) return false // decoding takes time that grows with the square of the length
  try {
    return base58.decode(address).length === PUBLIC_KEY_BYTES
  } catch {
    return false
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS)}…` : text)
}
