import { DEFAULT_API_BASE_URL } from '../../shared/config'
import type { AccountDraft, ConnectionsDraft, ConnectionsReport, KeyTrial, RedisDraft, Verdict } from '../../shared/connections'
import { checkKeys } from '../analysis/key-check'
import type { ConnectionDesk } from '../operator/connection-port'
import { CLIENT_NAME_PREFIX } from '../redis/private-redis'
import { RedisConnection } from '../redis/connection'
import { RedisUnusable } from '../redis/problems'
import { connectionsOfToml, tomlOf } from '../settings/connections-toml'
import { newAccountId, tablesOf, type Account, type Connections, type KeptConnections } from '../settings/kept-connections'
import { loadSettings } from '../settings/load-settings'
import { SettingsError } from '../settings/problems'
import { fieldsOf, fullUrlOf, keptRedisOf, type KeptRedis, type OwnRedis } from '../settings/redis-address'
import { isSameApi, isSameRedis } from '../settings/same-place'
import { systemClock } from '../system-clock'
import { NotConfigured } from './assemble'

interface DeskParts {
  readonly kept: KeptConnections
  readonly decidedBy: ConnectionsReport['decidedBy']
  /** Why what is kept was not worked with when Sluice started; null when it was. */
  readonly startProblem: string | null
  /** Works with what is kept now. Rejects when that cannot be done; then the console from before works on. */
  apply(): Promise<void>
}

const KEY_AGAIN = 'The API address has changed: enter the key again to use it there'
const GOOD: Verdict = { ok: true, words: 'Saved. Sluice works with these connections now' }
/** Ends of keys that are shown: enough to tell keys apart, too little to be one. */
const SHOWN_END = 4

/** The connections, as the window changes them. */
export function connectionDesk({ kept, decidedBy, startProblem, apply }: DeskParts): ConnectionDesk {
  let problem = startProblem
  const keep = async (connections: Connections): Promise<Verdict> => {
    const before = kept.read()
    // Says what is wrong with a value before anything is opened.
    loadSettings({ tables: structuredClone(tablesOf(connections)), env: {}, flags: {} })
    if (connections.redis !== null && decidedBy.redis === null) await serverOf(fullUrlOf(connections.redis))
    kept.write(connections)
    try {
      await apply()
    } catch (error) {
      kept.write(before)
      throw error
    }
    problem = null
    return GOOD
  }
  return {
    report: () => ({ ...reportOf(kept.read(), kept.keeping, decidedBy), problem }),
    testRedis: (draft) => inWords(() => testRedis(draft, kept.read())),
    testKey: (trial) => inWords(() => testKey(trial, kept.read())),
    save: (draft) => inWords(() => keep(connectionsOf(draft, kept.read(), decidedBy))),
    importToml: (text) => inWords(() => keep(connectionsOfToml(text, kept.read()))),
    toml: () => tomlOf(kept.read()),
  }
}

function reportOf(
  { redis, apiBaseUrl, accounts }: Connections,
  keeping: ConnectionsReport['keeping'],
  decidedBy: ConnectionsReport['decidedBy'],
): Omit<ConnectionsReport, 'problem'> {
  return {
    redis: redis === null ? { kind: 'private' } : { kind: 'own', ...fieldsOf(redis) },
    apiBaseUrl,
    accounts: accounts.map(({ id, name, plan, keys }) => ({ id, name, plan, keys: keys.map(masked) })),
    keeping,
    decidedBy,
  }
}

/** A key with all but its end hidden; short ones wholly. */
export function masked(key: string): string {
  return `••••••••${key.length >= 4 * SHOWN_END ? key.slice(-SHOWN_END) : ''}`
}

async function testRedis(draft: RedisDraft, { redis }: Connections): Promise<Verdict> {
  if (draft.kind === 'private') return { ok: true, words: 'Sluice starts it by itself' }
  if (draft.address.trim() === '') throw new SettingsError(['Enter the address of the Redis first'])
  return serverOf(fullUrlOf(ownRedisOf(draft, redis)))
}

/** Connects once. Rejects with RedisUnusable, in words. */
async function serverOf(url: string): Promise<Verdict> {
  const connection = await RedisConnection.open(url, `${CLIENT_NAME_PREFIX}test`)
  try {
    const ms = await connection.ping()
    const { server, warnings } = connection.facts
    return { ok: true, words: [`${server} answers in ${ms < 1 ? 'under 1' : Math.round(ms)} ms`, ...warnings].join('. ') }
  } finally {
    connection.close()
  }
}

async function testKey({ id, key, apiBaseUrl }: KeyTrial, { accounts, apiBaseUrl: keptFor }: Connections): Promise<Verdict> {
  if (key === null && !isSameApi(apiBaseUrl.trim(), keptFor)) throw new SettingsError([KEY_AGAIN])
  const keys = key === null ? (accounts.find((account) => account.id === id)?.keys ?? []) : [key.trim()]
  if (keys.length === 0 || keys.includes('')) throw new SettingsError(['Enter the key first'])
  const baseUrl = apiBaseUrl.trim() === '' ? DEFAULT_API_BASE_URL : apiBaseUrl.trim()
  loadSettings({ tables: { birdeye: { api_base_url: baseUrl } }, env: {}, flags: {} })
  return checkKeys({ baseUrl, keys, clock: systemClock })
}

/** What is decided elsewhere stays as it is kept. */
function connectionsOf(draft: ConnectionsDraft, before: Connections, decidedBy: ConnectionsReport['decidedBy']): Connections {
  const redis = decidedBy.redis === null ? redisOf(draft.redis, before) : before.redis
  if (decidedBy.api !== null) return { ...before, redis }
  const isElsewhere = !isSameApi(draft.apiBaseUrl.trim(), before.apiBaseUrl)
  if (isElsewhere && draft.accounts.some(({ key }) => key === null)) throw new SettingsError([KEY_AGAIN])
  const accounts = draft.accounts.map((account, index) => accountOf(account, index, before))
  return { ...before, redis, apiBaseUrl: draft.apiBaseUrl.trim(), accounts }
}

function redisOf(draft: RedisDraft, { redis }: Connections): Connections['redis'] {
  if (draft.kind === 'private') return null
  if (draft.address.trim() === '') throw new SettingsError(['Enter the address of the Redis, or choose the private one'])
  return ownRedisOf(draft, redis)
}

/** A kept password goes to the server that it is kept for, and to no other. */
function ownRedisOf(draft: OwnRedis, before: Connections['redis']): KeptRedis {
  const redis = keptRedisOf(draft, before?.password ?? '')
  if (draft.password === null && before !== null && before.password !== '' && redis.password === before.password) {
    if (!isSameRedis(redis.url, before.url)) throw new SettingsError(['The address of the Redis has changed: enter its password again'])
  }
  return redis
}

function accountOf({ id, name, key, plan }: AccountDraft, index: number, { accounts }: Connections): Account {
  const before = accounts.find((account) => account.id === id)
  const keys = key === null ? (before?.keys ?? []) : [key.trim()]
  if (keys.length === 0 || keys.includes('')) throw new SettingsError([`Enter the key of account ${index + 1}, or remove it`])
  return { id: before?.id ?? newAccountId(), name: name.trim(), plan, keys }
}

/** What a person can mend becomes a verdict; the rest is a mistake of ours, which the command gate reports. */
async function inWords(task: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await task()
  } catch (error) {
    if (error instanceof SettingsError || error instanceof RedisUnusable || error instanceof NotConfigured) {
      // Where else the setting could stand is no help to who has the field in front of them.
      return { ok: false, words: error.message.replace(/ \(Setting [^)]*\)$/, '') }
    }
    throw error
  }
}
