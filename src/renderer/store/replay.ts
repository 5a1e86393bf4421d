import type { Marker } from '../../shared/frames'
import type { CommandReply } from '../../shared/ipc-contract'
import type { RecordedFrame, RunSummary } from '../../shared/runs'
import type { Ask } from './ask'
import { NO_WISH } from './batch-size-wish'
import type { ConsoleStore } from './console-store'
import { pictureOf, withFrame, type Picture } from './picture'
import type { RangeKey } from './ranges'
import { frameAt, goodputOf, indexAt, snapshotAt, spanOf } from './recorded-run'

export const REPLAY_SPEEDS = ['1', '10', '60', 'max'] as const
export type ReplaySpeed = (typeof REPLAY_SPEEDS)[number]

/** A recorded run on screen. */
export interface ReplayState {
  readonly run: RunSummary
  readonly isPlaying: boolean
  readonly speed: ReplaySpeed
  /** Unix ms: of the recording's ends, and of what is shown. */
  readonly fromMs: number
  readonly toMs: number
  readonly atMs: number
  /** Pairs done per second over the whole of it, in equal bins. */
  readonly goodput: readonly (number | null)[]
  readonly markers: readonly Marker[]
}

/** What is on the way to be replayed. */
export interface ReplayLoading {
  readonly id: number
  /** 0–1. */
  readonly share: number
}

export interface ReplayParts {
  readonly store: ConsoleStore
  readonly ask: Ask
  /** Monotonic, ms. */
  readonly nowMs: () => number
  /** Runs the task so many times a second; answers the function that ends it. */
  readonly often: (task: () => void) => () => void
  /** Said of a recording without any frame that can be read. */
  readonly unreadable: string
}

const GOODPUT_BINS = 240
/** At `max` a recording takes so long, whatever its length. */
const SHORTEST_MS = 10_000
/** Beyond so many frames at once it is quicker to begin anew, as a window does after a gap. */
const MOST_STEPS = 60

/**
 * 1. Loads a recorded run, page by page.
 * 2. Feeds its frames to the same reducer as those of the live engine, at the pace that is chosen.
 * 3. Gives the window back to the live engine.
 */
export class Replay {
  #frames: readonly RecordedFrame[] = []
  #index = 0
  #atMs = 0
  #tickedAtMs = 0
  /** What the person had chosen before: a recording is first shown as a whole. */
  #rangeBefore: RangeKey | null = null
  #stopTicking: (() => void) | null = null
  /** Rises with each run that is asked for: what a page before it brings comes too late. */
  #turn = 0

  constructor(private readonly parts: ReplayParts) {}

  /** Loads the run, shows its beginning and plays it. Answers whether it is shown. */
  async open(run: RunSummary): Promise<boolean> {
    this.#turn += 1
    const turn = this.#turn
    const frames = await this.#load(run, turn)
    if (turn !== this.#turn) return false
    this.parts.store.setState({ replayLoading: null })
    if (frames === null) return false
    if (frames.length === 0) {
      this.parts.store.setState({ refusal: this.parts.unreadable })
      return false
    }
    this.#begin(run, frames)
    return true
  }

  toggle(): void {
    const { replay } = this.parts.store.getState()
    if (replay === null) return
    if (replay.isPlaying) this.#pause()
    else this.#play()
  }

  setSpeed(speed: ReplaySpeed): void {
    this.#patch({ speed })
  }

  /** Shows the time, Unix ms, wherever in the recording it is. */
  seek(atMs: number): void {
    const { replay } = this.parts.store.getState()
    if (replay === null) return
    this.#atMs = Math.min(Math.max(atMs, replay.fromMs), replay.toMs)
    const index = indexAt(this.#frames, this.#atMs)
    if (index === this.#index) this.#patch({ atMs: this.#atMs })
    else this.#show(index)
  }

  /** Back to the live engine. */
  leave(): void {
    this.#turn += 1
    this.#stopTicking?.()
    this.#stopTicking = null
    this.#frames = []
    const before = this.#rangeBefore
    this.#rangeBefore = null
    this.parts.store.setState(({ live, picture, range }) => ({
      replay: null,
      replayLoading: null,
      zoom: null,
      range: before ?? range,
      picture: live ?? picture,
      wish: NO_WISH,
      refusal: null,
    }))
  }

  async #load(run: RunSummary, turn: number): Promise<readonly RecordedFrame[] | null> {
    const { store, ask } = this.parts
    const frames: RecordedFrame[] = []
    for (let from: number | null = 0; from !== null; ) {
      store.setState({ replayLoading: { id: run.id, share: Math.min(1, frames.length / Math.max(1, run.frames)) } })
      const reply: CommandReply<'runs:page'> = await ask('runs:page', { id: run.id, from })
      if (turn !== this.#turn) return null
      if (!reply.ok) {
        store.setState({ refusal: reply.message })
        return null
      }
      frames.push(...reply.value.frames)
      from = reply.value.nextFrom
    }
    return frames
  }

  #begin(run: RunSummary, frames: readonly RecordedFrame[]): void {
    this.#stopTicking?.()
    this.#frames = frames
    this.#rangeBefore ??= this.parts.store.getState().range
    const [fromMs, toMs] = spanOf(frames)
    this.#atMs = fromMs
    const markers = frames.flatMap((frame) => frame.markers)
    const goodput = goodputOf(frames, GOODPUT_BINS)
    this.parts.store.setState({ replay: { run, isPlaying: false, speed: '10', fromMs, toMs, atMs: fromMs, goodput, markers }, range: 'run', zoom: null, refusal: null })
    this.#show(0)
    this.#play()
  }

  #play(): void {
    const { replay } = this.parts.store.getState()
    if (replay === null) return
    if (this.#atMs >= replay.toMs) this.seek(replay.fromMs)
    this.#tickedAtMs = this.parts.nowMs()
    this.#stopTicking?.()
    this.#stopTicking = this.parts.often(() => this.#tick())
    this.#patch({ isPlaying: true })
  }

  #pause(): void {
    this.#stopTicking?.()
    this.#stopTicking = null
    this.#patch({ isPlaying: false })
  }

  #tick(): void {
    const { replay } = this.parts.store.getState()
    if (replay === null) return
    const nowMs = this.parts.nowMs()
    const goneMs = nowMs - this.#tickedAtMs
    this.#tickedAtMs = nowMs
    this.#atMs = Math.min(this.#atMs + goneMs * timesOf(replay), replay.toMs)
    const index = indexAt(this.#frames, this.#atMs)
    if (index !== this.#index) this.#show(index)
    else this.#patch({ atMs: this.#atMs })
    if (this.#atMs >= replay.toMs) this.#pause()
  }

  /** The one road of frames: the next ones follow on, everything else begins with a snapshot. */
  #show(index: number): void {
    const { store } = this.parts
    const { picture, live } = store.getState()
    const surroundings = live ?? picture
    if (picture === null || surroundings === null) return
    const shown = this.#pictureAt(index, picture, surroundings)
    this.#index = index
    store.setState(({ replay }) => ({ picture: shown, wish: NO_WISH, replay: replay && { ...replay, atMs: this.#atMs } }))
  }

  #pictureAt(index: number, before: Picture, surroundings: Picture): Picture {
    const steps = index - this.#index
    if (steps <= 0 || steps > MOST_STEPS) return pictureOf(snapshotAt(this.#frames, index, surroundings), before)
    let picture = before
    for (let i = this.#index + 1; i <= index; i += 1) picture = withFrame(picture, frameAt(this.#frames, i, surroundings))
    return picture
  }

  #patch(news: Partial<ReplayState>): void {
    this.parts.store.setState(({ replay }) => ({ replay: replay && { ...replay, ...news } }))
  }
}

function timesOf({ speed, fromMs, toMs }: ReplayState): number {
  return speed === 'max' ? Math.max(60, (toMs - fromMs) / SHORTEST_MS) : Number(speed)
}
