import type { Ledger } from '../../shared/frames'
import { remainingOf } from './run-controls'

export interface Progress {
  /** Finished pairs of all that came, 0–1. It is 1 only when nothing is left. */
  readonly share: number
  readonly remaining: number
  readonly all: number
}

/** How far the queue is worked; null before there is anything in it. */
export function progressOf(ledger: Ledger | null): Progress | null {
  if (ledger === null) return null
  const remaining = remainingOf(ledger)
  const all = ledger.done + ledger.failed + ledger.discarded + remaining
  return all === 0 ? null : { share: (all - remaining) / all, remaining, all }
}
