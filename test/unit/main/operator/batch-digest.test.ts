import { expect, it } from 'vitest'
import { BatchDigest } from '../../../../src/main/operator/batch-digest'
import { batch } from '../../renderer/fixtures'

const settled = (parts: Parameters<typeof batch>[1], late = 0) => ({
  type: 'batch-settled' as const,
  batch: batch(1, parts),
  tally: { done: 0, failed: 0, toFront: 0, delayed: 0, late },
  wait: { waitMs: 0, why: '' },
  worked: [],
})

it('tells of batches together, once in five seconds, and leaves none of them out', () => {
  const digest = new BatchDigest()
  expect(digest.add(settled({ succeeded: 3 }), 10_000)?.text).toBe(
    '1 batch: 3 done',
  )
  expect(digest.add(settled({ succeeded: 2, transient: 1 }), 11_000)).toBeNull()
  expect(digest.add(settled({ succeeded: 4, permanent: 1 }, 2), 15_000)).toEqual({
    level: 'warn',
    text: '2 batches: 6 done, 1 failed, 1 transient error, 2 too late for their lease',
  })
  expect(digest.flush(16_000)).toBeNull()
})
