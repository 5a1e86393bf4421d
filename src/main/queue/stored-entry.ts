import { DEFAULT_CHAIN } from '../../shared/chains'
import { readPairEntry, type PairEntry } from '../../shared/pair'

/** What stands before the text: arrival in Unix ms and the priority in force. Entries of old have none. */
const HEAD = /^\d+ (?:(\d) )?/

/**
 * The entry of a pair as Redis keeps it: arrival, priority, and the JSON text as it was handed in. The text is kept, not a
 * parsed form, so that nothing of it is damaged on the way through Lua. A priority that was given later wins over the text's.
 */
export function parseStoredEntry(id: string, stored: string | null): PairEntry {
  const text = stored ?? ''
  const [head = '', level = '0'] = HEAD.exec(text) ?? []
  const priority = Number(level)
  const entry = parsed(text.slice(head.length)) ?? fromId(id)
  return priority === (entry.priority ?? 0) ? entry : { ...entry, priority }
}

/** When a pair came into the queue, Unix ms; null where that is not known. */
export function arrivalOf(stored: string | null): number | null {
  const arrival = /^\d+(?= )/.exec(stored ?? '')?.[0]
  return arrival === undefined ? null : Number(arrival)
}

function parsed(text: string): PairEntry | null {
  try {
    return readPairEntry(JSON.parse(text))
  } catch {
    // Lua and the schema disagree over this text, or somebody edited it.
    return null
  }
}

/** The id holds what is needed to work the pair. */
function fromId(id: string): PairEntry {
  const [chain = DEFAULT_CHAIN, wallet_address = '', token_address = ''] = id.split(':')
  return { chain, wallet_address, token_address }
}
