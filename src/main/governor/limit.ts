/** At most `requests` within `windowMs`. */
export interface Limit {
  readonly requests: number
  readonly windowMs: number
}

export function limitPerSecond({ requests, windowMs }: Limit): number {
  return (requests * 1000) / windowMs
}

/** Requests per second that all of these limits let through in the long run; null without any. */
export function sustainedPerSecond(limits: readonly Limit[]): number | null {
  if (limits.length === 0) return null
  return Math.min(...limits.map(limitPerSecond))
}
