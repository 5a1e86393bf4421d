import { DEFAULT_API_BASE_URL } from '../../shared/config'

/**
 * Whether a secret that is kept for one address may go to the other without being entered anew. A page that was taken over
 * could otherwise have kept secrets sent to a host of its choice. Empty stands for the provider's own address.
 */
export function isSameApi(one: string, other: string): boolean {
  return placeOf(one || DEFAULT_API_BASE_URL) === placeOf(other || DEFAULT_API_BASE_URL)
}

/** The same for a Redis: the host, and whether the way there is encrypted; databases and users share a password's fate. */
export function isSameRedis(one: string, other: string): boolean {
  return placeOf(one) === placeOf(other)
}

function placeOf(url: string): string {
  if (!URL.canParse(url)) return url
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}
