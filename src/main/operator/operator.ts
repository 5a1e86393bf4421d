import {
  type Connections,
  type EpochRecord,
  type Frame,
  type Ledger,
  type LogLine,
  type QuotaReport,
  type RunState,
  type Snapshot,
} from '../../shared/frames'
import type { SizingKind } from '../engine/batch-sizes'
import type { EngineEvent } from '../engine/events'
import type { Engine, PacingKind } from '../engine/engine'
import type { PauseUntil } from '../../shared/pause-until'
import { Discovery } from './discovery'
import { Exports } from './exports'
import { BatchPairs } from './batch-pairs'
import { ChartRecorder } from './chart-recorder'
import { FRAME_EVERY_MS, FramePace } from './frame-pace'
import { FullRedis } from './full-redis'
import { PairImports } from './pair-imports'
import { TimedPause } from './timed-pause'
import { etaOf, quantileOf, ratesOf } from './gauges'
import type { Books, ChartArchive, DemoApi, FailureShelf, PairIntake, PairLens, PairSource, RedisLink, ResultShelf, WaitingShelf, WriteCsv } from './ports'
import type { RequestFate } from './rollup'
import { settingsOf } from './second-settings'
import { SimulatorDesk } from './simulator-desk'
import { Telemetry } from './telemetry'

const AUDIT_EVERY_MS = 1000
const CHARTS_KEPT_EVERY_MS = 5000

/** How far a window has been told. */
interface Seen {
  readonly atMs: number
  readonly batches: number
  readonly log: number
  readonly markers: number
  readonly epochs: number
}

const NOTHING_SEEN: Seen = { atMs: 0, batches: 0, log: 0, markers: 0, epochs: 0 }

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
  readonly #telemetry: Telemetry
  readonly #listeners = new Set<(frame: Frame) => void>()
  readonly #disposals: (() => void)[] = []
  #ledger: Ledger | null = null
  #redisMs: number | null = null
  readonly #timedPause: TimedPause
  readonly #fullRedis: FullRedis
  readonly #recorder: ChartRecorder | null
  readonly #framePace = new FramePace(() => performance.now())
  #seq = 0
  #sent: Seen = NOTHING_SEEN

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
    this.simulator = new SimulatorDesk(parts.demoApi, (words, marker) => {
      this.#telemetry.say({ level: 'info', text: words })
      this.#telemetry.mark({ kind: 'operator', text: marker })
    })
    this.imports = new PairImports(parts.pairIntake, (line) => this.#telemetry.say(line), parts.wallMs)
    this.#disposals.push(
      parts.engine.subscribe((event) => this.#record(event)),
      parts.redis.subscribe((state) => this.#narrateRedis(state)),
      every(AUDIT_EVERY_MS, () => this.#audit()),
      every(CHARTS_KEPT_EVERY_MS, () => this.#recorder?.keep()),
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

  /** Calls the listener with each frame, at most four a second; answers the function that ends it. */
  subscribe(listener: (frame: Frame) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Everything that a window needs which has seen no frame yet. The next frame follows on from it. */
  snapshot(): Snapshot {
    return this.#frame(NOTHING_SEEN)
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
    // Not worth waiting for a Redis that is away.
    if (this.parts.redis.state.kind === 'ready') await this.#recorder?.keep().catch(() => undefined)
  }

  async #audit(): Promise<void> {
    // A lost connection makes the audit wait; the one that waits is enough.
    const [ledger, redisMs] = await Promise.all([this.parts.books.audit(), this.parts.redis.ping()])
    this.#ledger = ledger
    this.#redisMs = redisMs
    this.#telemetry.rollup.setDepths(ledger)
  }

  #pushFrame(): void {
    if (this.#listeners.size === 0) return
    const telemetry = this.#telemetry
    const frame = this.#frame(this.#sent)
    this.#sent = {
      atMs: frame.points.at(-1)?.atMs ?? 0,
      batches: telemetry.batches.end,
      log: telemetry.log.end,
      markers: telemetry.markers.end,
      epochs: telemetry.epochs.end,
    }
    for (const listener of this.#listeners) listener(frame)
  }

  #frame(since: Seen): Frame {
    const telemetry = this.#telemetry
    const atMs = this.parts.wallMs()
    telemetry.rollup.advance(atMs)
    return {
      // A snapshot bears the number of the last frame: what comes next follows on from it, and repeats nothing harmful.
      seq: since === this.#sent ? ++this.#seq : this.#seq,
      atMs,
      state: this.#state(),
      ledger: this.#ledger,
      gauges: this.#gauges(atMs),
      connections: this.parts.connections,
      points: telemetry.rollup.since(since.atMs),
      batches: telemetry.batches.since(since.batches),
      log: telemetry.log.since(since.log),
      markers: telemetry.markers.since(since.markers),
      exports: this.exports.progress,
      epochs: this.#epochs(since.epochs),
      discovery: this.discovery.progress,
      pairImport: this.imports.progress,
    }
  }

  #epochs(since: number): EpochRecord[] {
    const current = this.parts.engine.epoch
    return [...this.#telemetry.epochs.since(since), ...(current ? [current] : [])]
  }

  #record(event: EngineEvent): void {
    this.#telemetry.record(event)
    this.batchPairs.record(event)
    const marker = this.#fullRedis.record(event)
    if (marker !== null) this.#telemetry.mark({ kind: 'redis', text: marker })
    // Only when all is done that the event is part of.
    if (this.#framePace.isDue(event)) queueMicrotask(() => this.#pushFrame())
  }

  #state(): RunState {
    const { redis, engine } = this.parts
    const { state } = redis
    if (state.kind === 'lost') return { kind: 'waiting-for-redis', sinceMs: state.sinceMs, reason: state.reason }
    const { sinceMs } = this.#fullRedis
    const isStuck = sinceMs !== null && engine.state.kind !== 'idle' && engine.state.kind !== 'stopping'
    return isStuck ? { kind: 'redis-full', sinceMs } : engine.state
  }

  #gauges(atMs: number): Frame['gauges'] {
    const { engine, quotaPerSecond } = this.parts
    const { run, rollup, pairMs, batchSize } = this.#telemetry
    const ledger = this.#ledger
    const startedAtMs = run?.startedAtMs ?? null
    const runningForMs = run ? (run.endedAtMs ?? atMs) - run.startedAtMs : 0
    const remaining = ledger ? ledger.ready + ledger.delayed + ledger.inFlight + ledger.inbox : 0
    return {
      ...ratesOf(rollup.closed, startedAtMs),
      runGoodputPerSecond: run && runningForMs >= 1000 ? (run.done * 1000) / runningForMs : null,
      quotaPerSecond: quotaPerSecond(),
      pairMsP50: quantileOf(pairMs, 0.5),
      pairMsP95: quantileOf(pairMs, 0.95),
      requestsPerPair: run && run.finished > 0 ? run.requests / run.finished : null,
      etaSeconds: run?.endedAtMs === null ? etaOf(rollup.closed, startedAtMs, remaining) : null,
      runningForMs,
      run: run && { startedAtMs: run.startedAtMs, endedAtMs: run.endedAtMs },
      batchSize: {
        ...engine.batchSize,
        previous: batchSize.previous,
        inForceForMs: batchSize.inForceSinceMs === null ? null : atMs - batchSize.inForceSinceMs,
      },
      pacing: engine.pacing,
      breaker: engine.breaker,
      pairTimeoutMs: engine.pairTimeoutMs,
      resumesAtMs: this.#timedPause.resumesAtMs,
      sweep: engine.sweepReport,
      quotas: this.parts.quotas(),
      redisMs: this.#redisMs,
    }
  }

  #narrateRedis(state: RedisLink['state']): void {
    const telemetry = this.#telemetry
    if (state.kind === 'lost') {
      const text = `Redis does not answer (${state.reason}). Waiting for it; nothing is lost meanwhile`
      telemetry.say({ level: 'warn', text })
      telemetry.mark({ kind: 'redis', text: 'Redis lost' })
      return
    }
    telemetry.say({ level: 'info', text: 'Redis answers again; going on' })
    telemetry.mark({ kind: 'redis', text: 'Redis back' })
  }
}

/** Runs the task now and then every `ms`, never twice at once; a task that fails is tried again at the next turn. */
function every(ms: number, task: () => Promise<void> | void): () => void {
  let busy = false
  const turn = async () => {
    if (busy) return
    busy = true
    try {
      await task()
    } catch {
      // The connection's state, told elsewhere, says why.
    } finally {
      busy = false
    }
  }
  const timer = setInterval(() => void turn(), ms)
  void turn()
  return () => clearInterval(timer)
}
