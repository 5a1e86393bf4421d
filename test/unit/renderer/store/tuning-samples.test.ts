import { describe, expect, test } from 'vitest'
import { samplesOf } from '../../../../src/renderer/store/tuning-samples'
import { batch, epoch, points } from '../fixtures'

const working = { ready: 100, inFlight: 20, done: 12, requestsAccepted: 15, requestsRefused: 0 }
const nothing = { points: [], batches: [], epochs: [] }

describe('samples of the rolling window', () => {
  test('are means over five seconds, after the first three of a size', () => {
    const samples = samplesOf({ ...nothing, points: points(0, 15, working), epochs: [epoch(1)] }, 'adaptive')
    expect(samples).toEqual([
      { atMs: 9000, size: 20, goodputPerSecond: 12, seconds: 5, refusedShare: 0 },
      { atMs: 14_000, size: 20, goodputPerSecond: 12, seconds: 5, refusedShare: 0 },
    ])
  })

  test('begin anew with every change of the size', () => {
    const changing = [...points(0, 12, working), ...points(12_000, 10, { ...working, batchSize: 30 })]
    const samples = samplesOf({ ...nothing, points: changing, epochs: [epoch(1)] }, 'adaptive')
    expect(samples.map(({ size, atMs }) => [size, atMs])).toEqual([[20, 9000], [30, 21_000]])
  })

  test('leave out pauses, the empty queue, and gaps in time', () => {
    const idle = { ...working, inFlight: 0, done: 0 }
    const dry = { ...working, ready: 0 }
    const of = (parts: object) => samplesOf({ ...nothing, points: [...points(0, 6, working), ...points(6000, 2, parts), ...points(8000, 6, working)], epochs: [epoch(1)] }, 'adaptive')
    expect(of(idle)).toEqual([])
    expect(of(dry)).toEqual([])
    const gap = [...points(0, 6, working), ...points(60_000, 6, working)]
    expect(samplesOf({ ...nothing, points: gap, epochs: [epoch(1)] }, 'adaptive')).toEqual([])
  })

  test('are those of epochs with this pacing', () => {
    const epochs = [epoch(1, { pacing: 'classic', endedAtMs: 20_000 }), epoch(2, { startedAtMs: 20_000 })]
    const samples = samplesOf({ ...nothing, points: points(0, 40, working), epochs }, 'adaptive')
    expect(samples[0]?.atMs).toBe(28_000)
  })

  test('tell the share of the requests that was refused', () => {
    const refused = { ...working, requestsRefused: 5 }
    const samples = samplesOf({ ...nothing, points: points(0, 10, refused), epochs: [epoch(1)] }, 'adaptive')
    expect(samples[0]?.refusedShare).toBe(0.25)
  })
})

describe('samples of classic pacing', () => {
  test('are batches with the pause after them', () => {
    const batches = [batch(1, { rateLimited: 5, succeeded: 15, tookMs: 2000, waitMs: 3000 })]
    const samples = samplesOf({ ...nothing, batches, epochs: [epoch(1, { pacing: 'classic' })] }, 'classic')
    expect(samples).toEqual([{ atMs: 6000, size: 20, goodputPerSecond: 3, seconds: 5, refusedShare: 0.25 }])
  })

  test('leave out batches of the rolling window, and those that a stop gave back', () => {
    const batches = [batch(1), batch(2, { epoch: 2 }), batch(3, { untouched: 4 })]
    expect(samplesOf({ ...nothing, batches, epochs: [epoch(1), epoch(2, { pacing: 'classic' })] }, 'classic')).toHaveLength(1)
  })
})
