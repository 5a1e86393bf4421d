import type { Frame } from '../../shared/frames'
import type { CommandReply, SluiceBridge } from '../../shared/ipc-contract'
import { pictureOf, stepOf, withFrame, type Picture } from './picture'

/** How the window and the engine stand. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** Nothing has come for a while. `lastAtMs` is the time of the last news, null when there never was any. */
  | { readonly kind: 'silent'; readonly lastAtMs: number | null; readonly reason: string | null }

export interface FeedParts {
  readonly bridge: SluiceBridge
  /** Called at most once per animation frame, and only when something is new. */
  readonly onPicture: (picture: Picture) => void
  readonly onLink: (link: Link) => void
  /** Runs the task, which answers whether it has drawn anything, when it is its turn; not while the window is not drawn at all. */
  readonly inNextTurn: (draw: () => boolean) => void
  /** Unix ms. */
  readonly wallMs: () => number
}

/** Main sends three frames a second or more, so this long without one is a silence. */
const SILENCE_MS = 4000
/** How long a snapshot may take. */
const PATIENCE_MS = 4000
const WATCH_EVERY_MS = 1000
/** A window that is not painted (minimised) draws nothing; beyond this many frames it catches up all the same. */
const MAX_QUEUED_FRAMES = 40

/**
 * 1. Asks for a snapshot first, and follows the frames from there.
 * 2. Gathers what comes between two paints into one picture.
 * 3. Asks for a snapshot again after a gap, or when nothing comes; says so when main does not answer.
 */
export class Feed {
  #picture: Picture | null = null
  #queue: Frame[] = []
  #isDrawScheduled = false
  #isAsking = false
  #heardAtMs: number | null = null
  #link: Link = { kind: 'connecting' }
  #isClosed = false
  readonly #disposals: (() => void)[] = []

  constructor(private readonly parts: FeedParts) {}

  open(): void {
    const watch = setInterval(() => this.#watch(), WATCH_EVERY_MS)
    this.#disposals.push(this.parts.bridge.onFrame((frame) => this.#take(frame)), () => clearInterval(watch))
    void this.#resync()
  }

  close(): void {
    this.#isClosed = true
    for (const dispose of this.#disposals) dispose()
  }

  #take(frame: Frame): void {
    this.#heardAtMs = this.parts.wallMs()
    if (this.#picture !== null) this.#say({ kind: 'live' })
    this.#queue.push(frame)
    if (this.#queue.length >= MAX_QUEUED_FRAMES) this.#draw()
    else this.#scheduleDraw()
  }

  #scheduleDraw(): void {
    if (this.#isDrawScheduled) return
    this.#isDrawScheduled = true
    this.parts.inNextTurn(() => {
      this.#isDrawScheduled = false
      return this.#draw()
    })
  }

  /** Answers whether anything is new. Frames wait for the snapshot that they follow on from; those that it holds already change nothing. */
  #draw(): boolean {
    if (this.#isClosed) return false
    if (this.#picture === null || this.#isAsking) {
      this.#queue = this.#queue.slice(-MAX_QUEUED_FRAMES)
      return false
    }
    const before = this.#picture
    const frames = this.#queue.splice(0)
    let picture = before
    let hasGap = false
    for (const frame of frames) {
      hasGap ||= stepOf(picture, frame) === 'gap'
      picture = withFrame(picture, frame)
    }
    this.#picture = picture
    if (picture !== before) this.parts.onPicture(picture)
    if (hasGap) void this.#resync()
    return picture !== before
  }

  async #resync(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    const answer = await askForSnapshot(this.parts.bridge)
    this.#isAsking = false
    if (this.#isClosed) return
    if (answer.ok) {
      this.#heardAtMs = this.parts.wallMs()
      this.#picture = pictureOf(answer.value, this.#picture)
      this.parts.onPicture(this.#picture)
      this.#say({ kind: 'live' })
    } else if (this.#picture === null || this.#isQuiet) {
      this.#say({ kind: 'silent', lastAtMs: this.#heardAtMs, reason: answer.message })
    }
    this.#draw()
  }

  #watch(): void {
    if (this.#picture === null || this.#isQuiet) void this.#resync()
  }

  get #isQuiet(): boolean {
    return this.#heardAtMs === null || this.parts.wallMs() - this.#heardAtMs >= SILENCE_MS
  }

  #say(link: Link): void {
    if (link.kind === this.#link.kind && link.kind !== 'silent') return
    this.#link = link
    this.parts.onLink(link)
  }
}

type SnapshotAnswer = CommandReply<'snapshot'> | { readonly ok: false; readonly message: null }

/** An answer that takes too long, or a bridge that breaks, is a refusal without words. */
function askForSnapshot(bridge: SluiceBridge): Promise<SnapshotAnswer> {
  return new Promise((resolve) => {
    const giveUp = () => resolve({ ok: false, message: null })
    const timer = setTimeout(giveUp, PATIENCE_MS)
    bridge
      .command('snapshot')
      .then(resolve, giveUp)
      .finally(() => clearTimeout(timer))
  })
}
