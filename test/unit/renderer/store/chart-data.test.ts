import { describe, expect, test } from 'vitest'
import { chartDataSelector } from '../../../../src/renderer/store/chart-data'
import { pictureOf, withFrame } from '../../../../src/renderer/store/picture'
import { frame, marker, points } from '../fixtures'

const history = points(1_700_000_000_000, 61)
const nowMs = history.at(-1)?.atMs ?? 0
const picture = pictureOf(frame(1, { atMs: nowMs, points: history }), null)

describe('chart data', () => {
  test('stays the very same while the newest second fills', () => {
    const select = chartDataSelector('1m')
    const filling = withFrame(picture, frame(2, { atMs: nowMs + 250, points: points(nowMs, 1, { done: 3 }) }))
    expect(select(filling)).toBe(select(picture))
  })

  test('moves on when a second is complete', () => {
    const select = chartDataSelector('1m')
    const next = withFrame(picture, frame(2, { atMs: nowMs + 1000, points: points(nowMs + 1000, 1) }))
    expect(select(next).window.toMs).toBe(select(picture).window.toMs + 1000)
  })

  test('of a stretch that was chosen stands still while time goes on, and ends where it was chosen to', () => {
    const span = { fromMs: nowMs - 40_000, toMs: nowMs - 20_000 }
    const select = chartDataSelector(span)
    const next = withFrame(picture, frame(2, { atMs: nowMs + 3000, points: points(nowMs + 1000, 3) }))
    expect(select(next)).toBe(select(picture))
    expect(select(picture)).toMatchObject({ window: { ...span, stepMs: 1000 }, rows: { length: 20 } })
  })

  test('shows a new marker at once', () => {
    const select = chartDataSelector('1m')
    const marked = withFrame(picture, frame(2, { atMs: nowMs, markers: [marker(1, nowMs - 100)] }))
    expect(select(picture).groups).toHaveLength(0)
    expect(select(marked).groups).toHaveLength(1)
  })

  test('is drawn anew from a snapshot, though the time be the same', () => {
    const select = chartDataSelector('1m')
    const corrected = history.map((second) => ({ ...second, done: 7 }))
    select(picture)
    expect(select(pictureOf(frame(9, { atMs: nowMs, points: corrected }), picture)).rows.at(-1)?.done).toBe(7)
  })

  test('has no row where there is but one: a lone point makes no curve', () => {
    const young = pictureOf(frame(1, { atMs: nowMs, points: points(nowMs - 1000, 2) }), null)
    expect(chartDataSelector('1m')(young).rows).toEqual([])
  })
})
