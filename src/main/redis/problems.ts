/** A Redis that cannot be used. The message says which, why, and what to do. */
export class RedisUnusable extends Error {
  override readonly name = 'RedisUnusable'
}

/** The URL as it may be shown: without its password. */
export function shownUrl(url: string): string {
  // Up to the last @: a password may hold one that was not encoded.
  return url
    .replace(/^(rediss?:\/\/)(?:([^:@/]*).*@)?/, (_all, scheme: string, user?: string) =>
      user ? `${scheme}${user}@` : scheme,
    )
    .replace(/([?&]\w*pass\w*=)[^&]*/gi, '$1…')
}

/** Host and port, or the socket: for the window's header. */
export function shortName(url: string): string {
  return shownUrl(url).replace(/^(rediss?|unix):\/\//, '')
}

const EXPLANATIONS: readonly (readonly [RegExp, string])[] = [
  [/Invalid URL/, 'the URL cannot be read. It is redis://USER:PASSWORD@HOST:PORT; signs like @ / # ? in a password are written %40 %2F %23 %3F'],
  [/ECONNREFUSED|ENOENT/, 'nothing listens there. Start that Redis, or correct the URL'],
  [/ENOTFOUND|EAI_AGAIN/, 'its host name is not known. Correct the host in the URL'],
  [/WRONGPASS|invalid.*password|invalid username/i, 'the user or password is wrong. Correct it in the URL'],
  [/NOAUTH/, 'it wants a password. In a URL it stands like this: redis://:PASSWORD@HOST:PORT'],
  [/EHOSTUNREACH|ENETUNREACH/, 'its host cannot be reached from here. Check the network and the address'],
  [/EACCES|EPERM/, 'this user may not open it. Check the permissions of the socket'],
  [/certificate|SSL|TLS|EPROTO|wrong version number/i, 'TLS failed. Check the certificate, or use redis:// for a server without TLS'],
  [/Protocol error|RESP|parser/i, 'what answers there is not a Redis. Check host and port'],
  [/no answer|ETIMEDOUT|timeout/i, 'it does not answer. Check host and port, and whether a firewall is in between'],
]

/** One line on why the first connection failed. */
export function explainConnectFailure(url: string, error: unknown): string {
  const message = error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}` : String(error)
  const known = EXPLANATIONS.find(([pattern]) => pattern.test(message))
  return `Redis at ${shownUrl(url)} cannot be used: ${known ? known[1] : message.trim()}. (Setting [redis] url, SLUICE_REDIS_URL or --redis)`
}
