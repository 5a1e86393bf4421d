import type { RedisDraft } from '../../shared/connections'
import { SettingsError } from './problems'

const UNREADABLE =
  'The address of the Redis cannot be read. It is HOST, HOST:PORT, HOST:PORT/DATABASE, a redis:// or rediss:// URL, or the path of a socket'

export type OwnRedis = Extract<RedisDraft, { kind: 'own' }>

/** A Redis as it is kept: the URL without its password, which is kept apart. */
export interface KeptRedis {
  readonly url: string
  readonly password: string
}

/** The kept form of what stands in the fields; `keptPassword` serves where the field was left alone. */
export function keptRedisOf({ address, tls, user, password }: OwnRedis, keptPassword: string): KeptRedis {
  const text = address.trim()
  const secret = password ?? keptPassword
  if (/^(unix:|\/)/.test(text)) return { url: text.startsWith('/') ? `unix://${text}` : text, password: '' }
  if (/^rediss?:\/\//.test(text)) return withUser(text, user, password ?? (hasSecret(text) ? secretOf(text) : keptPassword))
  return withUser(`${tls ? 'rediss' : 'redis'}://${text}`, user, secret)
}

/** What is kept, as the fields show it. */
export function fieldsOf({ url, password }: KeptRedis): { address: string; tls: boolean; user: string; hasPassword: boolean } {
  if (url.startsWith('unix:') || !URL.canParse(url)) return { address: url, tls: false, user: '', hasPassword: password !== '' }
  const { protocol, host, pathname, search, username } = new URL(url)
  const database = pathname === '/' ? '' : pathname
  return { address: `${host}${database}${search}`, tls: protocol === 'rediss:', user: decoded(username), hasPassword: password !== '' }
}

/** The whole URL, with the password. Never to be shown. */
export function fullUrlOf({ url, password }: KeptRedis): string {
  if (password === '' || url.startsWith('unix:') || !URL.canParse(url)) return url
  const whole = new URL(url)
  whole.password = encodeURIComponent(password)
  return whole.href
}

/** A whole URL of a settings file, taken apart. */
export function keptRedisOfUrl(url: string): KeptRedis {
  return url.startsWith('unix:') ? { url, password: '' } : withUser(url, '', secretOf(url))
}

function withUser(url: string, user: string, password: string): KeptRedis {
  // Never quoted, and never kept: it may hold the password.
  if (!URL.canParse(url)) throw new SettingsError([UNREADABLE])
  const parsed = new URL(url)
  if (user !== '') parsed.username = encodeURIComponent(user)
  parsed.password = ''
  return { url: parsed.href, password }
}

function hasSecret(url: string): boolean {
  return secretOf(url) !== ''
}

function secretOf(url: string): string {
  return URL.canParse(url) ? decoded(new URL(url).password) : ''
}

/** Text that only looks encoded stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
