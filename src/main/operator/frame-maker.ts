import type { EpochRecord, Frame, Ledger, RunState, Snapshot } from '../../shared/frames'
import type { Discovery } from './discovery'
import type { Exports } from './exports'
import type { FullRedis } from './full-redis'
import { etaOf, quantileOf, ratesOf } from './gauges'
import type { OperatorParts } from './operator'
import type { PairImports } from './pair-imports'
import { RunCost } from './run-cost'
import type { Telemetry } from './telemetry'
import type { TimedPause } from './timed-pause'

/** How far a window has been told. */
interface Seen {
  readonly atMs: number
  readonly batches: number
  readonly log: number
  readonly markers: number
  readonly epochs: number
}

const NOTHING_SEEN: Seen = { atMs: 0, batches: 0, log: 0, markers: 0, epochs: 0 }

/** What is watched, and told in frames. */
export interface Watched {
  readonly telemetry: Telemetry
  readonly timedPause: TimedPause
  readonly fullRedis: FullRedis
  readonly exports: Exports
  readonly discovery: Discovery
  readonly imports: PairImports
}

/** Makes frames of what is watched: each has what is new since the one before, a snapshot has all. */
export class FrameMaker {
  /** As of the last audit; null before the first. */
  ledger: Ledger | null = null
  /** Round trip to Redis at the last audit, ms. */
  redisMs: number | null = null
  readonly cost = new RunCost()
  #seq = 0
  readonly #forWindow: () => Frame

  constructor(
    private readonly parts: OperatorParts,
    private readonly watched: Watched,
  ) {
    this.#forWindow = this.follow()
  }

  next(): Frame {
    this.#seq += 1
    return this.#forWindow()
  }

  /** Everything that a window needs which has seen no frame yet. The next frame follows on from it. */
  snapshot(): Snapshot {
    return this.#frame(NOTHING_SEEN)
  }

  /** For whoever follows beside the window: each call answers a frame with what is new since the call before, at first all. */
  follow(): () => Frame {
    let seen = NOTHING_SEEN
    return () => {
      const frame = this.#frame(seen)
      seen = this.#seen(frame.points.at(-1)?.atMs ?? 0)
      return frame
    }
  }

  #seen(atMs: number): Seen {
    const { batches, log, markers, epochs } = this.watched.telemetry
    return { atMs, batches: batches.end, log: log.end, markers: markers.end, epochs: epochs.end }
  }

  #frame(since: Seen): Frame {
    const telemetry = this.watched.telemetry
    const atMs = this.parts.wallMs()
    telemetry.rollup.advance(atMs)
    return {
      // A snapshot bears the number of the last frame: what comes next follows on from it, and repeats nothing harmful.
      seq: this.#seq,
      atMs,
      state: this.#state(),
      ledger: this.ledger,
      gauges: this.#gauges(atMs),
      connections: this.parts.connections,
      points: telemetry.rollup.since(since.atMs),
      batches: telemetry.batches.since(since.batches),
      log: telemetry.log.since(since.log),
      markers: telemetry.markers.since(since.markers),
      exports: this.watched.exports.progress,
      epochs: this.#epochs(since.epochs),
      discovery: this.watched.discovery.progress,
      pairImport: this.watched.imports.progress,
    }
  }

  #epochs(since: number): EpochRecord[] {
    const current = this.parts.engine.epoch
    return [...this.watched.telemetry.epochs.since(since), ...(current ? [current] : [])]
  }

  #state(): RunState {
    const { redis, engine } = this.parts
    const { state } = redis
    if (state.kind === 'lost') return { kind: 'waiting-for-redis', sinceMs: state.sinceMs, reason: state.reason }
    const { sinceMs } = this.watched.fullRedis
    const isStuck = sinceMs !== null && engine.state.kind !== 'idle' && engine.state.kind !== 'stopping'
    return isStuck ? { kind: 'redis-full', sinceMs } : engine.state
  }

  #gauges(atMs: number): Frame['gauges'] {
    const { engine, quotaPerSecond } = this.parts
    const { run, rollup, pairMs, batchSize } = this.watched.telemetry
    const ledger = this.ledger
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
      pairTimeoutInForceMs: engine.pairTimeoutInForceMs,
      computeUnits: { ...this.parts.computeUnits(), toCome: this.cost.toCome(remaining) },
      resumesAtMs: this.watched.timedPause.resumesAtMs,
      sweep: engine.sweepReport,
      quotas: this.parts.quotas(),
      redisMs: this.redisMs,
    }
  }
}
