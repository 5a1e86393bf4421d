import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TimeWindow } from '../../../../src/renderer/store/ranges'
import { hasOutcomes, rowsOf } from '../../../../src/renderer/store/series'
import { point, points } from '../fixtures'

const plain: TimeWindow = { fromMs: 0, toMs: 10_000, stepMs: 1000, meanMs: 1000 }

describe('a chart of outcomes', () => {
  test('has something to show as soon as any pair had an outcome, and nothing in quiet seconds', () => {
    expect(hasOutcomes([])).toBe(false)
    expect(hasOutcomes(rowsOf(points(0, 10, { ready: 5, inFlight: 2 }), plain))).toBe(false)
    for (const outcome of ['done', 'rateLimited', 'transient', 'failed']) {
      expect(hasOutcomes(rowsOf([...points(0, 5), point(5000, { [outcome]: 1 })], plain))).toBe(true)
    }
  })
})

describe('bins', () => {
  test('are one row each, at the middle of their time', () => {
    const rows = rowsOf(points(0, 10), { ...plain, stepMs: 2000, meanMs: 2000 })
    expect(rows.map(({ atMs }) => atMs)).toEqual([1000, 3000, 5000, 7000, 9000])
  })

  test('add up refusals and retries, and average rates', () => {
    const seconds = [point(0, { done: 4, requestsRefused: 1, transient: 2 }), point(1000, { done: 8, requestsRefused: 3 })]
    const [row] = rowsOf(seconds, { ...plain, toMs: 2000, stepMs: 2000, meanMs: 2000 })
    expect(row).toMatchObject({ done: 6, refused: 4, retried: 2 })
  })

  test('take the batch size as it stood at their end', () => {
    const [row] = rowsOf([point(0, { batchSize: 20 }), point(1000, { batchSize: 35 })], {
      ...plain,
      toMs: 2000,
      stepMs: 2000,
      meanMs: 2000,
    })
    expect(row?.batchSize).toBe(35)
  })

  test('take the age of the oldest pair and the permitted rate as they stood; history without them is a gap', () => {
    const told = point(0, { oldestReadyMs: 4000, permittedPerSecond: 15, batchSizeAsked: 35 })
    const [first, second] = rowsOf([told, point(1000)], { ...plain, toMs: 2000 })
    expect(first).toMatchObject({ oldestReadyMs: 4000, permittedPerSecond: 15, batchSizeAsked: 35 })
    expect(second).toMatchObject({ oldestReadyMs: null, permittedPerSecond: null, batchSizeAsked: null })
  })

  test('smooth rates backwards only, also over what lies before the window', () => {
    const seconds = [point(0, { done: 30 }), point(1000), point(2000), point(3000)]
    const rows = rowsOf(seconds, { fromMs: 2000, toMs: 4000, stepMs: 1000, meanMs: 3000 })
    expect(rows.map(({ done }) => done)).toEqual([10, 0])
  })

  test('average over the seconds that there are, not over those that are missing', () => {
    const rows = rowsOf([point(4000, { done: 6 })], { ...plain, meanMs: 5000 })
    expect(rows[0]).toMatchObject({ fromMs: 4000, done: 6 })
  })

  test('begin with the first that has data', () => {
    expect(rowsOf([point(7000)], plain)[0]?.fromMs).toBe(7000)
    expect(rowsOf([], plain)).toEqual([])
  })

  test('without data are gaps, not noughts', () => {
    const rows = rowsOf([point(0, { done: 5 }), point(3000, { done: 5 })], { ...plain, toMs: 4000, meanMs: 3000 })
    expect(rows.map(({ done }) => done)).toEqual([5, null, null, 5])
    expect(rows[1]).toMatchObject({ refused: null, ready: null, batchSize: null })
  })

  test('are the same for the same points', () => {
    const seconds = points(0, 10, { done: 3 })
    expect(rowsOf(seconds, plain)).toEqual(rowsOf([...seconds], plain))
  })

  test('lose nothing: without smoothing, rates times their bins add up to what was done', () => {
    const history = fc.array(fc.nat({ max: 50 }), { minLength: 60, maxLength: 60 })
    fc.assert(
      fc.property(history, fc.constantFrom(1, 2, 5, 15), (done, stepSeconds) => {
        const seconds = done.map((count, i) => point(i * 1000, { done: count, requestsRefused: count }))
        const stepMs = stepSeconds * 1000
        const rows = rowsOf(seconds, { fromMs: 0, toMs: 60_000, stepMs, meanMs: stepMs })
        const total = done.reduce((sum, count) => sum + count, 0)
        expect(rows.reduce((sum, row) => sum + (row.done ?? 0) * stepSeconds, 0)).toBeCloseTo(total, 6)
        expect(rows.reduce((sum, row) => sum + (row.refused ?? 0), 0)).toBe(total)
      }),
    )
  })
})
