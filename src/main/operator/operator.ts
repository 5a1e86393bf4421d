import type { Connections, Frame, LogLine, QuotaReport, Snapshot } from '../../shared/frames'
import type { SizingKind } from '../engine/batch-sizes'
import type { EngineEvent } from '../engine/events'
import type { Engine, PacingKind } from '../engine/engine'
import type { PauseUntil } from '../../shared/pause-until'
import { BatchPairs } from './batch-pairs'
import { ChartRecorder } from './chart-recorder'
import { Discovery } from './discovery'
import { every } from './every'
import { Exports } from './exports'
import { FrameMaker } from './frame-maker'
import { FRAME_EVERY_MS, FramePace } from './frame-pace'
import { FullRedis } from './full-redis'
import { redisNews } from './narration'
import { PairImports } from './pair-imports'
import { TimedPause } from './timed-pause'
import type { Books, ChartArchive, DemoApi, FailureShelf, PairIntake, PairLens, PairSource, QuotaOffice, RedisLink, ResultShelf, RunArchive, WaitingShelf, WriteCsv } from './ports'
import { QuotaDesk } from './quota-desk'
import type { RequestFate } from './rollup'
import { RunRecorder } from './run-recorder'
import { settingsOf } from './second-settings'
import { SimulatorDesk } from './simulator-desk'
import { Telemetry } from './telemetry'

const AUDIT_EVERY_MS = 1000
const CHARTS_KEPT_EVERY_MS = 5000
const RUN_FRAME_EVERY_MS = 1000
const RUNS_KEPT_EVERY_MS = 2000

export interface OperatorParts {
  readonly engine: Engine
  readonly books: Books
  readonly redis: RedisLink
  readonly writeCsv: WriteCsv
  readonly pairSource: PairSource
  readonly pairIntake: PairIntake
  readonly failures: FailureShelf
  readonly waiting: WaitingShelf
  readonly results: ResultShelf
  readonly pairs: PairLens
  readonly connections: Connections
  /** Null where real pairs are worked. */
  readonly demoApi: DemoApi | null
  /** Null where nobody looks at charts. */
  readonly charts: ChartArchive | null
  /** The same of runs to be replayed. */
  readonly runs: RunArchive | null
  readonly quotaOffice: QuotaOffice
  /** Spent since the start, and the most that may be; null where it is not limited. */
  computeUnits(): { readonly spent: number; readonly budget: number | null }
  /** Requests per second that the API allows, all accounts together; null where it is not known. */
  quotaPerSecond(): number | null
  /** What is known of each account's quota; none while nothing is paced. */
  quotas(): readonly QuotaReport[]
  /** Puts refused keys and parked accounts back in use: who starts again may have mended them. */
  readmitAccounts(): void
  wallMs(): number
  onLogLine(line: LogLine): void
}

/**
 * What an operator can do, with a window or without one.
 * 1. Passes commands to the engine.
 * 2. Watches: the engine's events, the requests, the connection, and the books once a second.
 * 3. Tells what it sees: frames for whoever subscribes, a snapshot for whoever comes late.
 */
export class Operator {
  readonly exports: Exports
  readonly results: ResultShelf
  readonly pairs: PairLens
  readonly failures: FailureShelf
  readonly waiting: WaitingShelf
  readonly discovery: Discovery
  readonly batchPairs = new BatchPairs()
  readonly imports: PairImports
  readonly simulator: SimulatorDesk
  /** Null where no run is recorded. */
  readonly runs: RunRecorder | null
  readonly quotas: QuotaDesk
  readonly #telemetry: Telemetry
  readonly #listeners = new Set<(frame: Frame) => void>()
  readonly #disposals: (() => void)[] = []
  readonly #frames: FrameMaker
  readonly #timedPause: TimedPause
  readonly #fullRedis: FullRedis
  readonly #recorder: ChartRecorder | null
  readonly #framePace = new FramePace(() => performance.now())

  constructor(private readonly parts: OperatorParts) {
    this.#timedPause = new TimedPause({
      engine: parts.engine,
      wallMs: parts.wallMs,
      heldForMs: () => parts.quotas().map(({ heldForMs }) => heldForMs),
      resume: () => this.resume(),
    })
    this.#fullRedis = new FullRedis(parts.wallMs)
    this.exports = new Exports(parts.writeCsv, parts.wallMs)
    this.results = parts.results
    this.pairs = parts.pairs
    this.failures = parts.failures
    this.waiting = parts.waiting
    this.#telemetry = new Telemetry(parts.wallMs, () => parts.engine.batchSize.inForce, parts.onLogLine, () => settingsOf(parts))
    this.#recorder = parts.charts && new ChartRecorder(this.#telemetry, parts.charts)
    this.discovery = new Discovery(parts.pairSource, (line) => this.#telemetry.say(line))
    const sayAndMark = (words: string, marker: string) => {
      this.#telemetry.say({ level: 'info', text: words })
      this.#telemetry.mark({ kind: 'operator', text: marker })
    }
    this.simulator = new SimulatorDesk(parts.demoApi, sayAndMark)
    this.quotas = new QuotaDesk(parts.quotaOffice, sayAndMark)
    this.imports = new PairImports(parts.pairIntake, (line) => this.#telemetry.say(line), parts.wallMs)
    this.#frames = new FrameMaker(parts, {
      telemetry: this.#telemetry,
      timedPause: this.#timedPause,
      fullRedis: this.#fullRedis,
      exports: this.exports,
      discovery: this.discovery,
      imports: this.imports,
    })
    const telemetry = this.#telemetry
    this.runs = parts.runs && new RunRecorder({ archive: parts.runs, run: () => telemetry.run, next: this.#frames.follow() })
    this.#disposals.push(
      parts.engine.subscribe((event) => this.#record(event)),
      parts.redis.subscribe((state) => this.#narrateRedis(state)),
      every(AUDIT_EVERY_MS, () => this.#audit()),
      every(CHARTS_KEPT_EVERY_MS, () => this.#recorder?.keep()),
      every(RUN_FRAME_EVERY_MS, () => this.runs?.take()),
      every(RUNS_KEPT_EVERY_MS, () => this.runs?.keep()),
      every(FRAME_EVERY_MS, () => this.#pushFrame()),
    )
  }

  start(): void {
    this.#timedPause.clear()
    this.parts.readmitAccounts()
    this.parts.engine.start()
  }

  pause(): void {
    this.#timedPause.clear()
    this.parts.engine.pause('asked for by the operator')
  }

  /** Pauses, and resumes by itself. Answers why it cannot, null when it does. */
  pauseUntil(until: PauseUntil): string | null {
    return this.#timedPause.begin(until)
  }

  resume(): void {
    this.#timedPause.clear()
    this.parts.readmitAccounts()
    this.parts.engine.resume()
  }

  drain(): void {
    this.#timedPause.clear()
    this.parts.engine.drain()
  }

  stop(): void {
    this.#timedPause.clear()
    this.parts.engine.stop()
  }

  setBatchSize(size: number): void {
    this.parts.engine.setBatchSize(size)
  }

  setPacing(pacing: PacingKind): void {
    this.parts.engine.setPacing(pacing)
  }

  setPairTimeout(ms: number): void {
    this.parts.engine.setPairTimeout(ms)
  }

  setSizing(sizing: SizingKind): void {
    this.parts.engine.setSizing(sizing)
  }

  sweep(): void {
    this.parts.engine.sweep()
  }

  cancelSweep(): void {
    this.parts.engine.cancelSweep()
  }

  resetBreaker(): void {
    this.parts.engine.resetBreaker()
  }

  /** Counts one request of the API client. */
  countRequest(fate: RequestFate): void {
    this.#telemetry.countRequest(fate)
  }

  /** Writes a line to the log that no event of the engine tells. */
  say(level: LogLine['level'], text: string): void {
    this.#telemetry.say({ level, text })
  }

  /** The same for what befell Redis and wants a person's attention; the marker is drawn across the charts. */
  sayOfRedis(text: string, marker: string): void {
    this.#telemetry.say({ level: 'error', text })
    this.#telemetry.mark({ kind: 'redis', text: marker })
  }

  /** Calls the listener with each frame, at most MAX_FRAMES_PER_SECOND; answers the function that ends it. */
  subscribe(listener: (frame: Frame) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Everything that a window needs which has seen no frame yet. The next frame follows on from it. */
  snapshot(): Snapshot {
    return this.#frames.snapshot()
  }

  /** Pairs in this engine's hands. */
  get inFlight(): number {
    return this.parts.engine.inFlight
  }

  /** Hands back what is in flight and ends every watch. */
  async close(): Promise<void> {
    this.#timedPause.clear()
    const exportsEnded = this.exports.close()
    this.parts.engine.stop()
    await Promise.all([this.discovery.close(), this.imports.close()])
    await this.parts.engine.whenIdle
    await exportsEnded
    for (const dispose of this.#disposals) dispose()
    this.runs?.take()
    // Not worth waiting for a Redis that is away.
    if (this.parts.redis.state.kind === 'ready') await Promise.allSettled([this.#recorder?.keep(), this.runs?.keep('all')])
  }

  async #audit(): Promise<void> {
    // A lost connection makes the audit wait; the one that waits is enough.
    const [ledger, redisMs] = await Promise.all([this.parts.books.audit(), this.parts.redis.ping()])
    this.#frames.ledger = ledger
    this.#frames.redisMs = redisMs
    this.#telemetry.rollup.setDepths(ledger)
    this.#frames.cost.note(this.#telemetry.run?.done ?? 0, this.parts.computeUnits().spent)
  }

  #pushFrame(): void {
    if (this.#listeners.size === 0) return
    const frame = this.#frames.next()
    for (const listener of this.#listeners) listener(frame)
  }

  #record(event: EngineEvent): void {
    this.#telemetry.record(event)
    this.batchPairs.record(event)
    const marker = this.#fullRedis.record(event)
    if (marker !== null) this.#telemetry.mark({ kind: 'redis', text: marker })
    // Whoever sees that it rests wants to see the books as they stand then; where Redis is away the next turn tells.
    if (event.type === 'state-changed' && (event.state.kind === 'idle' || event.state.kind === 'paused')) this.#audit().catch(() => undefined)
    // Only when all is done that the event is part of.
    if (this.#framePace.isDue(event)) queueMicrotask(() => this.#pushFrame())
  }

  #narrateRedis(state: RedisLink['state']): void {
    const { line, marker } = redisNews(state)
    this.#telemetry.say(line)
    this.#telemetry.mark({ kind: 'redis', text: marker })
  }
}
