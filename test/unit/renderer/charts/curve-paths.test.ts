import { describe, expect, it } from 'vitest'
import { areaPaths, linePath, type RowValue } from '../../../../src/renderer/charts/curve-paths'
import type { ChartRow } from '../../../../src/renderer/store/series'

const window = { fromMs: 0, toMs: 4000, stepMs: 1000, meanMs: 1000 }
const scale = { widthPx: 400, heightPx: 100, window, top: 100 }
// Only these fields are looked at.
const row = (second: number, done: number | null, failed: number | null) => ({ atMs: second * 1000 + 500, done, failed }) as ChartRow
const done: RowValue = (each) => each.done
const failed: RowValue = (each) => each.failed

describe('the areas of a chart', () => {
  it('stand on each other, each from the edge of the one below', () => {
    const [below, above] = areaPaths([done, failed], [row(0, 20, 10), row(1, 40, 30)], scale)
    expect(below).toEqual({ area: 'M50,80L150,60L150,100L50,100Z', edge: 'M50,80L150,60' })
    expect(above).toEqual({ area: 'M50,70L150,30L150,60L50,80Z', edge: 'M50,70L150,30' })
  })

  it('have a gap where nothing is known, not a nought', () => {
    const [area] = areaPaths([done], [row(0, 20, 0), row(1, 20, 0), row(2, null, 0), row(3, 20, 0)], scale)
    expect(area?.edge).toBe('M50,80L150,80M350,80Z')
  })

  it('rest on what is known below them', () => {
    const [, above] = areaPaths([done, failed], [row(0, null, 10), row(1, 40, 30)], scale)
    expect(above?.edge).toBe('M50,90L150,30')
  })

  it('are nothing without rows', () => {
    expect(areaPaths([done], [], scale)).toEqual([{ area: '', edge: '' }])
  })
})

describe('the line of a chart', () => {
  it('goes straight from row to row', () => {
    expect(linePath(done, [row(0, 20, 0), row(1, 40, 0)], scale, 'straight')).toBe('M50,80L150,60')
  })

  it('holds each value until the next in steps, and is not held over a gap', () => {
    expect(linePath(done, [row(0, 20, 0), row(1, 40, 0), row(2, null, 0)], scale, 'steps')).toBe('M50,80L150,80L150,60')
  })
})
