import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { previewOf, TOKENS_A_PAGE, TRADERS_A_PAGE } from '../../../../src/main/analysis/discovery-cost'

describe('the preview of a discovery', () => {
  it.each([
    // One page of tokens and one page of traders.
    [{ tokens: 1, traders: 1 }, { requests: 2, computeUnits: 80, pairs: 1 }],
    // 1 + 20 × 5 requests.
    [{ tokens: 20, traders: 50 }, { requests: 101, computeUnits: 50 + 100 * 30, pairs: 1000 }],
    // One more of each begins another page.
    [{ tokens: 21, traders: 51 }, { requests: 2 + 21 * 6, computeUnits: 2 * 50 + 21 * 6 * 30, pairs: 1071 }],
  ])('of %o is %o', (plan, preview) => {
    expect(previewOf(plan, null)).toEqual({ ...preview, seconds: null })
  })

  it('says how long the quota makes it take', () => {
    expect(previewOf({ tokens: 20, traders: 50 }, 15).seconds).toBeCloseTo(101 / 15)
    expect(previewOf({ tokens: 20, traders: 50 }, 0.5).seconds).toBe(202)
  })

  it('never names fewer requests than pages are needed, nor a page more', () => {
    const size = fc.integer({ min: 1, max: 1000 })
    fc.assert(
      fc.property(size, size, (tokens, traders) => {
        const { requests } = previewOf({ tokens, traders }, null)
        const ofTokens = Math.ceil(tokens / TOKENS_A_PAGE)
        const perToken = (requests - ofTokens) / tokens
        expect(perToken * TRADERS_A_PAGE).toBeGreaterThanOrEqual(traders)
        expect((perToken - 1) * TRADERS_A_PAGE).toBeLessThan(traders)
      }),
    )
  })
})
