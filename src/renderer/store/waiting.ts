import type { BatchRecord } from '../../shared/frames'

/** Batches that the share is taken over, the newest. */
export const WAITING_BATCHES = 20

export interface Waiting {
  /** Share of the time that went into the waits between batches, 0–1. */
  readonly share: number
  readonly batches: number
}

/** How much of the last batches' time was spent waiting; null before the first batch. */
export function waitingOf(batches: readonly BatchRecord[]): Waiting | null {
  const last = batches.slice(-WAITING_BATCHES)
  const waitMs = last.reduce((sum, batch) => sum + batch.waitMs, 0)
  const workMs = last.reduce((sum, batch) => sum + batch.tookMs, 0)
  return waitMs + workMs > 0 ? { share: waitMs / (waitMs + workMs), batches: last.length } : null
}
