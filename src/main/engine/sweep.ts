import type { SweepFinding, SweepReport } from '../../shared/frames'

export interface SweepOptions {
  readonly from: number
  readonly to: number
  /** To be set again when the sweep is cancelled. */
  readonly before: number
}

/** What has happened since the sweep began, as running totals. */
export interface Totals {
  readonly done: number
  readonly accepted: number
  readonly refused: number
}

/** Each size is this much larger than the one before, and at least by one. */
const GROWTH = 1.25
/** The mean counts once the pairs of the size before are through. */
const WARM_UP_MS = 4000
const BLOCK_MS = 1000
const LEAST_BLOCKS = 6
const MOST_BLOCKS = 40
/** The half width of the 90 % interval of the goodput that is good enough, as a share of it. */
const CONFIDENCE_SHARE = 0.05
/** Two-sided 90 % of a normal distribution. */
const Z_90 = 1.645
/** A larger size that brings less than this is no better. */
const WORTH_SHARE = 0.03
/**
 * One-sided 99 % of a normal distribution. The best of several means is the luckiest of them: were a gain believed in with less,
 * a size far beyond the knee would be found better now and then.
 */
const Z_BEYOND_LUCK = 2.326
const NOT_WORTH_IT_IN_A_ROW = 2
const REFUSED_SHARE = 0.01

/**
 * Looks for the batch size beyond which a larger one brings nothing: the knee of the curve.
 * 1. Steps the size up, and holds each until its goodput is known within 5 % at 90 % confidence, 40 s at most.
 * 2. Stops at the first refusals, when two steps in a row do not surely bring 3 % more, or at the largest size.
 * 3. Settles on the smallest size whose goodput may be within 3 % of the best: one that is surely further below is too small.
 * It knows no clock: it is told the time and the totals, a few times a second.
 */
export class Sweep {
  #size: number
  #findings: SweepFinding[] = []
  #goodputs: Goodput[] = []
  #state: SweepReport['state'] = 'running'
  #why = ''
  #heldSinceMs: number | null = null
  #blocks: number[] = []
  #block: { readonly fromMs: number; readonly done: number } | null = null
  #stepTotals: Totals = { done: 0, accepted: 0, refused: 0 }
  #noBetter = 0

  constructor(private readonly options: SweepOptions) {
    this.#size = options.from
  }

  /** The batch size to set now. */
  get size(): number {
    return this.#size
  }

  get report(): SweepReport {
    return { state: this.#state, size: this.#size, findings: this.#findings, why: this.#why }
  }

  /** Answers whether something has changed that is worth telling. */
  tick(nowMs: number, totals: Totals): boolean {
    if (this.#state !== 'running') return false
    this.#heldSinceMs ??= nowMs
    if (nowMs - this.#heldSinceMs < WARM_UP_MS) return false
    if (this.#block === null) {
      this.#stepTotals = totals
      this.#block = { fromMs: nowMs, done: totals.done }
      return false
    }
    if (nowMs - this.#block.fromMs < BLOCK_MS) return false
    this.#blocks.push(((totals.done - this.#block.done) * 1000) / (nowMs - this.#block.fromMs))
    this.#block = { fromMs: nowMs, done: totals.done }
    if (this.#blocks.length < LEAST_BLOCKS || (!this.#isConfident() && this.#blocks.length < MOST_BLOCKS)) return false
    this.#find(nowMs, totals)
    return true
  }

  cancel(): void {
    if (this.#state !== 'running') return
    this.#state = 'cancelled'
    this.#size = this.options.before
    this.#why = `cancelled; back to ${this.options.before}`
  }

  #find(nowMs: number, totals: Totals): void {
    const goodput = goodputOf(this.#blocks)
    const { mean, margin } = goodput
    const refused = totals.refused - this.#stepTotals.refused
    const refusedShare = refused / Math.max(1, refused + totals.accepted - this.#stepTotals.accepted)
    const bestBefore = bestOf(this.#goodputs)
    this.#goodputs = [...this.#goodputs, goodput]
    this.#noBetter = this.#isBeyond(goodput, bestBefore, 1 + WORTH_SHARE) ? 0 : this.#noBetter + 1
    this.#findings = [
      ...this.#findings,
      {
        size: this.#size,
        goodputPerSecond: mean,
        low: Math.max(0, mean - margin),
        high: mean + margin,
        refusedShare,
        heldMs: Math.round(nowMs - (this.#heldSinceMs ?? nowMs)),
      },
    ]
    if (refusedShare > REFUSED_SHARE) return this.#settle(`refusals begin at ${this.#size}`)
    if (this.#noBetter >= NOT_WORTH_IT_IN_A_ROW) return this.#settle(`more than ${this.#kneeSize()} brings less than 3 %`)
    if (this.#size >= this.options.to) return this.#settle(`${this.options.to} is the largest allowed`)
    this.#hold(Math.min(this.options.to, Math.max(this.#size + 1, Math.round(this.#size * GROWTH))))
  }

  #hold(size: number): void {
    this.#size = size
    this.#heldSinceMs = null
    this.#blocks = []
    this.#block = null
  }

  #settle(reason: string): void {
    this.#size = this.#kneeSize()
    this.#state = 'finished'
    this.#why = `${this.#size} is best: ${reason}`
  }

  /** Where refusals began does not count. */
  #kneeSize(): number {
    const clean = this.#findings.flatMap(({ size, refusedShare }, i) => {
      const goodput = this.#goodputs[i]
      return goodput && refusedShare <= REFUSED_SHARE ? [{ size, goodput }] : []
    })
    const best = bestOf(clean.map(({ goodput }) => goodput))
    const knee = clean.find(({ goodput }) => !this.#isBeyond(best, goodput, 1 / (1 - WORTH_SHARE)))
    return knee?.size ?? this.options.from
  }

  /**
   * Whether one goodput is surely more than `factor` times another. The scatter is taken from the blocks of all steps, as a share
   * of their means: six blocks of one step that happen to agree would tell of more certainty than there is.
   */
  #isBeyond(one: Goodput, other: Goodput, factor: number): boolean {
    const degrees = this.#goodputs.reduce((sum, { blocks }) => sum + blocks - 1, 0)
    const squares = this.#goodputs.reduce((sum, { blocks, scatter }) => sum + (blocks - 1) * scatter ** 2, 0)
    const errorOf = ({ mean, blocks }: Goodput) => mean * Math.sqrt(squares / degrees / blocks)
    return one.mean - other.mean * factor > Z_BEYOND_LUCK * Math.hypot(errorOf(one), errorOf(other) * factor)
  }

  #isConfident(): boolean {
    const { mean, margin } = goodputOf(this.#blocks)
    return mean > 0 && margin <= mean * CONFIDENCE_SHARE
  }
}

/** Pairs a second of one step. */
interface Goodput {
  readonly mean: number
  /** Half width of the 90 % interval. */
  readonly margin: number
  readonly blocks: number
  /** Standard deviation of a block, as a share of the mean. */
  readonly scatter: number
}

const NOTHING_DONE: Goodput = { mean: 0, margin: 0, blocks: 1, scatter: 0 }

function goodputOf(blocks: readonly number[]): Goodput {
  const mean = blocks.reduce((sum, block) => sum + block, 0) / blocks.length
  const deviation = Math.sqrt(blocks.reduce((sum, block) => sum + (block - mean) ** 2, 0) / (blocks.length - 1))
  const scatter = mean > 0 ? deviation / mean : 0
  return { mean, margin: (studentT90(blocks.length - 1) * deviation) / Math.sqrt(blocks.length), blocks: blocks.length, scatter }
}

function bestOf(goodputs: readonly Goodput[]): Goodput {
  return goodputs.reduce((best, one) => (one.mean > best.mean ? one : best), NOTHING_DONE)
}

/** Two-sided 90 % of Student's distribution, by the first terms of Fisher's and Cornish's series: within 1 % from five degrees on. */
function studentT90(degrees: number): number {
  return Z_90 + (Z_90 ** 3 + Z_90) / (4 * degrees) + (5 * Z_90 ** 5 + 16 * Z_90 ** 3 + 3 * Z_90) / (96 * degrees ** 2)
}
