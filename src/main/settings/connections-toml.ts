import { stringify } from 'smol-toml'
import { PLAN_NAMES, type PlanName } from '../../shared/plans'
import { newAccountId, tablesOf, type Account, type Connections } from './kept-connections'
import { loadSettings } from './load-settings'
import { SettingsError } from './problems'
import { keptRedisOfUrl } from './redis-address'
import { isSameApi } from './same-place'
import { parseToml } from './toml-file'

/** Stands where a key would: keys are never written to a file. */
const KEY_PLACEHOLDER = 'PUT-THE-KEY-HERE'

const HEAD = `# Settings of Sluice. Keys and passwords are not written here: put them in where it says ${KEY_PLACEHOLDER},
# or leave that as it is and import the file where they are kept already.
`

/** The connections as a settings file for --config, without secrets. */
export function tomlOf(connections: Connections): string {
  const { redis, accounts } = connections
  const bare = accounts.map((account) => ({ ...account, keys: [KEY_PLACEHOLDER] }))
  const tables = tablesOf({ ...connections, redis: redis && { ...redis, password: '' }, accounts: bare })
  const filled = Object.entries(tables).filter(([, table]) => Object.keys(table).length > 0)
  return `${HEAD}\n${stringify(Object.fromEntries(filled))}`
}

/**
 * The connections that a settings file makes of those that are kept: everything is replaced but secrets for which the file
 * has a placeholder or nothing. Throws SettingsError, whose message shows no secret.
 */
export function connectionsOfToml(text: string, kept: Connections): Connections {
  const tables = parseToml(text, 'the file')
  const { config } = loadSettings({ tables: structuredClone(tables), env: {}, flags: {} })
  const { redis, birdeye } = config
  // Kept keys go to the API that they are kept for, and to no other.
  const mayKeep = isSameApi(birdeye.api_base_url ?? '', kept.apiBaseUrl)
  const accounts = [...(birdeye.api_key === undefined ? [] : [{ keys: [birdeye.api_key] }]), ...birdeye.accounts]
  return {
    redis: redis.url === undefined ? null : redisOf(redis.url, kept),
    apiBaseUrl: birdeye.api_base_url ?? '',
    accounts: accounts.map((account, index) => accountOf(account, index, mayKeep ? kept.accounts : [])),
    other: otherOf(tables),
  }
}

function redisOf(url: string, { redis: before }: Connections): Connections['redis'] {
  const redis = keptRedisOfUrl(url)
  return redis.password === '' && before?.url === redis.url ? before : redis
}

interface ListedAccount {
  readonly name?: string | undefined
  readonly keys: readonly string[]
  readonly plan?: PlanName | undefined
  readonly limits?: unknown
}

function accountOf({ name = '', keys, plan, limits }: ListedAccount, index: number, kept: readonly Account[]): Account {
  if (limits !== undefined) {
    throw new SettingsError([`[[birdeye.accounts]] #${index + 1} limits: the window keeps plans only. Start Sluice with --config and this file instead`])
  }
  const before = kept.find((account) => account.name === name && name !== '') ?? kept[index]
  const isPlaceholder = keys.every((key) => key === KEY_PLACEHOLDER)
  return {
    id: isPlaceholder && before ? before.id : newAccountId(),
    name,
    plan: PLAN_NAMES.find((known) => known === plan) ?? null,
    keys: isPlaceholder ? (before?.keys ?? []) : keys,
  }
}

/** The settings that the window has no fields for, as they stand in the file. */
function otherOf(tables: Record<string, unknown>): Record<string, unknown> {
  const other = structuredClone(tables)
  const { redis, birdeye } = other
  if (isTable(redis)) delete redis['url']
  if (isTable(birdeye)) for (const name of ['api_base_url', 'api_key', 'accounts']) delete birdeye[name]
  return other
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
