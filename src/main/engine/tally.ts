import type { BatchRecord } from '../../shared/frames'
import type { Worked } from './batch'
import type { Tally } from './events'
import type { Wait } from './pacing'
import type { Outcome, SettleReceipt, Settlement } from './ports'

interface Finished {
  readonly number: number
  readonly worked: readonly Worked[]
  readonly startedAtMs: number
  readonly tookMs: number
  readonly wait: Wait
}

/** The row that a finished batch leaves behind. */
export function recordOf({ number, worked, startedAtMs, tookMs, wait }: Finished): BatchRecord {
  const counts = new Map<Outcome['kind'], number>()
  for (const { outcome } of worked) counts.set(outcome.kind, (counts.get(outcome.kind) ?? 0) + 1)
  const count = (kind: Outcome['kind']) => counts.get(kind) ?? 0
  return {
    number,
    epoch: worked[0]?.epoch ?? 0,
    size: worked.length,
    succeeded: count('succeeded'),
    rateLimited: count('rate-limited'),
    transient: count('transient'),
    timedOut: count('timed-out'),
    permanent: count('permanent'),
    untouched: count('allowance-spent') + count('configuration') + count('released'),
    startedAtMs,
    tookMs: Math.round(tookMs),
    waitMs: wait.waitMs,
    why: wait.why,
  }
}

/** Where the pairs really went, as the queue's receipt has it. */
export function tallyOf(settlements: readonly Settlement[], receipt: SettleReceipt): Tally {
  const refused = new Set(receipt.late)
  const counts = { done: 0, failed: 0, front: 0, delayed: 0, late: 0 }
  for (const { id, disposition } of settlements) counts[refused.has(id) ? 'late' : disposition.to] += 1
  const { front, ...others } = counts
  return { ...others, toFront: front }
}

export const NO_TALLY: Tally = { done: 0, failed: 0, toFront: 0, delayed: 0, late: 0 }

export function addTallies(one: Tally, other: Tally): Tally {
  return {
    done: one.done + other.done,
    failed: one.failed + other.failed,
    toFront: one.toFront + other.toFront,
    delayed: one.delayed + other.delayed,
    late: one.late + other.late,
  }
}
