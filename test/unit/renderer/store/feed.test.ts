import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Feed, type Link } from '../../../../src/renderer/store/feed'
import type { Picture } from '../../../../src/renderer/store/picture'
import type { Frame, Snapshot } from '../../../../src/shared/frames'
import type { CommandReply, SluiceBridge } from '../../../../src/shared/ipc-contract'
import { batch, frame } from '../fixtures'

type Reply = CommandReply<'snapshot'>

/** The other end of the bridge: pushes frames, and answers for a snapshot when the test lets it. */
class Main {
  readonly asked: ((reply: Reply) => void)[] = []
  #listeners = new Set<(frame: Frame) => void>()

  readonly bridge: SluiceBridge = {
    // The feed asks for snapshots only, so every reply is one of those.
    command: ((_name: string) => new Promise<Reply>((resolve) => this.asked.push(resolve))) as SluiceBridge['command'],
    onAction: () => () => undefined,
    onFrame: (listener) => {
      this.#listeners.add(listener)
      return () => this.#listeners.delete(listener)
    },
  }

  get listeners(): number {
    return this.#listeners.size
  }

  push(...frames: Frame[]): void {
    for (const pushed of frames) for (const listener of this.#listeners) listener(pushed)
  }

  async answer(value: Snapshot): Promise<void> {
    this.asked.shift()?.({ ok: true, value })
    await settled()
  }
}

/** Lets replies that are already there arrive. */
const settled = () => vi.advanceTimersByTimeAsync(0)

function follow() {
  const main = new Main()
  const shown: Picture[] = []
  const links: Link[] = []
  const paints: (() => void)[] = []
  const feed = new Feed({
    bridge: main.bridge,
    onPicture: (picture) => shown.push(picture),
    onLink: (link) => links.push(link),
    inNextTurn: (draw) => paints.push(draw),
    wallMs: () => Date.now(),
  })
  const paint = () => {
    for (const task of paints.splice(0)) task()
  }
  feed.open()
  return { main, feed, shown, links, paint }
}

describe('the feed', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('shows nothing before the snapshot, then the frames that came after it', async () => {
    const { main, shown, paint } = follow()
    main.push(frame(4, { batches: [batch(4)] }), frame(6, { batches: [batch(6)] }))
    paint()
    expect(shown).toEqual([])
    await main.answer(frame(5, { batches: [batch(5)] }))
    paint()
    expect(shown.at(-1)?.seq).toBe(6)
    expect(shown.at(-1)?.batches.map(({ number }) => number)).toEqual([5, 6])
  })

  test('makes one picture of all frames between two paints', async () => {
    const { main, shown, paint } = follow()
    await main.answer(frame(1))
    shown.length = 0
    main.push(frame(2), frame(3), frame(4))
    expect(shown).toEqual([])
    paint()
    expect(shown.map(({ seq }) => seq)).toEqual([4])
  })

  test('asks for a snapshot after a gap, and goes on from it', async () => {
    const { main, shown, paint } = follow()
    await main.answer(frame(1, { batches: [batch(1)] }))
    main.push(frame(3, { batches: [batch(3)] }))
    paint()
    expect(main.asked).toHaveLength(1)
    main.push(frame(4, { batches: [batch(4)] }))
    paint()
    await main.answer(frame(3, { batches: [batch(1), batch(2), batch(3)] }))
    expect(shown.at(-1)?.batches.map(({ number }) => number)).toEqual([1, 2, 3, 4])
    expect(main.asked).toHaveLength(0)
  })

  test('draws nothing for a frame that is already part of the picture', async () => {
    const { main, shown, paint } = follow()
    await main.answer(frame(5))
    shown.length = 0
    main.push(frame(5))
    paint()
    expect(shown).toEqual([])
  })

  test('catches up without a paint when a minimised window has gathered many frames', async () => {
    const { main, shown } = follow()
    await main.answer(frame(0))
    shown.length = 0
    for (let seq = 1; seq <= 100; seq += 1) main.push(frame(seq))
    expect(shown.at(-1)?.seq).toBeGreaterThanOrEqual(80)
    expect(shown.length).toBeLessThan(10)
  })

  test('asks when nothing comes, and says so when there is no answer either', async () => {
    const { main, links } = follow()
    await main.answer(frame(1))
    expect(links.at(-1)).toEqual({ kind: 'live' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(main.asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(5000)
    expect(links.at(-1)).toMatchObject({ kind: 'silent', reason: null })
  })

  test('is live again with the first frame after a silence', async () => {
    const { main, links } = follow()
    await main.answer(frame(1))
    await vi.advanceTimersByTimeAsync(10_000)
    main.push(frame(2))
    expect(links.at(-1)).toEqual({ kind: 'live' })
  })

  test('stays live through a quiet time in which main answers', async () => {
    const { main, links } = follow()
    await main.answer(frame(1))
    for (let turn = 0; turn < 3; turn += 1) {
      await vi.advanceTimersByTimeAsync(5000)
      await main.answer(frame(1))
    }
    expect(links).toEqual([{ kind: 'live' }])
  })

  test("tells main's reason when it refuses the first snapshot, and tries again", async () => {
    const { main, links, shown } = follow()
    main.asked.shift()?.({ ok: false, message: 'The window may not ask for that.' })
    await settled()
    expect(links.at(-1)).toMatchObject({ kind: 'silent', reason: 'The window may not ask for that.' })
    await vi.advanceTimersByTimeAsync(1000)
    await main.answer(frame(1))
    expect(links.at(-1)).toEqual({ kind: 'live' })
    expect(shown).toHaveLength(1)
  })

  test('goes on with the frames it has when a snapshot does not come', async () => {
    const { main, shown, paint } = follow()
    await main.answer(frame(1))
    main.push(frame(3))
    paint()
    main.push(frame(4))
    paint()
    await vi.advanceTimersByTimeAsync(4000)
    expect(shown.at(-1)?.seq).toBe(4)
  })

  test('leaves nothing behind when it is closed', async () => {
    const { main, feed, shown, paint } = follow()
    await main.answer(frame(1))
    shown.length = 0
    main.push(frame(2))
    feed.close()
    paint()
    expect(shown).toEqual([])
    expect(main.listeners).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})
