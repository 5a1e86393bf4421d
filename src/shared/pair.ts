import { z } from 'zod'
import { DEFAULT_CHAIN } from './chains'

/** Priorities run from 0 (default, last) to 9 (first). */
export const MAX_PRIORITY = 9
/** UTF-8 bytes of an entry as JSON; of a longer one the queue keeps the beginning only, among the rejected. `admit.lua` has the number once more. */
export const MAX_ENTRY_BYTES = 65_536
/** How much earlier a pair counts as having come, for each level of its priority. */
export const DEFAULT_PRIORITY_HEAD_START_MINUTES = 60

/**
 * A pair as it stands in the inbox, in import files and in Redis. The field names are those of the producers that
 * existed before Sluice; only the two addresses are required. Optional fields that make no sense are dropped rather than
 * refused: they inform, they do not decide.
 */
export const pairEntrySchema = z.object({
  wallet_address: z.string().min(1),
  token_address: z.string().min(1),
  chain: z
    .string()
    .nullish()
    .transform((chain) => (chain ?? DEFAULT_CHAIN).toLowerCase()),
  token_symbol: z.string().optional().catch(undefined),
  trader_volume_usd: z.union([z.number(), z.string()]).optional().catch(undefined),
  trader_trades: z.coerce.number().int().nonnegative().optional().catch(undefined),
  discovered_at: z.union([z.string(), z.number()]).optional().catch(undefined),
  priority: z.coerce.number().int().min(0).max(MAX_PRIORITY).optional().catch(undefined),
})

/** One wallet and one token on one chain, the work item. */
export type PairEntry = z.infer<typeof pairEntrySchema>

/** By field, whether the schema leaves a value as it is. */
const IS_AS_IT_SHOULD: Readonly<Record<keyof PairEntry, (value: unknown) => boolean>> = {
  wallet_address: isFilledText,
  token_address: isFilledText,
  chain: (value) => typeof value === 'string' && value === value.toLowerCase(),
  token_symbol: (value) => typeof value === 'string',
  trader_volume_usd: (value) => typeof value === 'string' || Number.isFinite(value),
  trader_trades: isCount,
  discovered_at: (value) => typeof value === 'string' || Number.isFinite(value),
  priority: (value) => isCount(value) && value <= MAX_PRIORITY,
}

/**
 * What the schema makes of a value that was read from JSON; throws as the schema does. What the schema would leave as it is, as
 * nearly all of what is in the queue, is answered itself: the schema costs more than all the rest of reading a pair.
 */
export function readPairEntry(value: unknown): PairEntry {
  return isPairEntry(value) ? value : pairEntrySchema.parse(value)
}

function isPairEntry(value: unknown): value is PairEntry {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Readonly<Record<string, unknown>> // any object that is read by name
  for (const name in fields) {
    if (!isField(name) || !IS_AS_IT_SHOULD[name](fields[name])) return false
  }
  return fields['wallet_address'] !== undefined && fields['token_address'] !== undefined && fields['chain'] !== undefined
}

function isField(name: string): name is keyof PairEntry {
  return Object.hasOwn(IS_AS_IT_SHOULD, name)
}

function isFilledText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** `chain:wallet:token`. EVM addresses differ by case only in their checksum, so they are compared in lower case. */
export function pairId(entry: Pick<PairEntry, 'chain' | 'wallet_address' | 'token_address'>): string {
  return `${entry.chain}:${foldAddress(entry.wallet_address)}:${foldAddress(entry.token_address)}`
}

/** An address in the form in which it is compared: EVM addresses in lower case, all others as they are. */
export function foldAddress(address: string): string {
  return /^0x/i.test(address) ? address.toLowerCase() : address
}
