import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SeenIds } from '../../../../src/main/transfer/seen-ids'

describe('the ids that have been seen', () => {
  it('tell each id that comes again, whatever comes between', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 3000 }), (ids) => {
        const seen = new SeenIds()
        const known = new Set<string>()
        for (const id of ids) {
          expect(seen.add(id)).toBe(known.has(id))
          known.add(id)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('tell apart a hundred thousand ids that differ by little', () => {
    const seen = new SeenIds()
    let mistaken = 0
    for (let n = 0; n < 100_000; n += 1) mistaken += Number(seen.add(`solana:wallet${n}:token`))
    expect(mistaken).toBe(0)
    for (let n = 0; n < 100_000; n += 997) expect(seen.add(`solana:wallet${n}:token`)).toBe(true)
  })

  it('keep to their memory: ids beyond it are new, and those before are known all the same', () => {
    const seen = new SeenIds(2)
    expect([seen.add('a'), seen.add('b')]).toEqual([false, false])
    expect(seen.knowsAll).toBe(false)
    expect([seen.add('c'), seen.add('c'), seen.add('a')]).toEqual([false, false, true])
  })
})
