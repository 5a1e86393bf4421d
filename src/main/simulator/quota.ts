/**
 * The laws of a quota, as pure functions of (state, now) → decision: they know no clock, no HTTP and no account, so
 * that tests and benches run them on virtual time.
 *
 * A refused request consumes nothing, under any law. (Some real APIs with sliding windows count refusals too; this one
 * does not: what is asked too fast costs an answer, never a second of quota.)
 */

export const LAWS = ['bucket', 'fixed', 'opened', 'sliding'] as const
type Law = (typeof LAWS)[number]

/**
 * At most `requests` per `windowMs`, by one of four laws:
 * - bucket: tokens flow in evenly, `requests` per window, and up to `burst` of them wait. Full at the start.
 * - fixed: `requests` in each window; windows start at whole multiples of `windowMs` since 1970.
 * - opened: the same, but a window starts with the first request after the one before has ended, as most middleware counts.
 * - sliding: `requests` in any span of `windowMs`.
 * A `burst` below `requests` adds even spacing to the laws of windows: no more than `burst` at once, then one
 * each `windowMs / requests`.
 */
export interface Limit {
  readonly requests: number
  readonly windowMs: number
  readonly law: Law
  readonly burst: number
}

/**
 * Unix milliseconds as a double are exact to a quarter of a microsecond: a caller that waits exactly one interval must
 * not be refused for that.
 */
const ROUNDING_MS = 0.001

/** One law at work: its limit and how much of it is used. A limit with spacing has two meters. */
export type Meter =
  | { readonly kind: 'bucket'; readonly limit: Limit; readonly tokens: number; readonly atMs: number }
  | { readonly kind: 'fixed'; readonly limit: Limit; readonly windowStartMs: number; readonly used: number }
  | { readonly kind: 'sliding'; readonly limit: Limit; readonly acceptedAtMs: readonly number[] }

export type Decision<State> =
  | { readonly kind: 'accepted'; readonly next: State }
  /** Nothing was consumed; `retryAfterMs` from now there is room for one, if nobody else takes it. */
  | { readonly kind: 'refused'; readonly retryAfterMs: number; readonly by: Limit }

/** Where a limit stands: what is left now, and in how many ms it stands there whole again. */
export interface Standing {
  readonly limit: Limit
  readonly remaining: number
  readonly resetAfterMs: number
}

/** Unused meters for these limits. */
export function metersFor(limits: readonly Limit[], nowMs: number): Meter[] {
  return limits.flatMap((limit): Meter[] => {
    const bucket: Meter = { kind: 'bucket', limit, tokens: limit.burst, atMs: nowMs }
    if (limit.law === 'bucket') return [bucket]
    const window: Meter =
      limit.law === 'sliding'
        ? { kind: 'sliding', limit, acceptedAtMs: [] }
        : { kind: 'fixed', limit, windowStartMs: limit.law === 'opened' ? -Infinity : windowStart(limit, nowMs), used: 0 }
    return limit.burst < limit.requests ? [window, bucket] : [window]
  })
}

/** Asks every meter for one request: all of them take it, or none does. */
export function takeFromAll(meters: readonly Meter[], nowMs: number): Decision<Meter[]> {
  const next: Meter[] = []
  let refusal: Decision<never> | null = null
  for (const meter of meters) {
    const decision = take(meter, nowMs)
    if (decision.kind === 'accepted') next.push(decision.next)
    else if (refusal === null || decision.retryAfterMs > refusal.retryAfterMs) refusal = decision
  }
  return refusal ?? { kind: 'accepted', next }
}

/** Asks one meter for one request. */
export function take(meter: Meter, nowMs: number): Decision<Meter> {
  switch (meter.kind) {
    case 'bucket': {
      const tokens = tokensAt(meter, nowMs)
      const missingMs = (1 - tokens) * msPerToken(meter.limit)
      // What is lent here stays owed.
      if (missingMs <= ROUNDING_MS) return { kind: 'accepted', next: { ...meter, tokens: tokens - 1, atMs: nowMs } }
      return { kind: 'refused', retryAfterMs: missingMs, by: meter.limit }
    }
    case 'fixed': {
      const windowStartMs = windowStartOf(meter, nowMs)
      const used = windowStartMs === meter.windowStartMs ? meter.used : 0
      if (used < meter.limit.requests) return { kind: 'accepted', next: { ...meter, windowStartMs, used: used + 1 } }
      return { kind: 'refused', retryAfterMs: windowStartMs + meter.limit.windowMs - nowMs, by: meter.limit }
    }
    case 'sliding': {
      const inWindow = acceptedWithin(meter, nowMs)
      const [oldestMs = nowMs] = inWindow
      if (inWindow.length < meter.limit.requests) {
        return { kind: 'accepted', next: { ...meter, acceptedAtMs: [...inWindow, nowMs] } }
      }
      return { kind: 'refused', retryAfterMs: oldestMs + meter.limit.windowMs - nowMs, by: meter.limit }
    }
  }
}

/** The standing of each limit; of a limit with two meters, that of the tighter one. */
export function standings(meters: readonly Meter[], nowMs: number): Standing[] {
  const byLimit = new Map<Limit, Standing>()
  for (const meter of meters) {
    const standing = standingOf(meter, nowMs)
    const known = byLimit.get(meter.limit)
    if (known === undefined || standing.remaining < known.remaining) byLimit.set(meter.limit, standing)
  }
  return [...byLimit.values()]
}

function standingOf(meter: Meter, nowMs: number): Standing {
  const { limit } = meter
  switch (meter.kind) {
    case 'bucket': {
      const tokens = tokensAt(meter, nowMs)
      const remaining = Math.max(0, Math.floor(tokens + ROUNDING_MS / msPerToken(limit)))
      return { limit, remaining, resetAfterMs: (limit.burst - tokens) * msPerToken(limit) }
    }
    case 'fixed': {
      const windowStartMs = windowStartOf(meter, nowMs)
      const used = windowStartMs === meter.windowStartMs ? meter.used : 0
      return { limit, remaining: limit.requests - used, resetAfterMs: windowStartMs + limit.windowMs - nowMs }
    }
    case 'sliding': {
      const inWindow = acceptedWithin(meter, nowMs)
      const newestMs = inWindow.at(-1) ?? nowMs - limit.windowMs
      return { limit, remaining: limit.requests - inWindow.length, resetAfterMs: newestMs + limit.windowMs - nowMs }
    }
  }
}

function windowStartOf({ limit, windowStartMs }: Meter & { kind: 'fixed' }, nowMs: number): number {
  if (limit.law === 'fixed') return windowStart(limit, nowMs)
  return nowMs < windowStartMs + limit.windowMs ? windowStartMs : nowMs
}

function tokensAt(bucket: Meter & { kind: 'bucket' }, nowMs: number): number {
  return Math.min(bucket.limit.burst, bucket.tokens + (nowMs - bucket.atMs) / msPerToken(bucket.limit))
}

function acceptedWithin(sliding: Meter & { kind: 'sliding' }, nowMs: number): readonly number[] {
  const startMs = nowMs - sliding.limit.windowMs
  const first = sliding.acceptedAtMs.findIndex((atMs) => atMs > startMs)
  if (first === 0) return sliding.acceptedAtMs
  return first === -1 ? [] : sliding.acceptedAtMs.slice(first)
}

function msPerToken(limit: Limit): number {
  return limit.windowMs / limit.requests
}

function windowStart(limit: Limit, nowMs: number): number {
  return Math.floor(nowMs / limit.windowMs) * limit.windowMs
}
