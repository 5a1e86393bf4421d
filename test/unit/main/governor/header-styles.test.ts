import { describe, expect, it } from 'vitest'
import { atWorkOn, type Headers, type Limiter } from '../../../support/foreign-limiter'

/** One window: whether it accepts, how many it has counted, and when it ends. */
type Window = (nowMs: number) => { readonly accepted: boolean; readonly count: number; readonly endMs: number }

const inSeconds = (ms: number) => String(Math.ceil(ms / 1000))

/** Begins with the first request after the last one has gone by. */
function opened(requests: number, windowMs: number, countsRefused: boolean): Window {
  let [endMs, count] = [0, 0]
  return (nowMs) => {
    if (nowMs >= endMs) [endMs, count] = [nowMs + windowMs, 0]
    const accepted = count < requests
    if (accepted || countsRefused) count += 1
    return { accepted, count, endMs }
  }
}

/** Begins with each whole window of Unix time. */
function byClock(requests: number, windowMs: number, countsRefused: boolean): Window {
  let [endMs, count] = [0, 0]
  return (nowMs) => {
    if (nowMs >= endMs) [endMs, count] = [(Math.floor(nowMs / windowMs) + 1) * windowMs, 0]
    const accepted = count < requests
    if (accepted || countsRefused) count += 1
    return { accepted, count, endMs }
  }
}

type Style = (requests: number, windowMs: number) => Limiter

/** Fields that tell of a window in a style. */
const styled =
  (windowOf: typeof opened, countsRefused: boolean, fields: (seen: { requests: number; windowMs: number; left: number; endMs: number; nowMs: number; accepted: boolean }) => Headers): Style =>
  (requests, windowMs) => {
    const take = windowOf(requests, windowMs, countsRefused)
    return (nowMs) => {
      const { accepted, count, endMs } = take(nowMs)
      return { accepted, headers: fields({ requests, windowMs, left: Math.max(0, requests - count), endMs, nowMs, accepted }) }
    }
  }

/** A log of the last requests that refused ones enter too, as koa-ratelimit has it over Redis; Unix seconds, rounded down. */
const koaOverRedis: Style = (requests, windowMs) => {
  let log: number[] = []
  return (nowMs) => {
    log = log.filter((ms) => ms > nowMs - windowMs)
    const accepted = log.length < requests
    const remaining = String(Math.max(0, requests - log.length - 1))
    log = [...log, nowMs].slice(-requests)
    const reset = Math.floor(((log[0] ?? nowMs) + windowMs) / 1000)
    const told = { 'x-ratelimit-limit': String(requests), 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': String(reset) }
    return { accepted, headers: accepted ? told : { ...told, 'retry-after': String(Math.max(0, reset - Math.floor(nowMs / 1000))) } }
  }
}

/** @nestjs/throttler: hits slide, and one too many blocks for a whole window, of which only Retry-After tells. */
const nest: Style = (requests, windowMs) => {
  let [hits, expiresMs, blockedUntilMs] = [[] as number[], 0, 0]
  return (nowMs) => {
    if (nowMs >= expiresMs) expiresMs = nowMs + windowMs
    if (nowMs < blockedUntilMs) return { accepted: false, headers: { 'retry-after': inSeconds(blockedUntilMs - nowMs) } }
    if (blockedUntilMs > 0) [hits, blockedUntilMs] = [[], 0]
    hits = [...hits.filter((ms) => ms > nowMs - windowMs), nowMs]
    if (hits.length > requests) {
      blockedUntilMs = nowMs + windowMs
      return { accepted: false, headers: { 'retry-after': inSeconds(windowMs) } }
    }
    const headers = { 'x-ratelimit-limit': String(requests), 'x-ratelimit-remaining': String(requests - hits.length), 'x-ratelimit-reset': inSeconds(expiresMs - nowMs) }
    return { accepted: true, headers }
  }
}

const NAMES: Readonly<Record<number, string>> = { 1000: 'second', 60_000: 'minute' }

const STYLES: Readonly<Record<string, Style>> = {
  'express-rate-limit, legacy': styled(opened, true, ({ requests, left, endMs, nowMs, accepted }) => ({
    'x-ratelimit-limit': String(requests), 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset': inSeconds(endMs), ...(accepted ? {} : { 'retry-after': inSeconds(endMs - nowMs) }),
  })),
  'express-rate-limit, draft 7': styled(opened, true, ({ requests, windowMs, left, endMs, nowMs }) => ({
    'ratelimit-policy': `${requests};w=${windowMs / 1000}`, ratelimit: `limit=${requests}, remaining=${left}, reset=${inSeconds(endMs - nowMs)}`,
  })),
  '@fastify/rate-limit': styled(opened, true, ({ requests, left, endMs, nowMs, accepted }) => ({
    'x-ratelimit-limit': String(requests), 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset': inSeconds(endMs - nowMs), ...(accepted ? {} : { 'retry-after': inSeconds(endMs - nowMs) }),
  })),
  'rate-limiter-flexible': styled(opened, true, ({ requests, left, endMs, nowMs }) => ({
    'retry-after': String((endMs - nowMs) / 1000), 'x-ratelimit-limit': String(requests), 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset': new Date(endMs).toISOString(),
  })),
  'Laravel, which tells the reset when it refuses only': styled(opened, false, ({ requests, left, endMs, nowMs, accepted }) => ({
    'x-ratelimit-limit': String(requests), 'x-ratelimit-remaining': String(left), ...(accepted ? {} : { 'retry-after': inSeconds(endMs - nowMs), 'x-ratelimit-reset': inSeconds(endMs) }),
  })),
  'flask-limiter': styled(opened, true, ({ requests, left, endMs, nowMs }) => ({
    'x-ratelimit-limit': String(requests), 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset': String(Math.floor(1 + endMs / 1000)), 'retry-after': String(Math.floor(1 + (endMs - nowMs) / 1000)),
  })),
  Kong: styled(byClock, false, ({ requests, windowMs, left, endMs, nowMs }) => ({
    ...(NAMES[windowMs] ? { [`x-ratelimit-limit-${NAMES[windowMs]}`]: String(requests) } : {}), 'ratelimit-limit': String(requests), 'ratelimit-remaining': String(left), 'ratelimit-reset': inSeconds(endMs - nowMs),
  })),
  Envoy: styled(byClock, true, ({ requests, windowMs, left, endMs, nowMs }) => ({
    'x-ratelimit-limit': `${requests}, ${requests};w=${windowMs / 1000}`, 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset': inSeconds(endMs - nowMs),
  })),
  'koa-ratelimit over Redis': koaOverRedis,
  '@nestjs/throttler': nest,
}

describe.each([
  [15, 1000],
  [50, 10_000],
  [100, 60_000],
])('a limiter of %i in %i ms is used to 97 % with at most 1 % refused', (requests, windowMs) => {
  it.each(Object.entries(STYLES))('of %s', (_, style) => {
    for (const seed of [1, 2]) {
      const learnedSecond = windowMs < 60_000 ? 30 : 90
      const { used, refusedShare } = atWorkOn(style(requests, windowMs), seed).figure(learnedSecond, learnedSecond + 300, (requests * 1000) / windowMs)
      expect(used).toBeGreaterThan(0.97)
      expect(refusedShare).toBeLessThanOrEqual(0.01)
    }
  })
})
