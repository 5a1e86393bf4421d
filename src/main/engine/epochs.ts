import type { EpochRecord } from '../../shared/frames'
import type { Worked } from './batch'

/** What is constant during an epoch. Under auto the size wanders: then auto is the constant. */
export type EpochSettings = Pick<EpochRecord, 'pacing' | 'sizing' | 'batchSize'>

/** Times fall into bins whose bounds grow by this: a quantile is told to within 2 %. */
const BIN_GROWTH = 1.04

/**
 * Numbers the spans of constant settings, and measures each of them.
 * 1. A new epoch begins with the first claim under other settings, or after the engine was idle.
 * 2. Pairs count for the epoch in which they were claimed.
 * 3. Time counts while the engine runs, pauses excluded.
 */
export class Epochs {
  #open: OpenEpoch | null = null

  constructor(private readonly settings: () => EpochSettings) {}

  get number(): number {
    return this.#open?.number ?? 0
  }

  /** The present epoch as it stands, null between runs. */
  current(nowMs: number): EpochRecord | null {
    return this.#open?.record(nowMs, null) ?? null
  }

  /** Whether the next claim begins another epoch. */
  get isOver(): boolean {
    return this.#open === null || !this.#open.hasSettings(this.settings())
  }

  /** Begins the next epoch; its number comes from the queue, so that no two engines have the same. */
  begin(number: number, nowMs: number, wallMs: number): void {
    this.#open = new OpenEpoch(number, this.settings(), nowMs, wallMs)
  }

  /** Ends the present epoch and answers what it came to; null without one. */
  end(nowMs: number, wallMs: number): EpochRecord | null {
    const ended = this.#open?.record(nowMs, wallMs) ?? null
    this.#open = null
    return ended
  }

  /** The engine works, or rests. */
  setWorking(isWorking: boolean, nowMs: number): void {
    this.#open?.setWorking(isWorking, nowMs)
  }

  /** A pair that was claimed in another epoch than the present one counts for neither. */
  observe(worked: Worked): void {
    if (worked.epoch === this.#open?.number) this.#open.observe(worked)
  }
}

class OpenEpoch {
  #workedMs = 0
  #workingSinceMs: number | null
  #finished = 0
  #done = 0
  #requests = 0
  #refused = 0
  #sizes = 0
  readonly #bins = new Map<number, number>()

  constructor(
    readonly number: number,
    private readonly settings: EpochSettings,
    nowMs: number,
    private readonly startedAtMs: number,
  ) {
    this.#workingSinceMs = nowMs
  }

  hasSettings({ pacing, sizing, batchSize }: EpochSettings): boolean {
    const mine = this.settings
    if (pacing !== mine.pacing || sizing !== mine.sizing) return false
    return sizing === 'auto' || batchSize === mine.batchSize
  }

  setWorking(isWorking: boolean, nowMs: number): void {
    this.#workedMs = this.#workedUntil(nowMs)
    this.#workingSinceMs = isWorking ? nowMs : null
  }

  observe({ outcome, tookMs, effort, batchSize }: Worked): void {
    this.#finished += 1
    this.#requests += effort.requests
    this.#refused += effort.refused
    this.#sizes += batchSize
    if (outcome.kind !== 'succeeded') return
    this.#done += 1
    const bin = Math.ceil(Math.log(Math.max(1, tookMs)) / Math.log(BIN_GROWTH))
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + 1)
  }

  record(nowMs: number, endedAtMs: number | null): EpochRecord {
    const seconds = this.#workedUntil(nowMs) / 1000
    return {
      number: this.number,
      ...this.settings,
      meanBatchSize: this.#finished === 0 ? null : this.#sizes / this.#finished,
      startedAtMs: this.startedAtMs,
      endedAtMs,
      workedSeconds: seconds,
      finished: this.#finished,
      done: this.#done,
      goodputPerSecond: seconds < 1 ? null : this.#done / seconds,
      refusalsPerSuccess: this.#done === 0 ? null : this.#refused / this.#done,
      requestsPerPair: this.#finished === 0 ? null : this.#requests / this.#finished,
      yieldShare: this.#finished === 0 ? null : this.#done / this.#finished,
      pairMsP95: this.#quantile(0.95),
    }
  }

  #workedUntil(nowMs: number): number {
    return this.#workedMs + (this.#workingSinceMs === null ? 0 : nowMs - this.#workingSinceMs)
  }

  #quantile(share: number): number | null {
    let left = Math.ceil(share * this.#done)
    for (const [bin, count] of [...this.#bins].sort(([one], [other]) => one - other)) {
      left -= count
      if (left <= 0) return Math.round(BIN_GROWTH ** (bin - 0.5))
    }
    return null
  }
}
