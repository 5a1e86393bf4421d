import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { historyStripSelector, movedSpan, shownSpan, SHORTEST_SPAN_MS, spanBetween, spanFiguresSelector } from '../../../../src/renderer/store/brush'
import { pictureOf, withFrame } from '../../../../src/renderer/store/picture'
import { frame, point, points } from '../fixtures'

const T = 1_700_000_100_000
const BOUNDS = { fromMs: T, toMs: T + 300_000 }
const pictureAfter = (seconds: number) => pictureOf(frame(1, { atMs: T + seconds * 1000, points: points(T, seconds + 1, { done: 2, requestsAccepted: 3, requestsRefused: 1 }) }), null)

describe('a stretch of time', () => {
  it('lies between two times in whichever order, in whole seconds', () => {
    expect(spanBetween(T + 60_400, T + 20_600, BOUNDS)).toEqual({ fromMs: T + 21_000, toMs: T + 60_000 })
  })

  it('is never beyond the history, nor too short to be looked at, however it is drawn or moved', () => {
    const time = fc.integer({ min: T - 400_000, max: T + 700_000 })
    fc.assert(
      fc.property(time, time, fc.constantFrom('from', 'to', 'both'), fc.integer({ min: -900_000, max: 900_000 }), (a, b, edge, byMs) => {
        for (const span of [spanBetween(a, b, BOUNDS), movedSpan(spanBetween(a, b, BOUNDS), edge as 'from', byMs, BOUNDS)]) {
          expect(span.fromMs).toBeGreaterThanOrEqual(BOUNDS.fromMs)
          expect(span.toMs).toBeLessThanOrEqual(BOUNDS.toMs)
          expect(span.toMs - span.fromMs).toBeGreaterThanOrEqual(SHORTEST_SPAN_MS)
          expect(span.fromMs % 1000).toBe(0)
        }
      }),
    )
  })

  it('keeps its other end while one is moved, and its length while all of it is', () => {
    const span = { fromMs: T + 100_000, toMs: T + 160_000 }
    expect(movedSpan(span, 'from', 5000, BOUNDS)).toEqual({ fromMs: T + 105_000, toMs: T + 160_000 })
    expect(movedSpan(span, 'to', -90_000, BOUNDS)).toEqual({ fromMs: T + 100_000, toMs: T + 110_000 })
    expect(movedSpan(span, 'both', 900_000, BOUNDS)).toEqual({ fromMs: T + 240_000, toMs: T + 300_000 })
  })

  it('is what the charts show, cut to the strip that it lies on', () => {
    const picture = pictureAfter(120)
    expect(shownSpan('1m', picture, BOUNDS)).toEqual({ fromMs: T + 60_000, toMs: T + 120_000 })
    expect(shownSpan('1h', picture, { fromMs: T - 180_000, toMs: T + 120_000 })).toEqual({ fromMs: T, toMs: T + 120_000 })
    expect(shownSpan('1h', picture, { fromMs: T + 20_000, toMs: T + 120_000 })).toEqual({ fromMs: T + 20_000, toMs: T + 120_000 })
    expect(shownSpan({ fromMs: T + 5000, toMs: T + 25_000 }, picture, BOUNDS)).toEqual({ fromMs: T + 5000, toMs: T + 25_000 })
  })

  it('has figures: what was done in it, how fast, and what was refused', () => {
    const figures = spanFiguresSelector({ fromMs: T + 10_000, toMs: T + 30_000 })(pictureAfter(60))
    expect(figures).toEqual({ done: 40, seconds: 20, goodputPerSecond: 2, refused: 20, refusedShare: 0.25 })
    const nothing = spanFiguresSelector({ fromMs: T - 50_000, toMs: T - 30_000 })(pictureAfter(60))
    expect(nothing).toEqual({ done: 0, seconds: 0, goodputPerSecond: null, refused: 0, refusedShare: null })
  })
})

describe('the strip of the history', () => {
  it('holds all there is, in the smallest of its sizes, with gaps where nothing is known', () => {
    const strip = historyStripSelector()(pictureAfter(120))
    expect(strip.toMs - strip.fromMs).toBe(300_000)
    expect(strip.goodput).toHaveLength(100)
    expect(strip.goodput.filter((value) => value === null)).toHaveLength(60)
    expect(strip.goodput.at(-1)).toBe(2)
    expect(historyStripSelector()(pictureAfter(30)).goodput).toHaveLength(60)
    expect(historyStripSelector()(pictureAfter(1000)).goodput).toHaveLength(180)
    expect(historyStripSelector()(pictureAfter(3599)).goodput).toHaveLength(240)
  })

  it('stays the very same until a bin is complete, so that it is drawn once in several seconds', () => {
    const select = historyStripSelector()
    const picture = pictureAfter(120)
    const strip = select(picture)
    const soon = withFrame(picture, frame(2, { atMs: T + 122_000, points: [point(T + 122_000)] }))
    expect(select(soon)).toBe(strip)
    const later = withFrame(soon, frame(3, { atMs: T + 123_000, points: [point(T + 123_000)] }))
    expect(select(later)).not.toBe(strip)
    expect(select(pictureOf(frame(4, { atMs: T + 123_000, points: points(T, 124) }), later))).not.toBe(select(later))
  })
})
