import type { Limit, Standing } from './quota'

export const HEADER_STYLES = ['none', 'x', 'ietf'] as const
export type HeaderStyle = (typeof HEADER_STYLES)[number]

/** What a refused request is told. `by` is the limit that refused, null where no limit did (an injected refusal). */
export interface Refusal {
  readonly retryAfterMs: number
  readonly by: Limit | null
}

/**
 * What an answer says about the quota, in one of the dialects met in the wild:
 * - none: nothing, not even on a refusal.
 * - x: `x-ratelimit-limit`, `-remaining` and `-reset` (Unix seconds) of the tightest limit; `retry-after` on a refusal.
 * - ietf: `RateLimit-Policy` and `RateLimit` of every limit, as draft-ietf-httpapi-ratelimit-headers has them since its
 *   eighth version (structured fields); `retry-after` on a refusal.
 * Seconds are rounded up, so that a client which obeys them is never early.
 */
export function rateHeaders(
  style: HeaderStyle,
  standings: readonly Standing[],
  refusal: Refusal | null,
  nowMs: number,
): Record<string, string> {
  if (style === 'none') return {}
  const headers = style === 'x' ? xHeaders(standings, refusal, nowMs) : ietfHeaders(standings)
  if (refusal !== null) headers['retry-after'] = String(wholeSeconds(refusal.retryAfterMs))
  return headers
}

function xHeaders(standings: readonly Standing[], refusal: Refusal | null, nowMs: number): Record<string, string> {
  const share = (standing: Standing) => standing.remaining / standing.limit.requests
  const refusing = standings.find((standing) => standing.limit === refusal?.by)
  const told = refusing ?? standings.toSorted((one, other) => share(one) - share(other))[0]
  if (told === undefined) return {}
  return {
    'x-ratelimit-limit': String(told.limit.requests),
    'x-ratelimit-remaining': String(told.remaining),
    'x-ratelimit-reset': String(wholeSeconds(nowMs + (refusal?.retryAfterMs ?? told.resetAfterMs))),
  }
}

function ietfHeaders(standings: readonly Standing[]): Record<string, string> {
  if (standings.length === 0) return {}
  const items = standings.map(({ limit, remaining, resetAfterMs }) => {
    const name = `"${limit.requests}-per-${limit.windowMs / 1000}s"`
    // The draft's `w` is a whole number of seconds; a window that is none is left unsaid rather than said wrongly.
    const window = limit.windowMs % 1000 === 0 ? `;w=${limit.windowMs / 1000}` : ''
    return {
      policy: `${name};q=${limit.requests}${window}`,
      standing: `${name};r=${remaining};t=${wholeSeconds(resetAfterMs)}`,
    }
  })
  return {
    'ratelimit-policy': items.map((item) => item.policy).join(', '),
    ratelimit: items.map((item) => item.standing).join(', '),
  }
}

function wholeSeconds(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000))
}
