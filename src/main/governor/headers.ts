import type { Limit } from './limit'
import { COMMON_WINDOWS_MS } from './round-numbers'

/** What the headers of one answer say of the quota. What is malformed says nothing. */
export interface Told {
  /** What a refusal tells to wait, ms: Retry-After, else what the reset fields say when nothing remains. */
  readonly retryAfterMs: number | null
  /** How many requests the limit has that is told without its window. */
  readonly limitRequests: number | null
  /** The policy, null where it is not told or its windows are not. */
  readonly limits: readonly Limit[] | null
}

/** How an answer's headers are asked: case does not matter. */
export type HeaderReader = (name: string) => string | null

/** Beyond this a number of seconds is a moment in Unix time. */
const UNIX_FROM_SECONDS = 1_000_000_000
const UNIX_FROM_MS = 100_000_000_000
/** A reset further away than this is no rate limit's. */
const LONGEST_MS = 24 * 3_600_000
/** A window that is told by its reset alone is believed from this length on: below, whole seconds say too little. */
const SHORTEST_TOLD_MS = 5000
/** What clocks and whole seconds may differ by. */
const CLOCK_SLACK_MS = 1000
/** An answer may be under way for a while. */
const CLOCKS_AGREE_MS = 5000
/** Of several that end at that moment by the clock the longest is kept at first: the next window tells better. */
const LONGEST_BY_CLOCK_MS = 60_000

/** The spellings of one family of fields: with and without the X, and as Twitter and Tollbooth write it. */
const FAMILIES = ['x-ratelimit', 'ratelimit', 'x-rate-limit'] as const
/** Kong has a field for the limit of each window, named by it. */
const NAMED_WINDOWS_MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 24 * 3_600_000 } as const

/**
 * Reads `Retry-After` (RFC 9110 §10.2.3: seconds or an HTTP date), `RateLimit-Policy` and `RateLimit`
 * (draft-ietf-httpapi-ratelimit-headers: structured fields, and the three separate fields of its early versions, where the
 * limit may be followed by the policies, as Envoy has it too) and `X-RateLimit-*` (reset as a moment or as seconds; the
 * window in the name, as Kong has it). Retry-After wins over the others. The rate is the policy's quota over its window,
 * never what remains over the time that remains. `wallMs`: our Unix time.
 */
export function readRateHeaders(header: HeaderReader, wallMs: number): Told {
  const nowMs = serverTime(header('date'), wallMs)
  const retryAfterMs = retryAfter(header('retry-after'), nowMs) ?? resetWhenNothingRemains(header, nowMs)
  const limit = field(header, 'limit')
  const limits = policies(header('ratelimit-policy')) ?? policies(limit) ?? namedWindows(header) ?? freshWindow(header, nowMs)
  return { retryAfterMs, limitRequests: firstCount(limit), limits }
}

/** Moments are told by the API's clock. Where ours is set wrongly it counts, though it is told in whole seconds only. */
function serverTime(date: string | null, wallMs: number): number {
  const dateMs = date === null ? Number.NaN : Date.parse(date)
  return Math.abs(dateMs - wallMs) > CLOCKS_AGREE_MS ? dateMs : wallMs
}

function retryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null
  // Whole seconds by the RFC; some middleware sends their fractions.
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return bounded(Number(value) * 1000)
  return untilDate(value, nowMs)
}

/** `"name";q=15;w=1, …` or the early form `15, 15;w=1`. Items without a quota or a window are left out. */
function policies(value: string | null): Limit[] | null {
  const limits = (value ?? '').split(',').flatMap((item): Limit[] => {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim())
    const numberOf = (key: string) => Number(parameters.find((part) => part.startsWith(`${key}=`))?.slice(key.length + 1))
    const requests = Number.isFinite(numberOf('q')) ? numberOf('q') : /^\d+$/.test(name) ? Number(name) : Number.NaN
    const windowMs = numberOf('w') * 1000
    return requests > 0 && windowMs > 0 ? [{ requests, windowMs }] : []
  })
  return limits.length > 0 ? limits : null
}

/** `X-RateLimit-Limit-Minute: 1000`. */
function namedWindows(header: HeaderReader): Limit[] | null {
  const limits = Object.entries(NAMED_WINDOWS_MS).flatMap(([name, windowMs]): Limit[] => {
    const requests = count(header(`x-ratelimit-limit-${name}`)) ?? 0
    return requests > 0 ? [{ requests, windowMs }] : []
  })
  return limits.length > 0 ? limits : null
}

/**
 * Without a policy the window shows in the answer that opened it: all but one remain, and the reset is a window away.
 */
function freshWindow(header: HeaderReader, nowMs: number): Limit[] | null {
  const requests = firstCount(field(header, 'limit'))
  const remaining = count(field(header, 'remaining'))
  const resetMs = reset(field(header, 'reset'), nowMs)
  if (requests === null || remaining !== requests - 1 || resetMs === null || resetMs < SHORTEST_TOLD_MS) return null
  return [{ requests, windowMs: windowNear(resetMs, nowMs) }]
}

/**
 * A common window where the reset is about as far away, for it is told in whole seconds, some time ago, and may have begun a
 * moment before the request; or where it ends when such a window does by the clock, and began before. Else just as long.
 */
function windowNear(resetMs: number, nowMs: number): number {
  const isNear = (windowMs: number) => resetMs >= windowMs - Math.min(2000, windowMs * 0.3) && resetMs <= windowMs + CLOCK_SLACK_MS
  const isByClock = (windowMs: number) => windowMs > resetMs && windowMs <= LONGEST_BY_CLOCK_MS && Math.abs(nowMs + resetMs - Math.round((nowMs + resetMs) / windowMs) * windowMs) <= CLOCK_SLACK_MS
  const common = COMMON_WINDOWS_MS.find(isNear) ?? COMMON_WINDOWS_MS.findLast(isByClock)
  return common ?? Math.round(resetMs / 1000) * 1000
}

function resetWhenNothingRemains(header: HeaderReader, nowMs: number): number | null {
  if (count(field(header, 'remaining')) !== 0) return structuredReset(header('ratelimit'))
  return reset(field(header, 'reset'), nowMs)
}

/** A field of its own, or an item of the one field that draft 7 has: `limit=15, remaining=0, reset=1`. */
function field(header: HeaderReader, name: 'limit' | 'remaining' | 'reset'): string | null {
  const alone = FAMILIES.map((family) => header(`${family}-${name}`)).find((value) => value !== null)
  return alone ?? new RegExp(`(?:^|,)\\s*${name}=([^,;]*)`).exec(header('ratelimit') ?? '')?.[1] ?? null
}

/** `"name";r=0;t=5`: the longest wait of the items of which nothing remains. */
function structuredReset(value: string | null): number | null {
  const waits = (value ?? '').split(',').flatMap((item) => {
    const remaining = /;\s*r=(\d+)/.exec(item)?.[1]
    const seconds = /;\s*t=(\d+)/.exec(item)?.[1]
    return remaining === '0' && seconds !== undefined ? [Number(seconds) * 1000] : []
  })
  return waits.length > 0 ? bounded(Math.max(...waits)) : null
}

/** In seconds, or as a moment: Unix time in seconds or milliseconds, or a date. */
function reset(value: string | null, nowMs: number): number | null {
  const number = count(value)
  if (number === null) return untilDate(value, nowMs)
  if (number < UNIX_FROM_SECONDS) return bounded(number * 1000)
  return bounded(Math.max(0, (number < UNIX_FROM_MS ? number * 1000 : number) - nowMs))
}

function untilDate(value: string | null, nowMs: number): number | null {
  const isDate = value !== null && (/[A-Za-z]{3}/.test(value) || /^\s*\d{4}-\d\d-\d\dT/.test(value))
  const atMs = isDate ? Date.parse(value) : Number.NaN
  return Number.isNaN(atMs) ? null : bounded(Math.max(0, atMs - nowMs))
}

function count(value: string | null): number | null {
  return value !== null && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : null
}

/** The limit itself, before its policies. */
function firstCount(value: string | null): number | null {
  return count(value?.split(/[,;]/)[0] ?? null)
}

function bounded(ms: number): number | null {
  return Number.isFinite(ms) && ms <= LONGEST_MS ? ms : null
}
