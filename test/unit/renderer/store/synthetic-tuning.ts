import type { TuningSample } from '../../../../src/renderer/store/tuning-samples'

export interface Machine {
  readonly secondsPerPair: number
  readonly limitPerSecond: number
  /** Goodput lost for each pair above the size at which refusals begin. */
  readonly fallPerPair?: number
  readonly refusedFrom?: number
}

/** What a machine of this kind brings at a size, without noise. */
export function goodputOf({ secondsPerPair, limitPerSecond, fallPerPair = 0, refusedFrom = Infinity }: Machine, size: number): number {
  const rise = Math.min(size / secondsPerPair, limitPerSecond)
  return Math.max(0, rise - (size > refusedFrom ? fallPerPair * (size - refusedFrom) : 0))
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A normal deviate (Box and Muller, 1958). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export interface Noise {
  readonly random: () => number
  /** Standard deviation as a share. */
  readonly share: number
  /** How many of the samples are worth nothing at all. */
  readonly outliers?: number
}

/** So many samples of each size, five seconds each. */
export function samplesAt(machine: Machine, sizes: readonly number[], count: number, { random, share, outliers = 0 }: Noise): TuningSample[] {
  return sizes.flatMap((size, at) =>
    Array.from({ length: count }, (_, i) => {
      const isOutlier = random() < outliers
      const goodput = goodputOf(machine, size) * (1 + share * normal(random))
      return {
        atMs: (at * count + i) * 5000,
        size,
        seconds: 5,
        goodputPerSecond: Math.max(0, isOutlier ? goodput * 0.2 * random() : goodput),
        refusedShare: size > (machine.refusedFrom ?? Infinity) ? 0.1 : 0,
      }
    }),
  )
}
