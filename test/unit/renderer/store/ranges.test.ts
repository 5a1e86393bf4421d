import { describe, expect, test } from 'vitest'
import { MAX_BINS, RANGE_KEYS, windowOf } from '../../../../src/renderer/store/ranges'
import { point } from '../fixtures'

const HOUR_MS = 3_600_000
const NOW = 1_700_000_003_000
const young = { points: [point(NOW)], atMs: NOW + 400, run: null }
const parts = { ...young, points: [point(NOW - 2 * HOUR_MS), point(NOW)] }

describe('the window of a range', () => {
  test.each([
    ['1m', 60_000, 1000],
    ['5m', 300_000, 2000],
    ['15m', 900_000, 5000],
    ['1h', HOUR_MS, 15_000],
  ] as const)('%s spans %i ms in bins of %i ms', (range, spanMs, stepMs) => {
    const window = windowOf(range, parts)
    expect(window.toMs - window.fromMs).toBe(spanMs)
    expect(window.stepMs).toBe(stepMs)
  })

  test.each(['5m', '15m', '1h'] as const)('%s begins with the history while that is shorter, and shows no less than a minute', (range) => {
    const spanOf = (ageMs: number) => {
      const window = windowOf(range, { ...young, points: [point(NOW - ageMs), point(NOW)] })
      return window.toMs - window.fromMs
    }
    expect(spanOf(10_000)).toBe(60_000)
    expect(spanOf(90_000)).toBe(90_000)
    expect(spanOf(300_000)).toBe(300_000)
  })

  test.each(RANGE_KEYS)('%s never has more bins than can be drawn well', (range) => {
    const window = windowOf(range, { ...parts, run: { startedAtMs: NOW - 20 * HOUR_MS, endedAtMs: null } })
    expect((window.toMs - window.fromMs) / window.stepMs).toBeLessThanOrEqual(MAX_BINS + 1)
  })

  test('ends before the second that still fills', () => {
    expect(windowOf('1m', parts).toMs).toBe(NOW)
  })

  test('stands on multiples of its bins, so that bins do not change as time goes on', () => {
    const window = windowOf('1h', parts)
    expect(window.toMs % window.stepMs).toBe(0)
    expect(window.fromMs % window.stepMs).toBe(0)
  })

  test('goes on when points stay away', () => {
    expect(windowOf('1m', { ...parts, atMs: NOW + 30_000 }).toMs).toBe(NOW + 28_000)
  })

  test('smooths over no less than a bin', () => {
    for (const range of RANGE_KEYS) {
      const window = windowOf(range, parts)
      expect(window.meanMs).toBeGreaterThanOrEqual(window.stepMs)
    }
  })
})

describe('the range "run"', () => {
  test('begins with the run', () => {
    const startedAtMs = NOW - 180_000
    const window = windowOf('run', { ...parts, run: { startedAtMs, endedAtMs: null } })
    expect(window.fromMs).toBeLessThanOrEqual(startedAtMs)
    expect(window.fromMs).toBeGreaterThan(startedAtMs - 2 * window.stepMs)
  })

  test('stands still once the run has ended', () => {
    const run = { startedAtMs: NOW - 400_000, endedAtMs: NOW - 100_000 }
    const then = windowOf('run', { ...parts, run })
    const later = windowOf('run', { ...parts, points: [point(NOW + 60_000)], atMs: NOW + 60_000, run })
    expect(later).toEqual(then)
    expect(then.toMs).toBeLessThanOrEqual(run.endedAtMs + 1000)
  })

  test('shows a minute of a run that is younger than that', () => {
    const window = windowOf('run', { ...parts, run: { startedAtMs: NOW - 4000, endedAtMs: null } })
    expect(window.toMs - window.fromMs).toBe(60_000)
  })

  test('shows the last hour of a longer one: there is no more history', () => {
    const window = windowOf('run', { ...parts, run: { startedAtMs: NOW - 5 * HOUR_MS, endedAtMs: null } })
    expect(window.toMs - window.fromMs).toBe(HOUR_MS)
  })
})
