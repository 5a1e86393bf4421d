/** Wait between batches while nothing is refused. */
export const NORMAL_WAIT_MS = 200
const EXTENDED_WAIT_MS = 2000
const WAIT_PER_REFUSED_PAIR_MS = 200

export interface Wait {
  readonly waitMs: number
  /** In words, for the log and the screen. */
  readonly why: string
}

/** The wait before the first batch: none has been refused yet. */
export const FIRST_WAIT: Wait = { waitMs: NORMAL_WAIT_MS, why: 'normal pause' }

/**
 * The classic rule, kept as its users know it: 200 ms after a clean batch, 2000 ms + 200 ms per rate-limited pair after
 * any other, and back to normal by halves, so that one clean batch does not undo the caution of the one before.
 */
export function classicWait(previous: Wait, rateLimited: number): Wait {
  if (rateLimited > 0) {
    return {
      waitMs: EXTENDED_WAIT_MS + WAIT_PER_REFUSED_PAIR_MS * rateLimited,
      why: `${rateLimited} rate-limited ${rateLimited === 1 ? 'pair' : 'pairs'}`,
    }
  }
  const waitMs = Math.max(NORMAL_WAIT_MS, Math.round(previous.waitMs / 2))
  return waitMs === NORMAL_WAIT_MS ? FIRST_WAIT : { waitMs, why: `easing back from ${previous.waitMs} ms` }
}
