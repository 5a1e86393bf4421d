import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRateHeaders } from '../../../../src/main/governor/headers'

const NOW_MS = Date.UTC(2026, 0, 1, 12)
const read = (headers: Record<string, string>) => readRateHeaders((name) => headers[name] ?? null, NOW_MS)

describe('what a refusal tells to wait', () => {
  it.each([
    ['Retry-After in seconds', { 'retry-after': '12' }, 12_000],
    ['Retry-After in fractions of a second', { 'retry-after': '1.734' }, 1734],
    ['Retry-After as an HTTP date', { 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' }, 30_000],
    ['a date that is past', { 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, 0],
    ['a reset in Unix time, when nothing remains', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_MS / 1000 + 7) }, 7000],
    ['a reset in seconds, when nothing remains', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '7' }, 7000],
    ['the draft’s item of which nothing remains', { ratelimit: '"a";r=3;t=50, "b";r=0;t=4' }, 4000],
    ['a reset in Unix milliseconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_MS + 7000) }, 7000],
    ['a reset as a date', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-01-01T12:00:07.000Z' }, 7000],
    ['the one field of draft 7', { ratelimit: 'limit=15, remaining=0, reset=4' }, 4000],
    ['no reset while something remains', { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '7' }, null],
    ['Retry-After before all others', { 'retry-after': '2', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '60' }, 2000],
    ['nothing, where the field is malformed', { 'retry-after': 'soon' }, null],
    ['nothing, where it is beyond a day', { 'retry-after': '999999' }, null],
    ['nothing, where it is negative', { 'retry-after': '-5' }, null],
  ])('%s', (_, headers, expected) => {
    expect(read(headers as Record<string, string>).retryAfterMs).toBe(expected)
  })

  it.each([-3_600_000, 3_600_000])('goes by the clock of the API where ours is wrong by %i ms', (wrongByMs) => {
    const told = (headers: Record<string, string>) => readRateHeaders((name) => headers[name] ?? null, NOW_MS + wrongByMs).retryAfterMs
    const date = new Date(NOW_MS).toUTCString()
    expect(told({ date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_MS / 1000 + 7) })).toBe(7000)
    expect(told({ date, 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' })).toBe(30_000)
  })
})

describe('the policy', () => {
  it.each([
    ['structured fields', { 'ratelimit-policy': '"burst";q=50;w=1, "minute";q=1000;w=60' }, [{ requests: 50, windowMs: 1000 }, { requests: 1000, windowMs: 60_000 }]],
    ['the early form', { 'ratelimit-policy': '15;w=1' }, [{ requests: 15, windowMs: 1000 }]],
    ['an item without a window is left out', { 'ratelimit-policy': '"a";q=10, "b";q=20;w=2' }, [{ requests: 20, windowMs: 2000 }]],
    ['nonsense says nothing', { 'ratelimit-policy': 'as you like; q=many; w=-1' }, null],
    ['a window that has just begun tells its length', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '99', 'x-ratelimit-reset': '60' }, [{ requests: 100, windowMs: 60_000 }]],
    ['a window that has just begun tells its length in the one field of draft 7', { ratelimit: 'limit=100, remaining=99, reset=60' }, [{ requests: 100, windowMs: 60_000 }]],
    ['whole seconds of a common window are rounded', { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '49', 'x-ratelimit-reset': '9' }, [{ requests: 50, windowMs: 10_000 }]],
    ['the limit followed by its policies', { 'ratelimit-limit': '100, 100;w=60, 1000;w=3600' }, [{ requests: 100, windowMs: 60_000 }, { requests: 1000, windowMs: 3_600_000 }]],
    ['the same with an X, as Envoy has it', { 'x-ratelimit-limit': '10, 10;w=1;name="default"' }, [{ requests: 10, windowMs: 1000 }]],
    ['the window in the name, as Kong has it', { 'x-ratelimit-limit-second': '50', 'x-ratelimit-limit-minute': '1000', 'ratelimit-limit': '50' }, [{ requests: 50, windowMs: 1000 }, { requests: 1000, windowMs: 60_000 }]],
    ['a window that has just begun, in the spelling with two hyphens', { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '99', 'x-rate-limit-reset': String(NOW_MS / 1000 + 60) }, [{ requests: 100, windowMs: 60_000 }]],
    ['whole seconds that were rounded up and are no later than a second', { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '49', 'x-ratelimit-reset': '11' }, [{ requests: 50, windowMs: 10_000 }]],
    ['a window of no common length that begins with a request', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '99', 'x-ratelimit-reset': '45' }, [{ requests: 100, windowMs: 45_000 }]],
    ['what remains over the time that remains is no rate', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '40', 'x-ratelimit-reset': '60' }, null],
    ['a second is too short to be told by whole seconds', { 'x-ratelimit-limit': '15', 'x-ratelimit-remaining': '14', 'x-ratelimit-reset': '1' }, null],
  ])('%s', (_, headers, expected) => {
    expect(read(headers as Record<string, string>).limits).toEqual(expected)
  })

  it('is that of the clock where a window that began before ends with the minute', () => {
    const headers = new Map([['x-ratelimit-limit', '100'], ['x-ratelimit-remaining', '99'], ['x-ratelimit-reset', '37']])
    const told = readRateHeaders((name) => headers.get(name) ?? null, NOW_MS + 23_000)
    expect(told.limits).toEqual([{ requests: 100, windowMs: 60_000 }])
  })

  it('is known by its number of requests at least', () => {
    expect(read({ 'x-ratelimit-limit': '15' }).limitRequests).toBe(15)
    expect(read({ 'ratelimit-limit': '15, 15;w=1' }).limitRequests).toBe(15)
    expect(read({ 'x-ratelimit-limit': 'fifteen' }).limitRequests).toBeNull()
  })
})

it('whatever the fields hold, what is read is a wait within a day and limits that limit', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.tuple(fc.nat(), fc.nat()).map(([q, w]) => `"a";q=${q};w=${w}`),
    fc.tuple(fc.nat(), fc.nat()).map(([r, t]) => `"a";r=${r};t=${t}`),
    fc.tuple(fc.nat(), fc.nat(), fc.nat()).map(([limit, q, w]) => `${limit}, ${q};w=${w}`),
    fc.tuple(fc.nat(), fc.nat(), fc.nat()).map(([limit, remaining, reset]) => `limit=${limit}, remaining=${remaining}, reset=${reset}`),
  )
  const names = ['date', 'retry-after', 'ratelimit-policy', 'ratelimit', ...['limit', 'remaining', 'reset'].flatMap((part) => [`x-ratelimit-${part}`, `ratelimit-${part}`, `x-rate-limit-${part}`]), 'x-ratelimit-limit-minute']
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (headers) => {
      const { retryAfterMs, limits } = read(headers)
      if (retryAfterMs !== null) {
        expect(retryAfterMs).toBeGreaterThanOrEqual(0)
        expect(retryAfterMs).toBeLessThanOrEqual(24 * 3_600_000)
      }
      for (const { requests, windowMs } of limits ?? []) {
        expect(requests).toBeGreaterThan(0)
        expect(windowMs).toBeGreaterThan(0)
        expect(requests / windowMs).toBeLessThan(Infinity)
      }
    }),
  )
})
