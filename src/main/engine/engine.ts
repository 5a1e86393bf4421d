import type { BreakerReport, EpochRecord, SweepReport } from '../../shared/frames'
import { BatchSizes, type SizingKind } from './batch-sizes'
import { ClassicShift } from './classic-shift'
import type { EngineEvent, EngineState } from './events'
import { FIRST_WAIT, type Wait } from './pacing'
import { RollingShift } from './rolling-shift'
import type { Shift } from './shift'
import { Station, type StationOptions } from './station'
import { Sweep } from './sweep'

const SWEEP_TICK_MS = 250

export type PacingKind = 'adaptive' | 'classic'

export interface EngineOptions extends Omit<StationOptions, 'settings' | 'pairTimeoutMs'> {
  /** At first; it can be changed while it works. */
  readonly pairTimeoutMs: number
  readonly pacing: PacingKind
  readonly sizing: SizingKind
  readonly batchSize: number
  /** The most that auto chooses. */
  readonly maxBatchSize: number
}

/**
 * 1. Works the queue in shifts: in batches one after the other, or in a rolling window.
 * 2. Does what it is told in between: pause, resume, drain, stop, another batch size, another pacing.
 * 3. Keeps the leases of what it holds, and takes back what engines that died have held.
 * 4. Announces all of it as events.
 */
export class Engine {
  readonly #station: Station
  readonly #sizes: BatchSizes
  #pacing: PacingKind
  #pairTimeoutMs: number
  #shift: Shift | null = null
  #sweep: Sweep | null = null
  #running: Promise<void> = Promise.resolve()

  constructor(private readonly options: EngineOptions) {
    this.#pacing = options.pacing
    this.#pairTimeoutMs = options.pairTimeoutMs
    this.#station = new Station({
      ...options,
      pairTimeoutMs: () => this.#pairTimeoutMs,
      settings: () => ({ pacing: this.#pacing, sizing: this.#sizes.sizing, batchSize: this.#sizes.wanted }),
    })
    this.#sizes = new BatchSizes(
      options.batchSize,
      options.sizing,
      options.maxBatchSize,
      () => (this.#pacing === 'adaptive' ? options.pace : null),
      (event) => this.#station.emit(event),
    )
  }

  async #workTheQueue(): Promise<void> {
    while (this.#station.state.kind === 'running' || this.#station.state.kind === 'paused') {
      const pacing = this.#pacing
      const isToEnd = () => this.#pacing !== pacing
      const shift =
        pacing === 'classic'
          ? new ClassicShift(this.#station, this.#sizes, isToEnd)
          : new RollingShift(this.#station, this.#sizes, isToEnd)
      this.#shift = shift
      await shift.work()
    }
  }

  get state(): EngineState {
    return this.#station.state
  }

  /** Pairs in this engine's hands. */
  get inFlight(): number {
    return this.#shift?.inFlight ?? 0
  }

  /** What the next batch waits for, and how that is decided. */
  get pacing(): Wait & { readonly kind: PacingKind } {
    return { kind: this.#pacing, ...(this.#shift?.wait ?? FIRST_WAIT) }
  }

  /** The present span of constant settings as it stands, null between runs. */
  get epoch(): EpochRecord | null {
    return this.#station.epoch
  }

  get breaker(): BreakerReport {
    return this.#station.breaker.report
  }

  get batchSize() {
    return this.#sizes.report
  }

  /** Resolves when the engine is idle again. */
  get whenIdle(): Promise<void> {
    return this.#running
  }

  /** Starts working, or goes on after a pause or a drain that has not ended. */
  start(): void {
    const { kind } = this.#station.state
    if (kind === 'stopping' || kind === 'running') return
    this.#station.become({ kind: 'running' })
    if (kind === 'idle') this.#running = this.#live()
  }

  /** Nothing new starts; what is in flight is finished. Without effect unless the engine is running. */
  pause(reason: string): void {
    this.#station.pause(reason, 'operator', this.inFlight > 0)
  }

  /** Ends a pause. */
  resume(): void {
    const { kind } = this.#station.state
    if (kind === 'paused' || kind === 'pausing') this.#station.become({ kind: 'running' })
  }

  /** Finishes what is in flight, then is idle. */
  drain(): void {
    const { kind } = this.#station.state
    if (kind !== 'idle' && kind !== 'stopping') this.#station.become({ kind: 'draining' })
  }

  /** Gives what is in flight back to the front of the queue, then is idle. */
  stop(): void {
    const { kind } = this.#station.state
    if (kind === 'idle' || kind === 'stopping') return
    this.#station.become({ kind: 'stopping' })
    this.#shift?.release('stopped by the operator')
  }

  /** Kept to at once by the rolling window, from the next batch on under classic pacing; what is in flight is left as it is. Sizing is manual from now on. */
  setBatchSize(size: number): void {
    this.#sizes.ask(size)
    this.#station.wake()
  }

  /** Auto follows Little's law; manual goes on with the size in force. */
  setSizing(sizing: SizingKind): void {
    this.#sizes.setSizing(sizing)
    this.#station.wake()
  }

  /** With the next batch; what is in flight is finished first. */
  setPacing(pacing: PacingKind): void {
    if (pacing === this.#pacing) return
    this.#pacing = pacing
    this.#station.emit({ type: 'pacing-changed', pacing })
    this.#station.wake()
  }

  get pairTimeoutMs(): number {
    return this.#pairTimeoutMs
  }

  /** What the pairs that were claimed last have; null before the first claim. */
  get pairTimeoutInForceMs(): number | null {
    return this.#station.pairTimeoutInForceMs
  }

  /** Pairs that are claimed from now on have this long; those in flight keep the limit that they began with. */
  setPairTimeout(ms: number): void {
    if (ms === this.#pairTimeoutMs) return
    const fromMs = this.#pairTimeoutMs
    this.#pairTimeoutMs = ms
    this.#station.emit({ type: 'pair-timeout-changed', fromMs, toMs: ms })
  }

  /**
   * Looks for the best batch size by itself, from a quarter of the present one up: what it finds is told by events. Without
   * effect unless the engine runs, and while one is under way.
   */
  sweep(): void {
    if (this.#station.state.kind !== 'running' || this.#sweep?.report.state === 'running') return
    const { inForce, sizing } = this.#sizes.report
    const sweep = new Sweep({ from: Math.max(1, Math.round(inForce / 4)), to: this.options.maxBatchSize, before: inForce })
    this.#sweep = sweep
    this.#sizes.ask(sweep.size)
    void this.#runSweep(sweep, sizing)
  }

  cancelSweep(): void {
    this.#sweep?.cancel()
  }

  get sweepReport(): SweepReport | null {
    return this.#sweep?.report ?? null
  }

  async #runSweep(sweep: Sweep, sizingBefore: SizingKind): Promise<void> {
    const totals = { done: 0, accepted: 0, refused: 0 }
    const pacing = this.#pacing
    let held = sweep.size
    const unsubscribe = this.subscribe((event) => {
      if (event.type !== 'pair-finished') return
      if (event.outcome === 'succeeded') totals.done += 1
      totals.refused += event.effort.refused
      totals.accepted += event.effort.requests - event.effort.refused
    })
    this.#station.emit({ type: 'sweep-changed', sweep: sweep.report })
    while (sweep.report.state === 'running') {
      await this.options.clock.sleep(SWEEP_TICK_MS)
      // A pause, a stop, another pacing or a size that the operator asks for is the end of it.
      const isAside = this.#sizes.report.asked !== held || this.#pacing !== pacing
      if (this.#station.state.kind !== 'running' || isAside) sweep.cancel()
      if (!sweep.tick(this.options.clock.nowMs(), { ...totals })) continue
      held = sweep.size
      this.setBatchSize(held)
      this.#station.emit({ type: 'sweep-changed', sweep: sweep.report })
    }
    unsubscribe()
    if (sweep.report.state === 'cancelled' && this.#sizes.report.asked === held) {
      this.setBatchSize(sweep.size)
      this.setSizing(sizingBefore)
    }
    this.#station.emit({ type: 'sweep-changed', sweep: sweep.report })
  }

  /** Closes the breaker at once: for an operator who knows that the API is well. */
  resetBreaker(): void {
    this.#station.resetBreaker()
  }

  /** Calls the listener for each event; answers the function that ends it. */
  subscribe(listener: (event: EngineEvent) => void): () => void {
    return this.#station.subscribe(listener)
  }

  async #live(): Promise<void> {
    try {
      // Started again while it was ending: go on rather than lose the command.
      do await this.#liveOnce()
      while (this.#station.state.kind === 'running' || this.#station.state.kind === 'paused')
    } finally {
      this.#shift = null
      this.#station.become({ kind: 'idle' })
    }
  }

  async #liveOnce(): Promise<void> {
    const ended = new AbortController()
    const upkeep = this.#station.upkeep(ended.signal)
    try {
      await this.#station.patiently(() => this.#station.recover())
      await this.#workTheQueue()
    } finally {
      ended.abort()
      await this.#station.orGivenUp(upkeep)
      await this.#station.endEpoch()
    }
  }
}
