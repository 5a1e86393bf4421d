import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatChange,
  formatClock,
  formatCount,
  formatLatency,
  formatRange,
  formatRate,
  formatShare,
  formatSpan,
  formatStatedRate,
  formatTick,
  formatTime,
} from '../../../src/renderer/format'

/** Numbers never part from their units at a line's end. */
const nb = (text: string) => text.replaceAll(' ', '\u00a0')

test('what is not known is a dash', () => {
  expect([formatCount(null), formatRate(null), formatShare(null), formatLatency(null)]).toEqual(['–', '–', '–', '–'])
})

describe('numbers', () => {
  test.each([
    [0.184, '+18 %'],
    [-0.04, '−4 %'],
    [0.001, '±0 %'],
  ])('a change by %d is %s', (share, text) => {
    expect(formatChange(share)).toBe(nb(text))
  })

  test('counts have thousands separators', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567')
  })

  test.each([
    [0, '0'],
    [0.042, '0.04'],
    [0.996, '1.0'],
    [22.94, '22.9'],
    [1204.4, '1,204'],
  ])('the rate %d is %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text)
  })

  test.each([
    [15, '15'],
    [16.667, '16.7'],
  ])('the quota %d is %s', (rate, text) => {
    expect(formatStatedRate(rate)).toBe(text)
  })

  test.each([
    [0, '0 %'],
    [0.004, '0.4 %'],
    [0.764, '76 %'],
    [1, '100 %'],
  ])('the share %d is %s', (share, text) => {
    expect(formatShare(share)).toBe(nb(text))
  })

  test.each([
    [0.5, '0.5'],
    [5000, '5,000'],
    [250_000, '250k'],
    [2_500_000, '2.5M'],
  ])('the tick %d is %s', (tick, text) => {
    expect(formatTick(tick)).toBe(text)
  })

  test.each([
    [812, '812 B'],
    [240_123, '240 KB'],
    [999_900, '1.0 MB'],
    [1_400_000_000, '1.4 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(nb(text))
  })
})

describe('times', () => {
  test.each([
    [0.42, '0.4 ms'],
    [200, '200 ms'],
    [999.6, '1.00 s'],
    [1040, '1.04 s'],
    [41_230, '41.2 s'],
    [59_990, '59 s'],
    [200_000, '3 min 20 s'],
  ])('%d ms took %s', (ms, text) => {
    expect(formatLatency(ms)).toBe(nb(text))
  })

  test.each([
    [41_900, '41 s'],
    [60_000, '1 min'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms last %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(nb(text))
  })

  test.each([
    [134_000, '02:14'],
    [3_734_000, '1:02:14'],
  ])('the clock of %d ms shows %s', (ms, text) => {
    expect(formatClock(ms)).toBe(text)
  })

  test.each([
    [{ low: 44.2, high: 51.5 }, '0:45–0:52'],
    [{ low: 89, high: 111 }, '1:30–1:50'],
    [{ low: 90, high: 91 }, '1:30'],
    [{ low: 3500, high: 4000 }, '58 min–1 h 7 min'],
    [{ low: 50_000, high: 61_000 }, '14–17 h'],
    [{ low: 293_000, high: 374_000 }, '3.4–4.3 d'],
  ])('what is left of %o is %s', (seconds, text) => {
    expect(formatRange(seconds)).toBe(nb(text))
  })

  test('a time of day is the local one', () => {
    const at = new Date(2026, 4, 4, 9, 3, 7).getTime()
    expect([formatTime(at, 'minute'), formatTime(at, 'second')]).toEqual(['09:03', '09:03:07'])
  })
})
