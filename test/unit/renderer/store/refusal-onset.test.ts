import { describe, expect, test } from 'vitest'
import { refusalOnset } from '../../../../src/renderer/store/refusal-onset'

const group = (size: number, refusedShare: number, samples = 5) => ({ size, refusedShare, samples, goodputPerSecond: 10, standardError: 0.1 })

describe('refusals begin', () => {
  test('nobody knows where, without samples', () => {
    expect(refusalOnset([])).toEqual({ kind: 'unknown' })
  })

  test('nowhere up to the largest size, as long as none were seen', () => {
    expect(refusalOnset([group(10, 0), group(40, 0.005)])).toEqual({ kind: 'none', upTo: 40 })
  })

  test('between the last clean size and the first that is not', () => {
    expect(refusalOnset([group(10, 0), group(40, 0), group(50, 0.06)])).toEqual({ kind: 'between', above: 40, by: 50, about: 45 })
  })

  test('at the smallest size already', () => {
    expect(refusalOnset([group(10, 0.1), group(40, 0.2)])).toEqual({ kind: 'everywhere', from: 10 })
  })

  test('later than a chance refusal at a small size that larger ones do not show', () => {
    expect(refusalOnset([group(10, 0.02, 1), group(20, 0, 9), group(50, 0.1)])).toMatchObject({ above: 20, by: 50 })
  })
})
