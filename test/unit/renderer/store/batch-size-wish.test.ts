import { describe, expect, test } from 'vitest'
import {
  afterNews,
  clampedSize,
  NO_WISH,
  positionOfSize,
  shownSize,
  sizeAtPosition,
} from '../../../../src/renderer/store/batch-size-wish'
import { MAX_BATCH_SIZE, MIN_BATCH_SIZE } from '../../../../src/shared/batch-size'

const SIZES = Array.from({ length: MAX_BATCH_SIZE - MIN_BATCH_SIZE + 1 }, (_, i) => MIN_BATCH_SIZE + i)

describe("the slider's scale", () => {
  test('has a place for every size', () => {
    expect(SIZES.map((size) => sizeAtPosition(positionOfSize(size)))).toEqual(SIZES)
  })

  test('ends where the sizes end', () => {
    expect([positionOfSize(MIN_BATCH_SIZE), positionOfSize(MAX_BATCH_SIZE)]).toEqual([MIN_BATCH_SIZE, MAX_BATCH_SIZE])
  })

  test('gives the low end most of the room', () => {
    const half = (MIN_BATCH_SIZE + MAX_BATCH_SIZE) / 2
    expect(positionOfSize(100)).toBeLessThan(half)
    expect(positionOfSize(150)).toBeGreaterThan(half)
  })
})

describe('a size', () => {
  test.each([
    [-3, 1],
    [20.4, 20],
    [9999, 500],
  ])('%d is taken as %i', (typed, size) => {
    expect(clampedSize(typed)).toBe(size)
  })
})

describe('a wish', () => {
  const sent = { kind: 'sent', size: 35, askedBefore: 20 } as const

  test('is shown instead of what the engine was asked before', () => {
    expect(shownSize(sent, 20)).toBe(35)
    expect(shownSize(NO_WISH, 20)).toBe(20)
  })

  test('that was sent stays until the engine has it', () => {
    expect(afterNews(sent, 20)).toBe(sent)
    expect(afterNews(sent, 35)).toEqual(NO_WISH)
  })

  test('that was sent gives way when somebody else has asked for another', () => {
    expect(afterNews(sent, 50)).toEqual(NO_WISH)
  })

  test('that is still being dragged survives news', () => {
    const editing = { kind: 'editing', size: 35 } as const
    expect(afterNews(editing, 35)).toBe(editing)
  })
})
