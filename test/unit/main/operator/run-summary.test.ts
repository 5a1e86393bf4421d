import { describe, expect, it } from 'vitest'
import { RunSummary } from '../../../../src/main/operator/run-summary'
import type { BatchRecord, Ledger } from '../../../../src/shared/frames'

const ledger = { ready: 90, delayed: 5, inFlight: 5, done: 1000 } as Ledger // the rest plays no part
const batch = { size: 20, rateLimited: 5 } as BatchRecord // likewise

describe('the figures of a run', () => {
  it('count what was waiting at the start and what arrived as what the run had before it', () => {
    const summary = new RunSummary(ledger)
    summary.record({ type: 'adopted', adopted: 10, duplicates: 3, rejected: 1 })
    expect(summary.figures(0, 20, 0).pairs.enqueued).toBe(110)
  })

  it('count where pairs really went, not what a late settlement tried', () => {
    const summary = new RunSummary(ledger)
    const tally = { done: 10, failed: 2, toFront: 5, delayed: 1, late: 2 }
    summary.record({ type: 'batch-settled', batch, tally, wait: { waitMs: 3000, why: '' }, worked: [] })
    expect(summary.figures(4000, 20, 0)).toMatchObject({
      pairs: { done: 10, failed: 2, rateLimited: 5, retried: 6, lost: 0 },
      batches: 1,
      durationMs: 4000,
      pairsPerSecond: 2.5,
    })
  })

  it('count a pair that killed too many engines as failed', () => {
    const summary = new RunSummary(ledger)
    summary.record({ type: 'recovered', recovered: 4, failed: 1 })
    expect(summary.figures(1, 20, 0).pairs).toMatchObject({ recovered: 5, failed: 1 })
  })
})
