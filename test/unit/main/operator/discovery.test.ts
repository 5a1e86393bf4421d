import { describe, expect, it } from 'vitest'
import { Discovery, sumOf } from '../../../../src/main/operator/discovery'
import type { DiscoveryWatch, PairSource } from '../../../../src/main/operator/ports'
import type { DiscoveryCounts, DiscoveryProgress, DiscoveryState } from '../../../../src/shared/discovery'

const plan = { chain: 'solana', tokens: 20, traders: 50 }
const counts: DiscoveryCounts = {
  requests: 101,
  requestsExpected: 101,
  tokens: 20,
  tokensRead: 19,
  tokensSkipped: 1,
  traders: 1000,
  enqueued: 960,
  known: 30,
  repeated: 8,
  tradersSkipped: 2,
}
const at = (state: DiscoveryState): DiscoveryProgress => ({ plan, counts, skips: [], state })

/** A source that a test ends by hand, or that ends when it is cancelled. */
function desk() {
  const lines: string[] = []
  const fills: { watch: DiscoveryWatch; end(state: DiscoveryState): void }[] = []
  const source: PairSource = {
    preview: () => ({ requests: 101, computeUnits: 3050, pairs: 1000, seconds: null }),
    fill: (_, watch) =>
      new Promise((resolve) => {
        let hasEnded = false
        const end = (state: DiscoveryState) => {
          if (hasEnded) return
          hasEnded = true
          watch.onProgress(at(state))
          resolve(at(state))
        }
        watch.signal.addEventListener('abort', () => end({ kind: 'cancelled' }))
        fills.push({ watch, end })
      }),
  }
  const discovery = new Discovery(source, ({ level, text }) => lines.push(`${level} ${text}`))
  return { discovery, lines, fills }
}

describe('the discovery of a session', () => {
  it('tells how it goes, and writes beginning, skips and end to the log', async () => {
    const { discovery, lines, fills } = desk()
    expect(discovery.progress).toBeNull()
    expect(discovery.start(plan)).toBe(true)
    fills[0]?.watch.onProgress(at({ kind: 'running', waiting: null }))
    expect(discovery.progress?.state.kind).toBe('running')
    fills[0]?.watch.onSkip({ what: 'token', name: 'FOX', reason: '500 oops' })
    fills[0]?.watch.onSkip({ what: 'trader', name: 'a trader of FOX', reason: 'its entry has no owner' })
    fills[0]?.end({ kind: 'finished' })
    await discovery.close()
    expect(discovery.progress?.state.kind).toBe('finished')
    expect(lines).toEqual([
      'info Discovering pairs: 20 trending tokens on solana, 50 top traders of each',
      'warn Discovery skipped the token FOX: 500 oops',
      'warn Discovery skipped a trader of FOX: its entry has no owner',
      `info Discovery finished: ${sumOf(counts)}`,
    ])
  })

  it('runs one at a time, and another when that has ended', async () => {
    const { discovery, fills } = desk()
    expect(discovery.start(plan)).toBe(true)
    expect(discovery.start(plan)).toBe(false)
    fills[0]?.end({ kind: 'failed', message: 'no key is left' })
    await discovery.close()
    expect(discovery.start(plan)).toBe(true)
    expect(fills).toHaveLength(2)
  })

  it('says why it ended early', async () => {
    const { discovery, lines, fills } = desk()
    discovery.start(plan)
    fills[0]?.end({ kind: 'failed', message: 'no key is left' })
    await discovery.close()
    expect(lines.at(-1)).toBe(`warn Discovery ended early: no key is left. Until then: ${sumOf(counts)}`)
  })

  it('is cancelled, and closing waits for its end', async () => {
    const { discovery, lines } = desk()
    discovery.cancel() // nothing runs: nothing happens
    discovery.start(plan)
    await discovery.close()
    expect(lines.at(-1)).toMatch(/^info Discovery cancelled/)
  })
})

it('the sum of a discovery leaves nothing out', () => {
  expect(sumOf(counts)).toBe(
    '960 new pairs of 1,000 traders; 30 known already; 8 found twice; 2 skipped; 19 tokens read, 1 skipped',
  )
})
