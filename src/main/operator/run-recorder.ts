import type { Frame } from '../../shared/frames'
import { MAX_RUN_FRAMES, type RecordedFrame, type RunFigures, type RunList, type RunPage } from '../../shared/runs'
import { bounded, coarser } from './coarser'
import type { RunArchive } from './ports'

/** What a crash may take of a recording, as long as one frame stands for no more than this. */
const KEPT_EVERY_SECONDS = 20
/** The first part comes sooner, so that the run is on the list. */
const FIRST_KEPT_SECONDS = 2
/** Frames that wait for a Redis that is away: rather coarser ones than more. */
const MOST_WAITING = 600
/** So long after its end a run's recording goes on: until then the books have been audited, and tell of its end. */
const TAIL_MS = 2000
/** Runs that wait for it. */
const MOST_RECORDINGS = 5

/** A run as the recorder has to know it. */
export interface RecordedRun {
  readonly startedAtMs: number
  readonly endedAtMs: number | null
  readonly done: number
  readonly finished: number
}

export interface RunRecorderParts {
  readonly archive: RunArchive
  /** The present run, else the last one; null before the first. */
  run(): RecordedRun | null
  /** A frame with what is new since the one before. */
  next(): Frame
  readonly maxFrames?: number
}

interface Recording {
  readonly run: RecordedRun
  /** Its last frame has been taken, or another run has begun. */
  isOver: boolean
  waiting: RecordedFrame[]
  waitingStepSeconds: number
  /** Of the frames that are kept. */
  stepSeconds: number
  frames: number
  accepted: number
  refused: number
}

/**
 * 1. Takes a frame of each second of a run, from its start until the engine is idle.
 * 2. Hands them to the archive now and then, and at the end.
 * 3. Makes two frames into one as often as a run has more than it may have.
 */
export class RunRecorder {
  /** Oldest first; the last one may still go on. */
  #recordings: Recording[] = []
  #keeping: Promise<void> = Promise.resolve()

  constructor(private readonly parts: RunRecorderParts) {}

  /** To be called once a second. */
  take(): void {
    const frame = this.parts.next()
    const run = this.parts.run()
    if (run === null) return
    const last = this.#recordings.at(-1)
    if (last?.run !== run && run.endedAtMs !== null) return
    const recording = last?.run === run ? last : this.#begin(run)
    if (!recording.isOver) add(recording, frame)
  }

  /** Keeps what is due, or all that is not kept yet. Rejects when it cannot be kept; the next call has it too. */
  keep(what: 'due' | 'all' = 'due'): Promise<void> {
    // One after the other: what one call has handed over, the next must not hand over again.
    this.#keeping = this.#keeping.catch(() => undefined).then(() => this.#keepAll(what))
    return this.#keeping
  }

  async list(): Promise<RunList> {
    const current = this.parts.run()
    return { runs: await this.parts.archive.list(), currentId: current?.endedAtMs === null ? current.startedAtMs : null }
  }

  page(id: number, from: number): Promise<RunPage> {
    return this.parts.archive.read(id, from)
  }

  #begin(run: RecordedRun): Recording {
    for (const before of this.#recordings) before.isOver = true
    const recording: Recording = { run, isOver: false, waiting: [], waitingStepSeconds: 1, stepSeconds: 1, frames: 0, accepted: 0, refused: 0 }
    this.#recordings = [...this.#recordings, recording].slice(-MOST_RECORDINGS)
    return recording
  }

  async #keepAll(what: 'due' | 'all'): Promise<void> {
    for (const recording of this.#recordings) {
      if (what === 'all' || recording.isOver || isDue(recording)) await this.#write(recording)
    }
    const newest = this.#recordings.at(-1)
    this.#recordings = this.#recordings.filter((recording) => recording === newest || recording.waiting.length > 0)
  }

  async #write(recording: Recording): Promise<void> {
    const taken = recording.waiting
    if (taken.length === 0) return
    recording.waiting = []
    const news = recording.stepSeconds === 1 ? taken : coarser(taken, recording.stepSeconds)
    try {
      await this.parts.archive.append(figuresOf(recording, news), news)
    } catch (error) {
      recording.waiting = [...taken, ...recording.waiting]
      throw error
    }
    recording.frames += news.length
    recording.waitingStepSeconds = recording.stepSeconds
    if (recording.frames > (this.parts.maxFrames ?? MAX_RUN_FRAMES)) await this.#halve(recording)
  }

  async #halve(recording: Recording): Promise<void> {
    const stepSeconds = recording.stepSeconds * 2
    const frames = coarser(await this.#read(recording.run.startedAtMs), stepSeconds)
    await this.parts.archive.rewrite(figuresOf({ ...recording, stepSeconds, frames: 0 }, frames), frames)
    recording.stepSeconds = stepSeconds
    recording.frames = frames.length
  }

  async #read(id: number): Promise<RecordedFrame[]> {
    const all: RecordedFrame[] = []
    for (let from: number | null = 0; from !== null; ) {
      const page: RunPage = await this.parts.archive.read(id, from)
      all.push(...page.frames)
      from = page.nextFrom
    }
    return all
  }
}

function add(recording: Recording, frame: Frame): void {
  const { endedAtMs } = recording.run
  recording.isOver = endedAtMs !== null && frame.atMs >= endedAtMs + TAIL_MS
  const recorded = recordedOf(frame, recording)
  recording.waiting.push(recorded)
  for (const point of recorded.points) {
    recording.accepted += point.requestsAccepted
    recording.refused += point.requestsRefused
  }
  if (recording.waiting.length <= MOST_WAITING) return
  recording.waitingStepSeconds *= 2
  recording.waiting = coarser(recording.waiting, recording.waitingStepSeconds)
}

function isDue({ waiting, stepSeconds, frames }: Recording): boolean {
  const [oldest, newest] = [waiting[0]?.atMs ?? 0, waiting.at(-1)?.atMs ?? 0]
  return newest - oldest >= Math.max(frames === 0 ? FIRST_KEPT_SECONDS : KEPT_EVERY_SECONDS, stepSeconds) * 1000
}

function figuresOf({ run, frames, accepted, refused, stepSeconds }: Recording, news: readonly RecordedFrame[]): RunFigures {
  const newest = news.at(-1)
  return {
    id: run.startedAtMs,
    startedAtMs: run.startedAtMs,
    endedAtMs: run.endedAtMs,
    recordedUntilMs: newest?.atMs ?? run.startedAtMs,
    finished: run.finished,
    done: run.done,
    requestsAccepted: accepted,
    requestsRefused: refused,
    pacing: newest?.gauges.pacing.kind ?? 'adaptive',
    frames: frames + news.length,
    stepSeconds,
  }
}

/** Without the second that still fills: the next frame has it whole, unless this is the last one. */
function recordedOf({ atMs, state, ledger, gauges, points, batches, log, markers, epochs }: Frame, { run, isOver }: Recording): RecordedFrame {
  const fromMs = Math.floor(run.startedAtMs / 1000) * 1000
  const whole = (isOver ? points : points.slice(0, -1)).filter((point) => point.atMs >= fromMs)
  return bounded({ atMs, state, ledger, gauges, points: whole.map((point) => ({ ...point, seconds: 1 })), batches, log, markers, epochs })
}
