import { describe, expect, it } from 'vitest'
import type { Worked } from '../../../../src/main/engine/batch'
import type { EngineEvent } from '../../../../src/main/engine/events'
import type { Outcome } from '../../../../src/main/engine/ports'
import { BatchPairs } from '../../../../src/main/operator/batch-pairs'
import { batch } from '../../renderer/fixtures'

function worked(n: number, outcome: Outcome = { kind: 'permanent', message: 'no such wallet' }): Worked {
  const entry = { wallet_address: `W${n}`, token_address: 'T', chain: 'solana' }
  const pair = { id: `solana:W${n}:T`, entry, token: 1, attempts: 0, refusals: 0, recoveries: 0 }
  return { pair, outcome, tookMs: 12, effort: { requests: 2, refused: 0, waitedMs: 0 }, epoch: 1, batchSize: 20 }
}

function settled(number: number, pairs: readonly Worked[]): EngineEvent {
  return {
    type: 'batch-settled',
    batch: batch(number),
    tally: { done: 0, failed: 0, toFront: 0, delayed: 0, late: 0 },
    wait: { waitMs: 0, why: '' },
    worked: pairs,
  }
}

describe('the pairs of a batch', () => {
  it('are told with what came of each, and why where it is not done', () => {
    const pairs = new BatchPairs()
    pairs.record(settled(7, [worked(1), worked(2, { kind: 'rate-limited', message: 'x'.repeat(1000) })]))
    expect(pairs.of(7)).toEqual([
      { id: 'solana:W1:T', wallet: 'W1', token: 'T', symbol: null, outcome: 'permanent', message: 'no such wallet', tookMs: 12, requests: 2 },
      expect.objectContaining({ wallet: 'W2', outcome: 'rate-limited', message: 'x'.repeat(300) }),
    ])
    expect(pairs.of(8)).toBeNull()
  })

  it('are forgotten, the oldest batches first, so that a run of days takes no more room', () => {
    const pairs = new BatchPairs()
    const many = Array.from({ length: 500 }, (_, n) => worked(n))
    for (let number = 1; number <= 100; number += 1) pairs.record(settled(number, many))
    expect(pairs.of(60)).toBeNull()
    expect(pairs.of(61)).toHaveLength(500)
    expect(pairs.of(100)).toHaveLength(500)
  })
})
