import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecentFinishes } from '../../../../src/main/engine/recent-finishes'

describe('the finishes of a sliding window', () => {
  it('are those that a look through all of them finds, however many came and went', () => {
    const finish = fc.record({ afterMs: fc.nat({ max: 40 }), failed: fc.boolean() })
    fc.assert(
      fc.property(fc.array(finish, { maxLength: 200 }), fc.integer({ min: 1, max: 30 }), (finishes, most) => {
        const recent = new RecentFinishes(100, most)
        const all: { atMs: number; failed: boolean }[] = []
        for (const { afterMs, failed } of finishes) {
          const atMs = (all.at(-1)?.atMs ?? 0) + afterMs
          recent.add(atMs, failed)
          all.push({ atMs, failed })
          const kept = all.filter((one) => one.atMs >= atMs - 100).slice(-most)
          expect(recent.count).toBe(kept.length)
          expect(recent.failures).toBe(kept.filter((one) => one.failed).length)
        }
      }),
    )
  })

  it('are still counted after many thousands, and none are left once they are cleared', () => {
    const recent = new RecentFinishes(1000, 10)
    for (let i = 0; i < 20_000; i += 1) recent.add(i, i % 2 === 0)
    expect([recent.count, recent.failures]).toEqual([10, 5])
    recent.clear()
    expect([recent.count, recent.failures]).toEqual([0, 0])
  })
})
