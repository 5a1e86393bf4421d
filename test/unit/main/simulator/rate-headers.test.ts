import { describe, expect, it } from 'vitest'
import { metersFor, standings, takeFromAll, type Limit, type Meter } from '../../../../src/main/simulator/quota'
import { rateHeaders, type HeaderStyle } from '../../../../src/main/simulator/rate-headers'

const NOW_MS = 1_750_000_000_250
const perSecond: Limit = { requests: 15, windowMs: 1000, law: 'fixed', burst: 15 }
const perMinute: Limit = { requests: 20, windowMs: 60_000, law: 'fixed', burst: 20 }

/** Headers of the answer after `used` requests, the last of which may have been refused. */
function headersAfter(used: number, style: HeaderStyle, limits: readonly Limit[]): Record<string, string> {
  let meters: Meter[] = metersFor(limits, NOW_MS)
  let refusal = null
  for (let request = 0; request < used; request++) {
    const decision = takeFromAll(meters, NOW_MS)
    if (decision.kind === 'accepted') meters = decision.next
    else refusal = decision
  }
  return rateHeaders(style, standings(meters, NOW_MS), refusal, NOW_MS)
}

describe('rate-limit headers', () => {
  it('of style none say nothing, even on a refusal', () => {
    expect(headersAfter(16, 'none', [perSecond])).toEqual({})
  })

  it('of style x tell of the tightest limit and its reset as Unix seconds, rounded up', () => {
    expect(headersAfter(5, 'x', [perSecond, perMinute])).toEqual({
      'x-ratelimit-limit': '15',
      'x-ratelimit-remaining': '10',
      'x-ratelimit-reset': '1750000001',
    })
  })

  it('of style x tell, on a refusal, of the limit that refused and when to come back', () => {
    const minuteEnds = Math.ceil(NOW_MS / 60_000) * 60
    expect(headersAfter(21, 'x', [{ ...perSecond, requests: 30, burst: 30 }, perMinute])).toEqual({
      'x-ratelimit-limit': '20',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(minuteEnds),
      'retry-after': String(Math.ceil(minuteEnds - NOW_MS / 1000)),
    })
  })

  it('of style ietf list every limit as structured fields', () => {
    expect(headersAfter(3, 'ietf', [perSecond, perMinute])).toEqual({
      'ratelimit-policy': '"15-per-1s";q=15;w=1, "20-per-60s";q=20;w=60',
      ratelimit: '"15-per-1s";r=12;t=1, "20-per-60s";r=17;t=20',
    })
  })

  it('of style ietf leave out a window that is no whole number of seconds', () => {
    expect(headersAfter(1, 'ietf', [{ ...perSecond, windowMs: 500 }])['ratelimit-policy']).toBe('"15-per-0.5s";q=15')
  })

  it('of style ietf carry retry-after on a refusal', () => {
    expect(headersAfter(16, 'ietf', [perSecond])).toMatchObject({ ratelimit: '"15-per-1s";r=0;t=1', 'retry-after': '1' })
  })

  it('carry only retry-after where an injected refusal meets no limit', () => {
    expect(rateHeaders('x', [], { retryAfterMs: 1000, by: null }, NOW_MS)).toEqual({ 'retry-after': '1' })
    expect(rateHeaders('ietf', [], { retryAfterMs: 1000, by: null }, NOW_MS)).toEqual({ 'retry-after': '1' })
  })
})
