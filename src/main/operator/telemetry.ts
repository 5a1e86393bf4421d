import {
  MAX_BATCH_ROWS,
  MAX_EPOCHS,
  MAX_LOG_LINES,
  MAX_MARKERS,
  type BatchRecord,
  type EpochRecord,
  type LogLine,
  type Marker,
} from '../../shared/frames'
import type { EngineEvent } from '../engine/events'
import { BatchDigest } from './batch-digest'
import { History } from './history'
import type { Recollection } from './ports'
import { linesOf, markerOf, type Spoken } from './narration'
import { Rollup, type RequestFate, type Settings } from './rollup'

/** Times per pair are quantiles over this many pairs, the newest. */
const TIMED_PAIRS = 500

/**
 * 1. Turns events into history: seconds, batches, log lines, markers, all bounded.
 * 2. Measures the run: when it began, how long pairs take, how many requests they need.
 * 3. Hands each log line on as it is written.
 */
export class Telemetry {
  readonly batches = new History<BatchRecord>(MAX_BATCH_ROWS)
  readonly epochs = new History<EpochRecord>(MAX_EPOCHS)
  readonly log = new History<LogLine>(MAX_LOG_LINES)
  readonly markers = new History<Marker>(MAX_MARKERS)
  readonly rollup: Rollup
  #pairMs = new History<number>(TIMED_PAIRS)
  #run: { startedAtMs: number; endedAtMs: number | null; done: number; finished: number; requests: number } | null = null
  #batchSize: { previous: number | null; inForceSinceMs: number | null } = { previous: null, inForceSinceMs: null }
  readonly #digest = new BatchDigest()
  #isRolling = false
  #seq = 0

  constructor(
    private readonly wallMs: () => number,
    batchSize: () => number,
    private readonly onLogLine: (line: LogLine) => void,
    settings: () => Settings = () => ({}),
  ) {
    this.rollup = new Rollup(batchSize, settings)
  }

  get run() {
    return this.#run
  }

  get batchSize() {
    return this.#batchSize
  }

  /** Ms per pair of the newest pairs, in order of arrival. */
  get pairMs(): readonly number[] {
    return this.#pairMs.since(0)
  }

  /** What was there before this console was started; to be called before anything is recorded. */
  restore({ points, markers, batches, epochs }: Recollection): void {
    this.rollup.restore(points)
    for (const marker of markers.slice(-MAX_MARKERS)) this.markers.push({ seq: ++this.#seq, ...marker })
    for (const batch of batches.slice(-MAX_BATCH_ROWS)) this.batches.push(batch)
    for (const epoch of epochs.slice(-MAX_EPOCHS)) this.epochs.push(epoch)
  }

  record(event: EngineEvent): void {
    const atMs = this.wallMs()
    if (event.type === 'state-changed') this.#timeTheRun(event.state.kind, atMs)
    if (event.type === 'pair-finished') this.#countPair(event, atMs)
    if (event.type === 'batch-started') this.#batchSize.inForceSinceMs ??= atMs
    if (event.type === 'batch-size-in-force') this.#batchSize = { previous: event.from, inForceSinceMs: atMs }
    if (event.type === 'epoch-ended') this.epochs.push(event.epoch)
    if (event.type === 'batch-settled') this.batches.push(event.batch)
    for (const line of this.#linesOf(event, atMs)) this.say(line)
    const marker = markerOf(event)
    if (marker) this.mark(marker)
  }

  countRequest(fate: RequestFate): void {
    this.rollup.countRequest(this.wallMs(), fate)
    if (this.#run) this.#run.requests += 1
  }

  say(line: Spoken): void {
    const written = { seq: ++this.#seq, atMs: this.wallMs(), ...line }
    this.log.push(written)
    this.onLogLine(written)
  }

  mark(marker: Pick<Marker, 'kind' | 'text'>): void {
    this.markers.push({ seq: ++this.#seq, atMs: this.wallMs(), ...marker })
  }

  /** Batches of the classic loop are told one by one, as operators know it. */
  #linesOf(event: EngineEvent, atMs: number): readonly Spoken[] {
    if (event.type === 'epoch-began') this.#isRolling = event.epoch.pacing === 'adaptive'
    if (this.#isRolling && event.type === 'batch-started') return []
    if (this.#isRolling && event.type === 'batch-settled') return present(this.#digest.add(event, atMs))
    const isBreak = event.type === 'state-changed' || event.type === 'epoch-ended'
    return [...present(isBreak ? this.#digest.flush(atMs) : null), ...linesOf(event)]
  }

  #timeTheRun(state: string, atMs: number): void {
    if (state === 'idle' && this.#run) this.#run.endedAtMs = atMs
    if (state !== 'running' || (this.#run && this.#run.endedAtMs === null)) return
    this.#run = { startedAtMs: atMs, endedAtMs: null, done: 0, finished: 0, requests: 0 }
    this.#pairMs = new History<number>(TIMED_PAIRS)
  }

  #countPair({ outcome, tookMs }: Extract<EngineEvent, { type: 'pair-finished' }>, atMs: number): void {
    this.rollup.countOutcome(atMs, outcome)
    if (outcome === 'succeeded') {
      this.#pairMs.push(tookMs)
      this.rollup.timePair(atMs, tookMs)
    }
    if (!this.#run) return
    this.#run.finished += 1
    if (outcome === 'succeeded') this.#run.done += 1
  }
}

function present(line: Spoken | null): readonly Spoken[] {
  return line === null ? [] : [line]
}
