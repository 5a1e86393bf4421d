import { describe, expect, it } from 'vitest'
import type { Ask } from '../../../../src/renderer/store/ask'
import { createConsoleStore, showPicture } from '../../../../src/renderer/store/console-store'
import { pictureOf } from '../../../../src/renderer/store/picture'
import { Replay } from '../../../../src/renderer/store/replay'
import { gatedBridge } from '../../../../src/renderer/store/replay-gate'
import type { SluiceBridge } from '../../../../src/shared/ipc-contract'
import type { RunPage, RunSummary } from '../../../../src/shared/runs'
import { recordedFrames, RUN_BEGAN, runFigures } from '../../../support/recorded-frames'
import { frame, ledger } from '../fixtures'

const RUN: RunSummary = { ...runFigures(), bytes: 1000 }
const LIVE = pictureOf(frame(7, { ledger: ledger({ done: 4711 }) }), null)

/** A window with a replay over a clock of the test's; pages hold 50 frames. */
function windowWith(count: number, page?: (from: number) => Promise<RunPage> | RunPage) {
  const store = createConsoleStore()
  showPicture(store, LIVE)
  const frames = recordedFrames(count)
  const pageFrom = (from: number): RunPage => ({ frames: frames.slice(from * 50, from * 50 + 50), nextFrom: (from + 1) * 50 < count ? from + 1 : null })
  // Only this one command is asked for.
  const ask = (async (_name: string, { from }: { readonly from: number }) => ({ ok: true, value: await (page ?? pageFrom)(from) })) as unknown as Ask
  const clock = { nowMs: 0 }
  const ticking = new Set<() => void>()
  const often = (task: () => void) => {
    ticking.add(task)
    return () => void ticking.delete(task)
  }
  const replay = new Replay({ store, ask, nowMs: () => clock.nowMs, often, unreadable: 'nothing can be read' })
  const pass = (ms: number) => {
    for (let gone = 0; gone < ms; gone += 250) {
      clock.nowMs += 250
      for (const task of ticking) task()
    }
  }
  const done = () => store.getState().picture?.ledger?.done
  return { store, replay, pass, done, ticking, pageFrom }
}

describe('the replay of a run', () => {
  it('begins at the beginning and plays by itself, ten times as fast as it was', async () => {
    const { replay, pass, done, store } = windowWith(120)
    expect(await replay.open(RUN)).toBe(true)
    expect(done()).toBe(0)
    expect(store.getState().replay).toMatchObject({ isPlaying: true, speed: '10', fromMs: RUN_BEGAN + 500, toMs: RUN_BEGAN + 119_500 })
    pass(1000)
    expect(done()).toBe(10)
    replay.setSpeed('1')
    pass(3000)
    expect(done()).toBe(13)
    replay.setSpeed('60')
    pass(1000)
    expect(done()).toBe(73)
  })

  it('stands still while it is paused, stops at its end, and begins anew from there', async () => {
    const { replay, pass, done, store, ticking } = windowWith(60)
    await replay.open(RUN)
    replay.toggle()
    pass(5000)
    expect(done()).toBe(0)
    replay.setSpeed('max')
    replay.toggle()
    pass(5000)
    expect(done()).toBe(59)
    expect(store.getState().replay).toMatchObject({ isPlaying: false, atMs: RUN_BEGAN + 59_500 })
    expect(ticking.size).toBe(0)
    replay.toggle()
    expect(done()).toBe(0)
  })

  it('takes ten seconds at most speed, however long the run was', async () => {
    const { replay, pass, store } = windowWith(4000)
    await replay.open({ ...RUN, frames: 4000 })
    replay.setSpeed('max')
    pass(9500)
    expect(store.getState().replay?.isPlaying).toBe(true)
    pass(750)
    expect(store.getState().replay?.isPlaying).toBe(false)
  })

  it('shows any place that is asked for, and none beyond its ends', async () => {
    const { replay, done } = windowWith(100)
    await replay.open(RUN)
    replay.toggle()
    replay.seek(RUN_BEGAN + 42_700)
    expect(done()).toBe(42)
    replay.seek(RUN_BEGAN + 41_000)
    expect(done()).toBe(40)
    replay.seek(RUN_BEGAN + 9_000_000)
    expect(done()).toBe(99)
    replay.seek(0)
    expect(done()).toBe(0)
  })

  it('keeps the live engine’s news apart, and shows the newest of them afterwards', async () => {
    const { replay, done, store, ticking } = windowWith(100)
    await replay.open(RUN)
    showPicture(store, pictureOf(frame(8, { ledger: ledger({ done: 4712 }) }), LIVE))
    expect(done()).toBe(0)
    expect(store.getState().range).toBe('run')
    replay.leave()
    expect(done()).toBe(4712)
    expect(store.getState()).toMatchObject({ replay: null, zoom: null, range: '5m' })
    expect(ticking.size).toBe(0)
  })

  it('says how far it has loaded, and forgets a run when another is asked for before it is there', async () => {
    const pages: ((page: RunPage) => void)[] = []
    const { replay, store, done, pageFrom } = windowWith(150, () => new Promise((answer) => pages.push(answer)))
    const first = replay.open({ ...RUN, frames: 100 })
    pages.shift()?.(pageFrom(0))
    await expect.poll(() => store.getState().replayLoading).toEqual({ id: RUN.id, share: 0.5 })
    const second = replay.open({ ...RUN, id: 2, frames: 50 })
    pages.pop()?.({ ...pageFrom(1), nextFrom: null })
    expect(await second).toBe(true)
    pages.shift()?.(pageFrom(1))
    expect(await first).toBe(false)
    expect(pages).toEqual([])
    expect(store.getState().replayLoading).toBeNull()
    expect(store.getState().replay?.run.id).toBe(2)
    expect(done()).toBe(50)
  })

  it('says so where nothing of it can be read', async () => {
    const { replay, store, done } = windowWith(0)
    expect(await replay.open(RUN)).toBe(false)
    expect(store.getState()).toMatchObject({ refusal: 'nothing can be read', replay: null, replayLoading: null })
    expect(done()).toBe(4711)
  })
})

describe('the gate before the live engine', () => {
  it('lets through what only looks, and refuses everything else in words, only while a recording is shown', async () => {
    const asked: string[] = []
    const bridge = { onFrame: () => () => {}, command: async (name: string) => (asked.push(name), { ok: true, value: undefined }) } as unknown as SluiceBridge // answers nothing else
    let isReplaying = true
    const gated = gatedBridge(bridge, () => isReplaying, 'a recording')
    for (const name of ['engine:start', 'engine:stop', 'engine:sweep'] as const) expect(await gated.command(name)).toEqual({ ok: false, message: 'a recording' })
    await gated.command('engine:set-batch-size', 30)
    await gated.command('snapshot')
    await gated.command('runs:list')
    expect(asked).toEqual(['snapshot', 'runs:list'])
    isReplaying = false
    await gated.command('engine:start')
    expect(asked).toContain('engine:start')
  })
})
