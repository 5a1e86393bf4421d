import type { Random } from './ports'

const BASE_MS = 1000
const CAP_MS = 60_000

/**
 * The wait before a pair is tried again after a transient error, in ms: uniform between 0 and the exponential bound
 * ("full jitter", Brooker, AWS Architecture Blog 2015), so that pairs that failed together do not return together.
 * `failures` counts the tries that have failed, this one included.
 */
export function fullJitterMs(failures: number, random: Random): number {
  return Math.round(random() * Math.min(CAP_MS, BASE_MS * 2 ** (failures - 1)))
}
