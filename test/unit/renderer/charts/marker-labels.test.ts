import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeLabels } from '../../../../src/renderer/charts/marker-labels'
import { groupMarkers } from '../../../../src/renderer/store/markers'
import { marker } from '../fixtures'

const window = { fromMs: 0, toMs: 1000, stepMs: 1, meanMs: 1 }
const widthOf = (text: string) => text.length * 6

/** Labels in a plot where one ms is one px. */
function place(...markers: { atMs: number; text: string }[]) {
  const groups = groupMarkers(
    markers.map(({ atMs, text }, seq) => marker(seq, atMs, text)),
    window,
  )
  return placeLabels(groups, window, 1000, widthOf)
}

describe('marker labels', () => {
  test('stand right of their lines', () => {
    expect(place({ atMs: 100, text: '20 → 35' })).toMatchObject([{ text: '20 → 35', leftPx: 100, widthPx: 42 }])
  })

  test('stand left of their lines where the plot ends', () => {
    expect(place({ atMs: 990, text: 'pause' })).toMatchObject([{ leftPx: 960 }])
  })

  test('make way for newer ones: to the left, or away altogether', () => {
    const crowded = place({ atMs: 500, text: 'first' }, { atMs: 515, text: 'second' }, { atMs: 530, text: 'third' })
    expect(crowded.map(({ text }) => text)).toEqual(['second', 'third'])
    expect(crowded[0]?.leftPx).toBe(515 - 36)
  })

  test('say how many share a line', () => {
    expect(place({ atMs: 500, text: '20 → 21' }, { atMs: 503, text: '21 → 22' })[0]?.text).toBe('21 → 22 +1')
  })

  test('are cut when they are very long; the whole text shows on hover', () => {
    const [label] = place({ atMs: 0, text: 'a'.repeat(80) })
    expect(label?.text).toBe(`${'a'.repeat(25)}…`)
    expect(label?.group.markers[0]?.text).toHaveLength(80)
  })

  test('never overlap, and never leave the plot', () => {
    const times = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 })
    fc.assert(
      fc.property(times, (atMs) => {
        const labels = place(...[...atMs].sort((a, b) => a - b).map((at) => ({ atMs: at, text: 'some text' })))
        for (const [i, label] of labels.entries()) {
          const next = labels[i + 1]
          expect(label.leftPx).toBeGreaterThanOrEqual(0)
          expect(label.leftPx + label.widthPx).toBeLessThanOrEqual(1000)
          if (next) expect(label.leftPx + label.widthPx).toBeLessThan(next.leftPx)
        }
      }),
    )
  })
})
