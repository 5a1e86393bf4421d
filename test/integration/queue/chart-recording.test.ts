import { describe, expect, it } from 'vitest'
import { ChartRecording } from '../../../src/main/queue/chart-recording'
import type { SeriesPoint } from '../../../src/shared/frames'
import { freshPipeline } from '../../support/pipeline'

const NOW = 1_800_000_000_000

const point = (atMs: number, done = 1): SeriesPoint => ({
  atMs,
  done,
  rateLimited: 2,
  failed: 0,
  transient: 0,
  requestsSent: 3,
  requestsAccepted: 2,
  requestsRefused: 1,
  ready: 10,
  delayed: 0,
  inFlight: 5,
  batchSize: 20,
  batchSizeAsked: 20,
  pairMsP50: 12.5,
  pairMsP95: null,
  oldestReadyMs: 1000,
  permittedPerSecond: null,
  quotaPerSecond: 15,
})

describe('what the charts are drawn from', () => {
  it('is found again as it was, in order, by the same console only', async () => {
    const { redis, queue } = await freshPipeline()
    const marker = { atMs: NOW - 1500, kind: 'operator', text: '20 → 35' } as const
    const before = new ChartRecording(redis, queue.keys, 'here')
    await before.append({ points: [point(NOW - 3000), point(NOW - 2000)], markers: [marker] })
    await before.append({ points: [point(NOW - 1000, 7)], markers: [] })
    const after = new ChartRecording(redis, queue.keys, 'here')
    expect(await after.read(NOW)).toEqual({ points: [point(NOW - 3000), point(NOW - 2000), point(NOW - 1000, 7)], markers: [marker] })
    expect(await new ChartRecording(redis, queue.keys, 'elsewhere').read(NOW)).toEqual({ points: [], markers: [] })
  })

  it('is that of the last hour, each second once, and nothing from a clock that ran ahead', async () => {
    const { redis, queue } = await freshPipeline()
    const recording = new ChartRecording(redis, queue.keys, 'here')
    await recording.append({ points: [point(NOW - 3_600_001), point(NOW - 1000, 1)], markers: [] })
    await recording.append({ points: [point(NOW - 1000, 2), point(NOW + 5000)], markers: [] })
    expect((await recording.read(NOW)).points).toEqual([point(NOW - 1000, 2)])
  })

  it('takes no more room however long it is recorded, and none for ever', async () => {
    const { redis, queue } = await freshPipeline()
    const recording = new ChartRecording(redis, queue.keys, 'here')
    for (let i = 0; i < 1010; i += 1) await recording.append({ points: [], markers: [] })
    expect(await redis.llen(queue.keys.charts('here'))).toBe(1000)
    expect(await redis.ttl(queue.keys.charts('here'))).toBeGreaterThan(86_400)
  })

  it('is not spoilt by a part that cannot be read', async () => {
    const { redis, queue } = await freshPipeline()
    const recording = new ChartRecording(redis, queue.keys, 'here')
    await redis.rpush(queue.keys.charts('here'), 'not JSON', '[2,"of a later version"]', '[1,[[1,2]],[]]')
    await recording.append({ points: [point(NOW - 1000)], markers: [] })
    expect((await recording.read(NOW)).points).toHaveLength(1)
  })
})
