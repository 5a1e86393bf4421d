import { describe, expect, test } from 'vitest'
import { groupMarkers } from '../../../../src/renderer/store/markers'
import { marker } from '../fixtures'

const window = { fromMs: 0, toMs: 120_000, stepMs: 1000, meanMs: 1000 }

describe('markers', () => {
  test('outside of the window are not drawn', () => {
    const groups = groupMarkers([marker(1, -1), marker(2, 5000), marker(3, 120_001)], window)
    expect(groups.map(({ atMs }) => atMs)).toEqual([5000])
  })

  test('that stand too close together share a line at the newest of them', () => {
    const groups = groupMarkers([marker(1, 5000), marker(2, 5400), marker(3, 9000)], window)
    expect(groups.map(({ atMs, markers }) => [atMs, markers.map(({ seq }) => seq)])).toEqual([
      [5400, [1, 2]],
      [9000, [3]],
    ])
  })

  test('in an endless row do not all become one line', () => {
    const row = Array.from({ length: 100 }, (_, i) => marker(i, i * 500))
    expect(groupMarkers(row, window).length).toBe(50)
  })
})
