import { describe, expect, it } from 'vitest'
import { barPaths } from '../../../../src/renderer/charts/bar-paths'
import type { ChartRow } from '../../../../src/renderer/store/series'

const window = { fromMs: 0, toMs: 2000, stepMs: 1000, meanMs: 1000 }
const scale = { plot: { x: 10, y: 0, width: 200, height: 100 }, window, top: 10 }
const series = [
  { key: 'refused', color: 'red' },
  { key: 'retried', color: 'blue' },
] as const
// Only these fields are looked at.
const row = (atMs: number, refused: number | null, retried: number | null) => ({ atMs, refused, retried }) as ChartRow

describe('the bars of a chart', () => {
  it('stand in the middle of their bins, as high as their values, each series on the one before', () => {
    const [refused, retried] = barPaths(series, [row(500, 4, 1)], scale)
    expect(refused?.d).toBe('M24 60h72v40h-72z')
    expect(retried?.d).toBe('M24 50h72v10h-72z')
  })

  it('are left out where a bin has none or is not known', () => {
    const [refused, retried] = barPaths(series, [row(500, null, 0), row(1500, 2, null)], scale)
    expect(refused?.d).toBe('M124 80h72v20h-72z')
    expect(retried?.d).toBe('')
  })

  it('are never narrower than a pixel', () => {
    const hour = { ...window, toMs: 2_000_000 }
    expect(barPaths(series, [row(500, 4, 0)], { ...scale, window: hour })[0]?.d).toContain('h1v')
  })
})
