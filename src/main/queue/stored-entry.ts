import { DEFAULT_CHAIN } from '../../shared/chains'
import { pairEntrySchema, type PairEntry } from '../../shared/pair'

/**
 * The entry of a pair as Redis keeps it: arrival in Unix ms, a space, the JSON text as it was handed in. The text is kept,
 * not a parsed form, so that nothing of it is damaged on the way through Lua.
 */
export function parseStoredEntry(id: string, stored: string | null): PairEntry {
  try {
    return pairEntrySchema.parse(JSON.parse((stored ?? '').replace(/^\d+ /, '')))
  } catch {
    // Lua and the schema disagree over this text, or somebody edited it. The id holds what is needed to work the pair.
    const [chain = DEFAULT_CHAIN, wallet_address = '', token_address = ''] = id.split(':')
    return { chain, wallet_address, token_address }
  }
}
