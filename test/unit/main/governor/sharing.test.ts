import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareOut } from '../../../../src/main/governor/sharing'

const any = new Set([1, 2, 3])
const line = (account: number, nextMs: number, intervalMs: number) => ({ account, nextMs, intervalMs })

describe('who waits for a permit', () => {
  it('is served by the account whose next permit comes first', () => {
    expect(shareOut([any], [line(1, 30, 10), line(2, 5, 10), line(3, 20, 10)], 100)).toEqual([2])
  })

  it('is shared out by how fast the accounts are', () => {
    const shares = shareOut(Array.from({ length: 11 }, () => any), [line(1, 0, 10), line(2, 0, 100)], 95)
    expect(shares.filter((account) => account === 1)).toHaveLength(10)
    expect(shares.filter((account) => account === 2)).toHaveLength(1)
  })

  it('is told of no account that may not serve, nor of a permit that is too far away', () => {
    expect(shareOut([new Set([3])], [line(1, 0, 10), line(3, 101, 10)], 100)).toEqual([null])
    expect(shareOut([new Set<number>()], [line(1, 0, 10)], 100)).toEqual([null])
  })

  it('is asked for once: never more permits than there are waiters, never more than an account has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.subarray([1, 2, 3]), { maxLength: 60 }),
        fc.array(fc.record({ nextMs: fc.nat(120), intervalMs: fc.integer({ min: 1, max: 50 }) }), { minLength: 3, maxLength: 3 }),
        (waiters, speeds) => {
          const lines = speeds.map(({ nextMs, intervalMs }, i) => line(i + 1, nextMs, intervalMs))
          const shares = shareOut(waiters.map((accounts) => new Set(accounts)), lines, 100)
          expect(shares).toHaveLength(waiters.length)
          for (const { account, nextMs, intervalMs } of lines) {
            const most = Math.max(0, Math.floor((100 - nextMs) / intervalMs) + 1)
            expect(shares.filter((share) => share === account).length).toBeLessThanOrEqual(most)
          }
          shares.forEach((share, i) => expect(share === null || waiters[i]?.includes(share)).toBe(true))
        },
      ),
    )
  })
})
