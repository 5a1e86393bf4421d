import { describe, expect, it } from 'vitest'
import { bounded, coarser } from '../../../../src/main/operator/coarser'
import { recordedFrame, recordedFrames, recordedPoint, RUN_BEGAN } from '../../../support/recorded-frames'
import { batch, epoch, marker } from '../../renderer/fixtures'

const doneOf = (frames: ReturnType<typeof coarser>) => frames.flatMap(({ points }) => points).reduce((sum, { done }) => sum + done, 0)
const secondsOf = (frames: ReturnType<typeof coarser>) => frames.flatMap(({ points }) => points).reduce((sum, { seconds }) => sum + seconds, 0)

describe('a recording made coarser', () => {
  it('has one frame a step, and counts and seconds that add up to the same however often it is done', () => {
    const fine = recordedFrames(61)
    const four = coarser(coarser(fine, 2), 4)
    expect(four).toHaveLength(16)
    expect(doneOf(four)).toBe(60)
    expect(secondsOf(four)).toBe(60)
    expect(four).toEqual(coarser(fine, 4))
  })

  it('tells what stands at a time as it stood at the end of the step', () => {
    const [frame] = coarser([recordedFrame(0), recordedFrame(1, { state: { kind: 'draining' } })], 2)
    expect(frame).toMatchObject({ atMs: RUN_BEGAN + 1500, state: { kind: 'draining' }, ledger: { done: 1 } })
  })

  it('weighs the medians by what they are of, takes the slowest of the slow, and leaves unknown what was', () => {
    const timed = [recordedPoint(0, { done: 3, pairMsP50: 100, pairMsP95: 900 }), recordedPoint(1, { done: 1, pairMsP50: 200, pairMsP95: 300 })]
    const [frame] = coarser([recordedFrame(1, { points: timed })], 4)
    expect(frame?.points).toMatchObject([{ atMs: RUN_BEGAN, pairMsP50: 125, pairMsP95: 900, done: 4, seconds: 2 }])
    expect(coarser([recordedFrame(1)], 4)[0]?.points).toMatchObject([{ pairMsP50: null, pairMsP95: null }])
  })

  it('has each epoch once, as it stood last', () => {
    const frames = [recordedFrame(0, { epochs: [epoch(1, { done: 1 })] }), recordedFrame(1, { epochs: [epoch(1, { done: 2 }), epoch(2)] })]
    expect(coarser(frames, 2)[0]?.epochs).toMatchObject([{ number: 1, done: 2 }, { number: 2 }])
  })

  it('never holds more of a list than a frame may hold, however much happened in a step', () => {
    const busy = recordedFrame(0, { batches: Array.from({ length: 50 }, (_, i) => batch(i)), markers: Array.from({ length: 50 }, (_, i) => marker(i, RUN_BEGAN)) })
    expect(bounded(busy).batches.map(({ number }) => number)).toEqual([42, 43, 44, 45, 46, 47, 48, 49])
    expect(coarser([busy, busy], 2)[0]?.markers).toHaveLength(20)
  })
})
