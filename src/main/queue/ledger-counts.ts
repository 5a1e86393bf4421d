import type { Ledger } from '../../shared/frames'

/** The ledger, of the numbers that audit.lua answers. */
export function ledgerOf(counts: readonly number[]): Ledger {
  const [enqueued = 0, ready = 0, delayed = 0, inFlight = 0, done = 0, failed = 0, discarded = 0, ...rest] = counts
  const [inbox = 0, rejected = 0, duplicates = 0, recovered = 0, known = 0, oldestMs = 0, auditedAtMs = 0] = rest
  const placed = ready + delayed + inFlight + done + failed
  return {
    enqueued,
    ready,
    delayed,
    inFlight,
    done,
    failed,
    discarded,
    // Missing from the places, or from the entries: the greater is told, so that neither can hide the other.
    lost: Math.max(enqueued - discarded - placed, known - placed),
    inbox,
    rejected,
    duplicates,
    recovered,
    oldestReadyMs: oldestMs === 0 ? null : Math.max(0, auditedAtMs - oldestMs),
    auditedAtMs,
  }
}
