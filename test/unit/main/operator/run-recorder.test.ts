import { describe, expect, it } from 'vitest'
import { RunRecorder, type RecordedRun } from '../../../../src/main/operator/run-recorder'
import type { RecordedFrame, RunFigures } from '../../../../src/shared/runs'
import { RUN_BEGAN } from '../../../support/recorded-frames'
import { frame, NO_RUN_GAUGES, point } from '../../renderer/fixtures'

type Run = { -readonly [K in keyof RecordedRun]: RecordedRun[K] }

/** A console of which a second goes by with each call; its archive is a list in memory. */
function consoleAt(maxFrames?: number) {
  const kept = new Map<number, { figures: RunFigures; frames: RecordedFrame[] }>()
  const archive = {
    isBroken: false,
    list: () => Promise.resolve([]),
    read: (id: number) => Promise.resolve({ frames: kept.get(id)?.frames ?? [], nextFrom: null }),
    append: async (figures: RunFigures, frames: readonly RecordedFrame[]) => {
      if (archive.isBroken) throw new Error('Redis is away')
      kept.set(figures.id, { figures, frames: [...(kept.get(figures.id)?.frames ?? []), ...frames] })
    },
    rewrite: async (figures: RunFigures, frames: readonly RecordedFrame[]) => void kept.set(figures.id, { figures, frames: [...frames] }),
  }
  const clock = { second: 0 }
  const world: { run: Run | null } = { run: null }
  const next = () => {
    const atMs = RUN_BEGAN + clock.second * 1000
    const run = world.run && { startedAtMs: world.run.startedAtMs, endedAtMs: world.run.endedAtMs }
    const seconds = [point(atMs - 1000, { requestsAccepted: 2, requestsRefused: 1 }), point(atMs)]
    return frame(0, { atMs: atMs + 300, state: { kind: run?.endedAtMs === null ? 'running' : 'idle' }, gauges: { ...NO_RUN_GAUGES, run }, points: seconds })
  }
  const recorder = new RunRecorder({ archive, run: () => world.run, next, ...(maxFrames !== undefined && { maxFrames }) })
  const seconds = (count: number) => {
    for (let i = 0; i < count; i += 1) {
      clock.second += 1
      recorder.take()
    }
  }
  const start = () => (world.run = { startedAtMs: RUN_BEGAN + clock.second * 1000, endedAtMs: null, done: 0, finished: 0 })
  const end = () => world.run && (world.run.endedAtMs = RUN_BEGAN + clock.second * 1000)
  return { archive, kept, recorder, seconds, start, end }
}

const only = <T>(kept: ReadonlyMap<number, T>): T => {
  const [one] = [...kept.values()]
  if (one === undefined || kept.size !== 1) throw new Error(`Not one run is kept but ${kept.size}`)
  return one
}

describe('the recorder of runs', () => {
  it('records nothing while nothing runs', async () => {
    const { recorder, seconds, kept } = consoleAt()
    seconds(30)
    await recorder.keep('all')
    expect(kept.size).toBe(0)
  })

  it('keeps each second of a run once, from its start until the engine is idle, and what came of it', async () => {
    const { recorder, seconds, start, end, kept } = consoleAt()
    seconds(5)
    start()
    seconds(10)
    end()
    seconds(6)
    await recorder.keep()
    const { figures, frames } = only(kept)
    expect(frames.map(({ atMs }) => (atMs - 300 - RUN_BEGAN) / 1000)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17])
    expect(frames.at(-1)?.state).toEqual({ kind: 'idle' })
    const told = new Set(frames.flatMap(({ points }) => points.map(({ atMs }) => atMs)))
    expect(told.size).toBe(13)
    expect(figures).toMatchObject({ startedAtMs: RUN_BEGAN + 5000, endedAtMs: RUN_BEGAN + 15_000, frames: 12, stepSeconds: 1, requestsAccepted: 24 })
    await recorder.keep('all')
    expect(only(kept).frames).toHaveLength(12)
  })

  it('keeps what is new every twenty seconds, so that a crash takes no more, and its beginning soon', async () => {
    const { recorder, seconds, start, kept } = consoleAt()
    start()
    seconds(2)
    await recorder.keep()
    expect(kept.size).toBe(0)
    seconds(1)
    await recorder.keep()
    expect(only(kept).frames).toHaveLength(3)
    seconds(15)
    await recorder.keep()
    expect(only(kept).frames).toHaveLength(3)
    seconds(10)
    await recorder.keep()
    expect(only(kept).frames).toHaveLength(28)
  })

  it('has it all again once Redis is back, and no more than so much of it', async () => {
    const { recorder, seconds, start, archive, kept } = consoleAt()
    start()
    archive.isBroken = true
    seconds(500)
    await expect(recorder.keep()).rejects.toThrow('Redis is away')
    seconds(5000)
    archive.isBroken = false
    await recorder.keep()
    const { frames } = only(kept)
    expect(frames.length).toBeLessThanOrEqual(601)
    expect(frames.flatMap(({ points }) => points).reduce((sum, { seconds: some }) => sum + some, 0)).toBeGreaterThanOrEqual(5500)
  })

  it('makes a long run coarser as often as it takes, so that a run of days is as small as one of hours', async () => {
    const { recorder, seconds, start, kept } = consoleAt(100)
    start()
    for (let i = 0; i < 100; i += 1) {
      seconds(30)
      await recorder.keep()
    }
    const { frames, figures } = only(kept)
    expect(frames.length).toBeLessThanOrEqual(100)
    expect(frames.length).toBeGreaterThan(40)
    expect(figures.frames).toBe(frames.length)
    expect(figures.stepSeconds).toBeGreaterThanOrEqual(32)
    expect(frames.flatMap(({ points }) => points).reduce((sum, { seconds: some }) => sum + some, 0)).toBeGreaterThan(2900)
  })

  it('tells runs apart that follow each other between two looks at the archive, and keeps the end of the first at once', async () => {
    const { recorder, seconds, start, end, kept } = consoleAt()
    start()
    seconds(3)
    await recorder.keep()
    seconds(1)
    end()
    start()
    seconds(2)
    await recorder.keep('due')
    expect([...kept.values()].map(({ figures, frames }) => [figures.endedAtMs, frames.length])).toEqual([[RUN_BEGAN + 4000, 4]])
    await recorder.keep('all')
    expect([...kept.values()].map(({ frames }) => frames.length)).toEqual([4, 2])
  })
})
