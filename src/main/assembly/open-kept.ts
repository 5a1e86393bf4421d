import type { ConnectionsReport } from '../../shared/connections'
import { RedisUnusable } from '../redis/problems'
import { undecided } from '../settings/decided-by'
import { tablesOf, type Connections, type KeptConnections } from '../settings/kept-connections'
import { SettingsError } from '../settings/problems'
import type { Assembly } from './assemble'

type Tables = Record<string, unknown>

interface KeptParts {
  readonly kept: KeptConnections
  readonly decidedBy: ConnectionsReport['decidedBy']
  build(tables: Tables): Promise<Assembly>
}

export interface OpenedConsole {
  readonly assembly: Assembly
  /** Why what is kept is not worked with; null when it is. */
  readonly problem: string | null
}

/**
 * The console that what is kept makes. Where that cannot be used, because its Redis is away or its password was kept for another
 * session only, the one that there would be without: a window that cannot open could not be used to mend it.
 */
export async function openKept({ kept, decidedBy, build }: KeptParts): Promise<OpenedConsole> {
  const connections = undecided(kept.read(), decidedBy)
  const problem = missingKeys(connections)
  try {
    return { assembly: await build(tablesOf(connections)), problem }
  } catch (error) {
    const isOurs = error instanceof RedisUnusable || error instanceof SettingsError
    if (!isOurs || connections.redis === null) throw error
    return { assembly: await build({}), problem: error.message }
  }
}

function missingKeys({ accounts }: Connections): string | null {
  const missing = accounts.filter(({ keys }) => keys.length === 0).length
  if (missing === 0) return null
  const which = missing === accounts.length ? 'The API keys were' : `The API keys of ${missing} of ${accounts.length} accounts were`
  return `${which} kept for the last session only, as this system has no keychain. Enter them again`
}
