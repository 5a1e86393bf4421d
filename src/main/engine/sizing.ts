import type { Effort, PaceReport } from './ports'

/** What auto would choose, and why. */
export interface Advice {
  readonly size: number
  /** In words and numbers, for the screen. */
  readonly why: string
}

interface Finished {
  readonly tookMs: number
  readonly effort: Effort
}

/** Weight of one pair: the mean of about the last fifty counts. */
const WEIGHT = 0.04
/**
 * Beyond what Little's law asks: slots stand empty between a pair's end and the next claim, and a permit that nobody
 * waits for is lost.
 */
const HEADROOM = 1.5
const MORE_AT_THE_GATE = 2
/** Smaller changes are noise. */
const LEAST_CHANGE = 0.15

/**
 * The batch size by Little's law (Little, Operations Research 9/3, 1961): pairs in flight = pairs per second × time per
 * pair. Pairs per second are the permitted requests per second over the requests of a pair; the time is what a pair takes
 * without its waits for permits, or waiting would ask for more waiting.
 */
export class Sizing {
  #serviceMs: number | null = null
  #requestsPerPair: number | null = null
  #advice: Advice | null = null

  constructor(private readonly maxBatchSize: number) {}

  /** The present advice, null before anything was measured. */
  get advice(): Advice | null {
    return this.#advice
  }

  /** Pairs that sent nothing tell nothing. */
  observe({ tookMs, effort }: Finished): void {
    if (effort.requests === 0) return
    const serviceMs = Math.max(1, tookMs - effort.waitedMs)
    this.#serviceMs = smoothed(this.#serviceMs, serviceMs)
    this.#requestsPerPair = smoothed(this.#requestsPerPair, effort.requests)
  }

  /** Follows the permitted rate. While everything is held nothing can be told from it: the advice stays. */
  advise({ permittedPerSecond, heldForMs }: PaceReport): Advice | null {
    const [serviceMs, requestsPerPair] = [this.#serviceMs, this.#requestsPerPair]
    if (serviceMs === null || requestsPerPair === null || permittedPerSecond === null || heldForMs > 1000) return this.#advice
    const pairs = ((permittedPerSecond / requestsPerPair) * serviceMs) / 1000
    const wanted = Math.ceil(pairs * HEADROOM) + MORE_AT_THE_GATE
    const size = Math.max(1, Math.min(this.maxBatchSize, wanted))
    const before = this.#advice?.size ?? 0
    if (Math.abs(size - before) <= Math.max(1, before * LEAST_CHANGE)) return this.#advice
    const bound = wanted > size ? `, bounded by [engine] max_batch_size` : ''
    const law = `${permittedPerSecond.toFixed(1)} requests/s ÷ ${requestsPerPair.toFixed(2)} per pair × ${(serviceMs / 1000).toFixed(2)} s = ${pairs.toFixed(1)} in flight`
    this.#advice = { size, why: `${law}, and half as many again so that no permit waits${bound}` }
    return this.#advice
  }
}

function smoothed(mean: number | null, sample: number): number {
  return mean === null ? sample : mean + WEIGHT * (sample - mean)
}
