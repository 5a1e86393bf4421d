import { describe, expect, it } from 'vitest'
import { RunRecording } from '../../../src/main/queue/run-recording'
import { MAX_RUNS, type RecordedFrame } from '../../../src/shared/runs'
import { freshPipeline } from '../../support/pipeline'
import { recordedFrame, recordedFrames, RUN_BEGAN, runFigures } from '../../support/recorded-frames'
import { batch, epoch, marker, NO_RUN_GAUGES } from '../../unit/renderer/fixtures'

async function freshRecording() {
  const { redis, queue } = await freshPipeline()
  return { redis, keys: queue.keys, recording: new RunRecording(redis, queue.keys, 'here') }
}

async function allOf(recording: RunRecording, id: number): Promise<RecordedFrame[]> {
  const all: RecordedFrame[] = []
  for (let from: number | null = 0; from !== null; ) {
    const page: Awaited<ReturnType<RunRecording['read']>> = await recording.read(id, from)
    all.push(...page.frames)
    from = page.nextFrom
  }
  return all
}

describe('the recording of a run', () => {
  it('is found again as it was, part for part, by the same console only', async () => {
    const { redis, keys, recording } = await freshRecording()
    const sweep = { state: 'running', size: 20, findings: [], why: '' } as const
    const full = recordedFrame(61, {
      batches: [batch(1)],
      epochs: [epoch(1)],
      markers: [marker(1, RUN_BEGAN, '20 → 35')],
      state: { kind: 'waiting-for-redis', sinceMs: RUN_BEGAN, reason: 'ECONNREFUSED' },
      gauges: { ...NO_RUN_GAUGES, sweep, etaSeconds: { low: 1, high: 2 }, batchSize: { ...NO_RUN_GAUGES.batchSize, advised: { size: 30, why: 'Little' } } },
    })
    await recording.append(runFigures({ frames: 61 }), recordedFrames(61))
    await recording.append(runFigures({ frames: 62, endedAtMs: RUN_BEGAN + 62_000 }), [full])
    expect(await allOf(new RunRecording(redis, keys, 'here'), RUN_BEGAN)).toEqual([...recordedFrames(61), full])
    expect(await recording.list()).toMatchObject([{ id: RUN_BEGAN, frames: 62, endedAtMs: RUN_BEGAN + 62_000 }])
    expect(await new RunRecording(redis, keys, 'elsewhere').list()).toEqual([])
  })

  it('is small: an hour of it takes no more than a megabyte or so, and says what it takes', async () => {
    const { redis, keys, recording } = await freshRecording()
    const hour = Array.from({ length: 3600 }, (_, second) => recordedFrame(second, { batches: [batch(second)], epochs: [epoch(1, { finished: second })] }))
    await recording.append(runFigures(), hour)
    const [summary] = await recording.list()
    expect(summary?.bytes).toBeLessThan(1_500_000)
    const parts = await redis.lrangeBuffer(keys.run('here', RUN_BEGAN), 0, -1)
    expect(summary?.bytes).toBe(parts.reduce((sum, part) => sum + part.length, 0))
  })

  it('comes page by page, none larger than a window can take', async () => {
    const { recording } = await freshRecording()
    await recording.append(runFigures(), recordedFrames(1500))
    const first = await recording.read(RUN_BEGAN, 0)
    expect(first.frames).toHaveLength(600)
    expect(await allOf(recording, RUN_BEGAN)).toHaveLength(1500)
    expect(await recording.read(RUN_BEGAN + 1, 0)).toEqual({ frames: [], nextFrom: null })
  })

  it('is one of at most so many runs: a new one pushes the oldest out, with all that was kept of it', async () => {
    const { redis, keys, recording } = await freshRecording()
    for (let i = 0; i < MAX_RUNS + 3; i += 1) {
      await recording.append(runFigures({ id: RUN_BEGAN + i, recordedUntilMs: RUN_BEGAN + i }), recordedFrames(2))
    }
    const runs = await recording.list()
    expect(runs).toHaveLength(MAX_RUNS)
    expect(runs.at(-1)?.id).toBe(RUN_BEGAN + 3)
    expect(await redis.exists(keys.run('here', RUN_BEGAN + 2))).toBe(0)
    expect(await redis.exists(keys.run('here', RUN_BEGAN + 3))).toBe(1)
    expect(await redis.ttl(keys.run('here', RUN_BEGAN + 3))).toBeGreaterThan(86_400)
    expect(await redis.ttl(keys.runs('here'))).toBeGreaterThan(86_400)
  })

  it('is pushed out by size as well, and after a month', async () => {
    const { redis, keys, recording } = await freshRecording()
    const large = { ...runFigures(), bytes: 20 * 1024 * 1024 }
    for (const id of [1, 2, 3]) await redis.hset(keys.runs('here'), id, JSON.stringify({ ...large, id }))
    await redis.hset(keys.runs('here'), 0, JSON.stringify({ ...large, id: 0, bytes: 1, recordedUntilMs: RUN_BEGAN - 31 * 86_400_000 }))
    await recording.append(runFigures(), recordedFrames(1))
    expect((await recording.list()).map(({ id }) => id)).toEqual([RUN_BEGAN, 3])
  })

  it('takes the place of what it was when it is written anew', async () => {
    const { recording } = await freshRecording()
    await recording.append(runFigures(), recordedFrames(60))
    await recording.rewrite(runFigures({ frames: 3, stepSeconds: 20 }), recordedFrames(3))
    expect(await allOf(recording, RUN_BEGAN)).toHaveLength(3)
    await recording.append(runFigures({ frames: 4, stepSeconds: 20 }), [recordedFrame(3)])
    expect(await allOf(recording, RUN_BEGAN)).toHaveLength(4)
  })

  it('is not spoilt by what cannot be read, and what of the list cannot be read goes with the next run', async () => {
    const { redis, keys, recording } = await freshRecording()
    await redis.hset(keys.runs('here'), '7', 'not JSON')
    await redis.hset(keys.runs('here'), '8', '{"id":8}')
    await recording.append(runFigures(), recordedFrames(1))
    await redis.rpush(keys.run('here', RUN_BEGAN), 'not deflated')
    await recording.append(runFigures(), [recordedFrame(1)])
    expect(await allOf(recording, RUN_BEGAN)).toHaveLength(2)
    expect(await redis.hkeys(keys.runs('here'))).toEqual([String(RUN_BEGAN)])
  })
})
