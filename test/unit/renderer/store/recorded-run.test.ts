import { describe, expect, it } from 'vitest'
import { coarser } from '../../../../src/main/operator/coarser'
import { pictureOf, withFrame, type Picture } from '../../../../src/renderer/store/picture'
import { frameAt, goodputOf, indexAt, snapshotAt } from '../../../../src/renderer/store/recorded-run'
import { HISTORY_SECONDS } from '../../../../src/shared/frames'
import { recordedFrame, recordedFrames, recordedPoint, RUN_BEGAN } from '../../../support/recorded-frames'
import { batch, epoch, frame, line, marker } from '../fixtures'

const { connections } = frame(0)

/** A run in which something of every kind happens. */
const eventful = recordedFrames(400).map((recorded, i) => ({
  ...recorded,
  batches: [batch(i * 2), batch(i * 2 + 1)],
  log: [line(i * 2 + 1)],
  markers: i % 3 === 0 ? [marker(i * 2 + 2, recorded.atMs)] : [],
  epochs: i % 50 === 49 ? [epoch(i, { endedAtMs: recorded.atMs }), epoch(i + 1)] : [epoch(Math.floor(i / 50) * 50, { finished: i })],
}))

function played(until: number): Picture {
  let picture = pictureOf(snapshotAt(eventful, 0, { connections }), null)
  for (let i = 1; i <= until; i += 1) picture = withFrame(picture, frameAt(eventful, i, { connections }))
  return picture
}

describe('a recorded run', () => {
  it.each([0, 1, 57, 399])('gives the same picture at frame %i whether it is played up to there or begun there', (index) => {
    const begun = pictureOf(snapshotAt(eventful, index, { connections }), null)
    expect({ ...begun, auditSeenAtMs: 0 }).toEqual({ ...played(index), auditSeenAtMs: 0 })
  })

  it('gives the same picture for the same frame twice', () => {
    const picture = played(20)
    expect(withFrame(picture, frameAt(eventful, 20, { connections }))).toBe(picture)
  })

  it('shows no more of a long run than a window holds of a live one', () => {
    const long = recordedFrames(HISTORY_SECONDS + 500)
    const { points } = snapshotAt(long, long.length - 1, { connections })
    expect(points).toHaveLength(HISTORY_SECONDS)
    expect(points.at(-1)?.atMs).toBe(RUN_BEGAN + (HISTORY_SECONDS + 498) * 1000)
  })

  it('tells merged seconds as as many alike, so that nothing of the sums is lost', () => {
    const merged = coarser(recordedFrames(65), 16)
    const { points } = snapshotAt(merged, merged.length - 1, { connections })
    expect(points.map(({ atMs }) => (atMs - RUN_BEGAN) / 1000)).toEqual(Array.from({ length: 64 }, (_, i) => i))
    expect(points.reduce((sum, { done }) => sum + done, 0)).toBeCloseTo(64)
    expect(points[0]).not.toHaveProperty('seconds')
  })

  it('finds the frame that is shown at a time, within its ends', () => {
    const frames = recordedFrames(10)
    expect(indexAt(frames, RUN_BEGAN - 5000)).toBe(0)
    expect(indexAt(frames, RUN_BEGAN + 3499)).toBe(2)
    expect(indexAt(frames, RUN_BEGAN + 3500)).toBe(3)
    expect(indexAt(frames, RUN_BEGAN + 99_000)).toBe(9)
  })

  it('is drawn as goodput over its whole length, with a gap where nothing was recorded', () => {
    const at = (second: number, doneThen: number) => recordedFrame(second, { points: [recordedPoint(second, { done: doneThen })] })
    expect(goodputOf([at(0, 0), at(1, 4), at(2, 6), at(40, 2)], 240)).toEqual([10 / 3, 2])
    expect(goodputOf([...Array.from({ length: 6 }, (_, i) => at(i, 1)), at(39, 1), at(40, 2)], 4)).toEqual([1, null, null, 1.5])
    expect(goodputOf([], 240)).toEqual([null])
  })
})
