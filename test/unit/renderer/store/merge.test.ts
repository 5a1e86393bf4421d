import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstIndexFrom, mergeByKey } from '../../../../src/renderer/store/merge'

interface Item {
  readonly key: number
  readonly value: string
}

const keyOf = (item: Item) => item.key
const item = (key: number, value = 'old'): Item => ({ key, value })

describe('mergeByKey', () => {
  test('appends what is newer', () => {
    expect(mergeByKey([item(1), item(2)], [item(3)], keyOf, 10)).toEqual([item(1), item(2), item(3)])
  })

  test('replaces a known item by the new one of the same key', () => {
    expect(mergeByKey([item(1), item(2)], [item(2, 'new'), item(3)], keyOf, 10)).toEqual([item(1), item(2, 'new'), item(3)])
  })

  test('puts a late item where it belongs', () => {
    expect(mergeByKey([item(1), item(4)], [item(2)], keyOf, 10).map(keyOf)).toEqual([1, 2, 4])
  })

  test('keeps the newest when there are too many', () => {
    expect(mergeByKey([item(1), item(2)], [item(3), item(4)], keyOf, 3).map(keyOf)).toEqual([2, 3, 4])
  })

  test('leaves the list itself alone when there is nothing new, so that nothing is drawn again', () => {
    const known = [item(1)]
    expect(mergeByKey(known, [], keyOf, 10)).toBe(known)
  })

  test('merging the same news again changes nothing, whatever the order they came in', () => {
    const news = fc.array(fc.integer({ min: 0, max: 40 }).map((key) => item(key, 'new')))
    fc.assert(
      fc.property(news, news, fc.integer({ min: 1, max: 30 }), (first, second, limit) => {
        const once = mergeByKey(mergeByKey([], first, keyOf, limit), second, keyOf, limit)
        expect(mergeByKey(once, once, keyOf, limit)).toEqual(once)
        expect(once.length).toBeLessThanOrEqual(limit)
        expect([...once].sort((a, b) => a.key - b.key)).toEqual(once)
        expect(new Set(once.map(keyOf)).size).toBe(once.length)
      }),
    )
  })
})

describe('firstIndexFrom', () => {
  const items = [item(10), item(20), item(30)]

  test.each([
    [5, 0],
    [10, 0],
    [11, 1],
    [30, 2],
    [31, 3],
  ])('of key %i is %i', (key, index) => {
    expect(firstIndexFrom(items, key, keyOf)).toBe(index)
  })
})
