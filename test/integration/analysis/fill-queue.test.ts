import { describe, expect, it, onTestFinished } from 'vitest'
import { Accounts } from '../../../src/main/analysis/accounts'
import { BirdeyeClient } from '../../../src/main/analysis/birdeye-client'
import { previewOf } from '../../../src/main/analysis/discovery-cost'
import { fillQueue, type FillOptions } from '../../../src/main/analysis/fill-queue'
import type { SimulatorOptions } from '../../../src/main/simulator/options'
import { startSimulator } from '../../../src/main/simulator/simulator'
import { systemClock } from '../../../src/main/system-clock'
import type { DiscoveryPlan, DiscoverySkip } from '../../../src/shared/discovery'
import { freshPipeline } from '../../support/pipeline'

/** A real simulator and a real queue, and the discovery between them. */
async function between(api: SimulatorOptions, keys: readonly string[] = []) {
  const [simulator, pipeline] = await Promise.all([startSimulator({ latencyMs: 0, ...api }), freshPipeline()])
  onTestFinished(() => simulator.close())
  const clock = systemClock
  const accounts = new Accounts({ accounts: keys.length > 0 ? [{ keys }] : [], clock, onNotice: () => undefined })
  const client = new BirdeyeClient({ baseUrl: simulator.url, accounts, requestTimeoutMs: 5000, clock, onRequest: () => undefined })
  const skips: DiscoverySkip[] = []
  const fill = (plan: Omit<DiscoveryPlan, 'chain'>, more: Partial<FillOptions> = {}) =>
    fillQueue(
      { chain: 'solana', ...plan },
      {
        client,
        clock,
        quotaPerSecond: 15,
        enqueue: (entries) => pipeline.queue.enqueue(entries),
        signal: new AbortController().signal,
        onProgress: () => undefined,
        onSkip: (skip) => skips.push(skip),
        ...more,
      },
    )
  return { ...pipeline, simulator, fill, skips }
}

describe('filling a queue from the simulator', () => {
  it('queues the top traders of the trending tokens, for what the preview said', async () => {
    const { fill, queue, simulator } = await between({ allowance: 1_000_000 })
    const plan = { tokens: 25, traders: 30 }
    const { state, counts } = await fill(plan)
    expect(state).toEqual({ kind: 'finished' })
    expect(counts).toMatchObject({ tokens: 25, tokensRead: 25, traders: 750, enqueued: 750, known: 0, repeated: 0 })
    expect(await queue.audit()).toMatchObject({ enqueued: 750, ready: 750, duplicates: 0, lost: 0 })
    const preview = previewOf(plan, null)
    expect(simulator.stats().requests).toBe(preview.requests)
    expect(counts.requests).toBe(preview.requests)
    const credits = await fetch(`${simulator.url}/utils/v1/credits`, { headers: { 'x-chain': 'solana' } })
    const { data } = (await credits.json()) as { data: { usage: { api: number } } } // the simulator's own answer
    expect(data.usage.api).toBe(preview.computeUnits)
  })

  it('writes pairs that the queue lends out as the inbox names them', async () => {
    const { fill, queue } = await between({})
    await fill({ tokens: 1, traders: 3 })
    const { pairs } = await queue.claim(3)
    expect(pairs).toHaveLength(3)
    for (const { entry } of pairs) {
      expect(entry).toMatchObject({ chain: 'solana', token_symbol: 'BADGER', discovered_at: expect.any(String) })
      expect(Number(entry.trader_volume_usd)).toBeGreaterThan(0)
      expect(entry.trader_trades).toBeGreaterThan(0)
    }
  })

  it('adds nothing the second time: the pairs are known', async () => {
    const { fill, queue } = await between({})
    await fill({ tokens: 2, traders: 20 })
    expect((await fill({ tokens: 3, traders: 20 })).counts).toMatchObject({ enqueued: 20, known: 40 })
    expect(await queue.audit()).toMatchObject({ enqueued: 60, lost: 0 })
  })

  it('ends with what there is when more is asked for', async () => {
    const { fill } = await between({})
    const { state, counts } = await fill({ tokens: 100, traders: 10 })
    expect(state).toEqual({ kind: 'finished' })
    expect(counts).toMatchObject({ tokens: 60, tokensRead: 60, enqueued: 600, requests: 64, requestsExpected: 64 })
  })
})

describe('trouble', () => {
  it('refusals and server errors are waited out, and nothing is missing', async () => {
    const { fill, simulator } = await between({ rps: 5, faults: '500=0.1' })
    const { state, counts } = await fill({ tokens: 10, traders: 10 })
    expect(state).toEqual({ kind: 'finished' })
    expect(counts).toMatchObject({ enqueued: 100, tokensSkipped: 0 })
    expect(simulator.stats().refused).toBeGreaterThan(0)
    expect(counts.requests).toBe(simulator.stats().requests)
  })

  it('a refused key ends it with a message that does not show the key', async () => {
    const { fill, queue } = await between({ accounts: 'one=right-key' }, ['wrong-key-123'])
    const { state } = await fill({ tokens: 1, traders: 1 })
    expect(state).toMatchObject({ kind: 'failed', message: expect.stringContaining('key 1 of account 1') })
    expect(JSON.stringify(state)).not.toContain('wrong-key-123')
    expect(await queue.audit()).toMatchObject({ enqueued: 0 })
  })

  it('a spent allowance ends it with a message, and what was queued stays', async () => {
    const { fill, queue } = await between({ allowance: 50 + 4 * 30 })
    const { state, counts } = await fill({ tokens: 10, traders: 10 }, { quotaPerSecond: 1 })
    expect(state).toMatchObject({ kind: 'failed', message: expect.stringContaining('allowance spent') })
    expect(counts.enqueued).toBe(40)
    expect(await queue.audit()).toMatchObject({ enqueued: 40, lost: 0 })
  })

  it('a cancel ends it between two groups', async () => {
    const { fill, queue } = await between({ latencyMs: 20 })
    const abort = new AbortController()
    const onProgress: FillOptions['onProgress'] = ({ counts }) => counts.enqueued >= 50 && abort.abort()
    const { state, counts } = await fill({ tokens: 60, traders: 100 }, { signal: abort.signal, onProgress })
    expect(state).toEqual({ kind: 'cancelled' })
    expect(counts.enqueued).toBeLessThan(500)
    expect(await queue.audit()).toMatchObject({ enqueued: counts.enqueued, lost: 0 })
  })
})
