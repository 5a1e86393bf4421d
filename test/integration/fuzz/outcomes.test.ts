import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Disposition } from '../../../src/main/engine/ports'
import type { PairResult } from '../../../src/shared/result'
import { CASES, FUZZ_LIMIT_MS, seeded, textOf } from '../../unit/fuzz/cases'
import { entry, freshPipeline } from '../../support/pipeline'

const AT_ONCE = 200
const FRAGMENTS = ['"', '\\', '{', '}', '[', '\0', '\uD83D', '\uDC36', '🐶', '\u2028', '\uFEFF', '%s', '%d', '%', "'", '\r\n', 'null', ':', '\x7F', 'é', 'word '] as const
const words = fc.oneof(textOf(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 20 }), fc.constant('x'.repeat(5000)))
const cell = fc.oneof(words, fc.constantFrom(null, true, 0, -1e-7, 1e300, '-0.000000000000000001'))
const disposition: fc.Arbitrary<Disposition> = fc.oneof(
  fc.record({ to: fc.constant('done' as const), result: fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => Object.fromEntries(cells.map((one, i) => [`c${i}`, one])) as unknown as PairResult) }), // any columns
  fc.record({ to: fc.constant('failed' as const), reason: fc.constantFrom('permanent' as const, 'timeout' as const), message: words }),
  fc.record({ to: fc.constant('delayed' as const), delayMs: fc.constantFrom(3_600_000, 3_600_000.5, 1e12), message: words }),
)

/** What comes of pairs is text of the API, of producers and of the network: Redis takes all of it, or a pair is lost in the middle. */
describe(`of ${CASES.toLocaleString('en')} outcomes with any text in them`, () => {
  it('each puts its pair where it belongs, and is read back as it was', async () => {
    const { queue, reader } = await freshPipeline()
    const sums = { done: 0, failed: 0, delayed: 0 }
    let named = 0
    const property = fc.asyncProperty(fc.array(disposition, { minLength: AT_ONCE, maxLength: AT_ONCE, size: 'max' }), async (dispositions) => {
      await queue.enqueue(dispositions.map(() => entry(`w${(named += 1)}`)))
      const { pairs, token } = await queue.claim(AT_ONCE)
      expect(pairs).toHaveLength(AT_ONCE)
      const settlements = pairs.map(({ id }, i) => ({ id, token, disposition: dispositions[i] ?? { to: 'front' as const, because: 'untouched' as const } }))
      expect(await queue.settle(settlements)).toEqual({ late: [] })
      for (const { to } of dispositions) if (to !== 'front') sums[to] += 1
      const failed = settlements.flatMap(({ id, disposition: one }) => (one.to === 'failed' ? [{ id, message: one.message, reason: one.reason, attempts: 1 }] : []))
      expect(await reader.failuresOf(failed.map(({ id }) => id))).toMatchObject(failed)
    })
    await fc.assert(property, { ...seeded(CASES / AT_ONCE), endOnFailure: true })
    expect(await queue.audit()).toMatchObject({ ...sums, enqueued: named, ready: 0, inFlight: 0, lost: 0 })
  }, FUZZ_LIMIT_MS)
})
