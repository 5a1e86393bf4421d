import { describe, expect, test } from 'vitest'
import { pictureOf, stepOf, withFrame } from '../../../../src/renderer/store/picture'
import { HISTORY_SECONDS, MAX_EPOCHS, MAX_LOG_LINES } from '../../../../src/shared/frames'
import { batch, epoch, frame, ledger, line, marker, points } from '../fixtures'

const news = { points: points(0, 2), batches: [batch(1)], log: [line(1)], markers: [marker(2, 500)] }

describe('a picture', () => {
  test('takes gauges from the newest frame and keeps the history of those before', () => {
    const picture = withFrame(pictureOf(frame(1, news), null), frame(2, { state: { kind: 'running' }, batches: [batch(2)] }))
    expect(picture.state).toEqual({ kind: 'running' })
    expect(picture.batches.map(({ number }) => number)).toEqual([1, 2])
    expect(picture.log).toHaveLength(1)
  })

  test('is the same after the same frame twice', () => {
    const next = frame(2, news)
    const once = withFrame(pictureOf(frame(1), null), next)
    expect(withFrame(once, next)).toBe(once)
  })

  test('ignores a frame that its snapshot already held', () => {
    const picture = pictureOf(frame(7), null)
    expect(withFrame(picture, frame(6, news))).toBe(picture)
  })

  test('keeps as the very same what a frame only repeats', () => {
    const picture = pictureOf(frame(1), null)
    const next = withFrame(picture, structuredClone(frame(2)))
    expect(next.gauges.batchSize).toBe(picture.gauges.batchSize)
    expect(next.connections).toBe(picture.connections)
  })

  test('replaces the unfinished second by its later state', () => {
    const first = pictureOf(frame(1, { points: points(1000, 1, { done: 2 }) }), null)
    const second = withFrame(first, frame(2, { points: points(1000, 1, { done: 5 }) }))
    expect(second.points).toEqual(points(1000, 1, { done: 5 }))
  })

  test('holds an hour of seconds and the newest log lines, however long it runs', () => {
    let picture = pictureOf(frame(1, { points: points(0, HISTORY_SECONDS) }), null)
    const lines = Array.from({ length: MAX_LOG_LINES }, (_, i) => line(i + 1))
    picture = withFrame(picture, frame(2, { points: points(HISTORY_SECONDS * 1000, 10), log: lines }))
    picture = withFrame(picture, frame(3, { log: [line(MAX_LOG_LINES + 1)] }))
    expect(picture.points).toHaveLength(HISTORY_SECONDS)
    expect(picture.points[0]?.atMs).toBe(10_000)
    expect(picture.log).toHaveLength(MAX_LOG_LINES)
    expect(picture.log.at(-1)?.seq).toBe(MAX_LOG_LINES + 1)
  })

  test('keeps the epochs of the frames before, each as it was last told, and no more than are kept', () => {
    const first = pictureOf(frame(1, { epochs: [epoch(1), epoch(2, { done: 3 })] }), null)
    const second = withFrame(first, frame(2, { epochs: [epoch(2, { done: 9, endedAtMs: 5 }), epoch(3)] }))
    expect(second.epochs.map(({ number, done }) => [number, done])).toEqual([[1, 100], [2, 9], [3, 100]])
    const many = Array.from({ length: MAX_EPOCHS }, (_, i) => epoch(i + 4))
    expect(withFrame(second, frame(3, { epochs: many })).epochs).toEqual(many)
  })

  test('starts anew from a snapshot, and says so', () => {
    const before = withFrame(pictureOf(frame(1, news), null), frame(2))
    const after = pictureOf(frame(9), before)
    expect(after.batches).toEqual([])
    expect(after.seq).toBe(9)
    expect(after.generation).toBe(before.generation + 1)
  })

  test('dates an audit by the frame that first brought it', () => {
    const audit = ledger({ auditedAtMs: 123 })
    const first = pictureOf(frame(4, { ledger: audit }), null)
    const second = withFrame(first, frame(5, { ledger: { ...audit } }))
    const third = withFrame(second, frame(6, { ledger: ledger({ auditedAtMs: 124 }) }))
    expect([first, second, third].map(({ auditSeenAtMs }) => auditSeenAtMs)).toEqual([1000, 1000, 1500])
  })
})

describe('a frame follows on', () => {
  const picture = pictureOf(frame(5), null)

  test.each([
    [4, 'known'],
    [5, 'known'],
    [6, 'next'],
    [7, 'gap'],
  ] as const)('number %i after 5: %s', (seq, step) => {
    expect(stepOf(picture, frame(seq))).toBe(step)
  })
})
