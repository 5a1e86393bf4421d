import type { ConnectionsReport } from '../../shared/connections'
import type { Connections } from './kept-connections'
import type { Flags } from './overrides'

/** What decides about the connections before the window does, as the person wrote it. */
export function decidedBy(file: string | undefined, env: NodeJS.ProcessEnv, flags: Flags): ConnectionsReport['decidedBy'] {
  if (file !== undefined) return { redis: file, api: file }
  const set = (name: string) => (env[name] ? name : null)
  return {
    redis: flags.redis === undefined ? set('SLUICE_REDIS_URL') : '--redis',
    api: flags.api === undefined ? (set('SLUICE_API_KEYS') ?? set('SLUICE_API_BASE_URL')) : '--api',
  }
}

/** What is kept, as far as nobody else decides: kept keys must not go to an API that was named elsewhere. */
export function undecided(kept: Connections, { redis, api }: ConnectionsReport['decidedBy']): Connections {
  return {
    ...kept,
    ...(redis === null ? {} : { redis: null }),
    ...(api === null ? {} : { apiBaseUrl: '', accounts: [] }),
  }
}
