import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Engine, type EngineOptions } from '../../../../src/main/engine/engine'
import type { EngineEvent } from '../../../../src/main/engine/events'
import type { Analyzer, Attempt, Outcome } from '../../../../src/main/engine/ports'
import { systemClock } from '../../../../src/main/system-clock'
import type { PairResult } from '../../../../src/shared/result'
import { MemoryQueue } from '../../../support/memory-queue'

const PAIR_MS = 800
const succeeded: Outcome = { kind: 'succeeded', result: {} as PairResult } // its columns do not matter to the engine

/** Answers each wallet after a while with what the script says of it, once each, then with success. */
function scripted(script: Record<string, Outcome[]> = {}): Analyzer & { started: string[]; active: number; most: number } {
  const analyzer = {
    started: [] as string[],
    active: 0,
    most: 0,
    async analyze({ wallet_address: wallet }: { wallet_address: string }, { signal }: Attempt): Promise<Outcome> {
      analyzer.started.push(wallet)
      analyzer.most = Math.max(analyzer.most, ++analyzer.active)
      await systemClock.sleep(PAIR_MS, signal)
      analyzer.active -= 1
      return script[wallet]?.shift() ?? succeeded
    },
  }
  return analyzer
}

const wallets = (n: number) => Array.from({ length: n }, (_, i) => `w${i}`)

function engineOver(queue: MemoryQueue, analyzer: Analyzer, options: Partial<EngineOptions> = {}) {
  const events: EngineEvent[] = []
  const engine = new Engine({
    queue,
    analyzer,
    clock: systemClock,
    random: () => 0.5,
    pace: null,
    pacing: 'classic',
    sizing: 'manual',
    maxBatchSize: 500,
    batchSize: 20,
    pairTimeoutMs: 300_000,
    leaseMs: 30_000,
    retries: { maxAttempts: 3 },
    breaker: { windowMs: 30_000, failureShare: 0.5, minimumCount: 10, refusalsMs: 90_000 },
    ...options,
  })
  engine.subscribe((event) => events.push(event))
  return { engine, events }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('working the queue', () => {
  it('works everything in a batch at once, and no more than the batch size', async () => {
    const queue = new MemoryQueue(wallets(50))
    const analyzer = scripted()
    const { engine } = engineOver(queue, analyzer, { untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(queue.claims.map((claim) => claim.length)).toEqual([20, 20, 10])
    expect(analyzer.most).toBe(20)
    expect(queue.done).toHaveLength(50)
    expect(engine.state).toEqual({ kind: 'idle' })
  })

  it('claims rate-limited pairs next, and waits longer before it does', async () => {
    const refused: Outcome = { kind: 'rate-limited', message: 'Too many requests' }
    const queue = new MemoryQueue(wallets(6))
    const { engine, events } = engineOver(queue, scripted({ w0: [refused], w2: [refused] }), { batchSize: 3 })
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS + 2399)
    expect(queue.claims).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2)
    expect(queue.claims[1]).toEqual(['w0', 'w2', 'w3'])
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'batch-settled', wait: { waitMs: 2400, why: '2 rate-limited pairs' } }),
    )
    engine.stop()
    await engine.whenIdle
  })

  it('tries transient errors again later and sets the pair aside when its attempts are used up', async () => {
    const reset: Outcome = { kind: 'transient', message: 'connection reset' }
    const queue = new MemoryQueue(['lucky', 'unlucky'])
    const analyzer = scripted({ lucky: [reset], unlucky: [reset, reset, reset] })
    const { engine } = engineOver(queue, analyzer, { untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(queue.done).toEqual(['lucky'])
    expect(queue.failed).toEqual([
      expect.objectContaining({ id: 'unlucky', reason: 'attempts-exhausted', message: 'connection reset (3 attempts)' }),
    ])
  })

  it('a bug in the analysis costs the pair an attempt and the others nothing', async () => {
    const queue = new MemoryQueue(['good', 'bad'])
    const analyzer: Analyzer = {
      analyze: async (entry) => {
        if (entry.wallet_address === 'bad') throw new TypeError('x is not a function')
        return succeeded
      },
    }
    const { engine } = engineOver(queue, analyzer, { untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(queue.done).toEqual(['good'])
    expect(queue.failed[0]).toMatchObject({ id: 'bad', message: 'unexpected: x is not a function (3 attempts)' })
  })

  it('keeps looking for new pairs when it is not told to end', async () => {
    const queue = new MemoryQueue([])
    const { engine } = engineOver(queue, scripted())
    engine.start()
    await vi.advanceTimersByTimeAsync(10_000)
    queue.ready.push(...new MemoryQueue(['late']).ready)
    await vi.advanceTimersByTimeAsync(2000)
    expect(queue.done).toEqual(['late'])
    engine.stop()
    await engine.whenIdle
  })
})

describe('the limit of a pair', () => {
  it('aborts a pair that hangs, fails it as timed out, and lets the batch end', async () => {
    const queue = new MemoryQueue(['quick', 'hung'])
    let aborted = false
    const analyzer: Analyzer = {
      analyze: (entry, { signal }) => {
        if (entry.wallet_address === 'quick') return Promise.resolve(succeeded)
        signal.addEventListener('abort', () => (aborted = true))
        return new Promise(() => {}) // does not even listen
      },
    }
    const { engine } = engineOver(queue, analyzer, { untilEmpty: true, pairTimeoutMs: 300_000 })
    engine.start()
    await vi.advanceTimersByTimeAsync(299_999)
    expect(queue.failed).toEqual([])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(aborted).toBe(true)
    expect(queue.done).toEqual(['quick'])
    expect(queue.failed[0]).toMatchObject({ id: 'hung', reason: 'timeout' })
    expect(queue.failed[0]?.message).toContain('pair_timeout_seconds')
  })

  it('keeps the lease of a slow pair by heartbeat until its limit', async () => {
    const queue = new MemoryQueue(['slow'])
    const analyzer: Analyzer = {
      analyze: async (_entry, { signal }) => {
        await systemClock.sleep(120_000, signal)
        return succeeded
      },
    }
    const { engine } = engineOver(queue, analyzer, { untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(130_000)
    expect(queue.claims).toEqual([['slow']])
    expect(queue.done).toEqual(['slow'])
  })
})

describe('leases', () => {
  it('drops a pair whose lease was taken over, and its late result changes nothing', async () => {
    const queue = new MemoryQueue(['kept', 'taken'])
    const analyzer: Analyzer = {
      analyze: async (_entry, { signal }) => {
        await systemClock.sleep(15_000, signal)
        return succeeded
      },
    }
    const { engine, events } = engineOver(queue, analyzer)
    engine.start()
    await vi.advanceTimersByTimeAsync(1000)
    queue.inFlight.delete('taken')
    await vi.advanceTimersByTimeAsync(15_000)
    expect(events).toContainEqual({ type: 'leases-lost', pairs: 1 })
    expect(queue.done).toEqual(['kept'])
    expect(events).toContainEqual(
      expect.objectContaining({ tally: { done: 1, failed: 0, toFront: 0, delayed: 0, late: 1 } }),
    )
    engine.stop()
    await engine.whenIdle
  })

  it('takes back what a dead engine held, and waits for it before it calls the queue empty', async () => {
    const queue = new MemoryQueue(['orphan', 'other'])
    await queue.claim(1)
    const { engine, events } = engineOver(queue, scripted(), { untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(queue.done).toEqual(['other'])
    expect(engine.state.kind).toBe('running')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(queue.done).toEqual(['other', 'orphan'])
    expect(events).toContainEqual({ type: 'recovered', recovered: 1, failed: 0 })
    expect(engine.state.kind).toBe('idle')
  })

  it.each(['classic', 'adaptive'] as const)('%s pacing takes back what another engine died over, while it has nothing else to do', async (pacing) => {
    const queue = new MemoryQueue(['a', 'b'])
    await queue.claim(1)
    const { engine, events } = engineOver(queue, scripted(), { pacing })
    engine.start()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(queue.done).toEqual(['b'])
    await vi.advanceTimersByTimeAsync(25_000)
    expect(queue.done).toEqual(['b', 'a'])
    expect(events).toContainEqual({ type: 'recovered', recovered: 1, failed: 0 })
  })
})

describe('commands', () => {
  it('a pause finishes what is in flight and starts nothing new; resume goes on', async () => {
    const queue = new MemoryQueue(wallets(60))
    const { engine } = engineOver(queue, scripted())
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS / 2)
    engine.pause('asked for')
    expect(engine.state).toMatchObject({ kind: 'pausing', by: 'operator' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(engine.state).toEqual({ kind: 'paused', reason: 'asked for', by: 'operator' })
    expect(queue.done).toHaveLength(20)
    expect(queue.inFlight.size).toBe(0)
    engine.resume()
    await vi.advanceTimersByTimeAsync(PAIR_MS + 300)
    expect(queue.done).toHaveLength(40)
    engine.stop()
    await engine.whenIdle
  })

  it('a pause and resume do not cut the wait short', async () => {
    const refused: Outcome = { kind: 'rate-limited', message: 'no' }
    const queue = new MemoryQueue(wallets(2))
    const { engine } = engineOver(queue, scripted({ w0: [refused] }))
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS + 100)
    engine.pause('asked for')
    engine.resume()
    await vi.advanceTimersByTimeAsync(2000)
    expect(queue.claims).toHaveLength(1)
    engine.stop()
    await engine.whenIdle
  })

  it('a new batch size is that of the next batch; the one in flight is left alone', async () => {
    const queue = new MemoryQueue(wallets(100))
    const { engine, events } = engineOver(queue, scripted())
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS / 2)
    engine.setBatchSize(35)
    expect(engine.batchSize).toMatchObject({ asked: 35, inForce: 20 })
    await vi.advanceTimersByTimeAsync(PAIR_MS + 300)
    expect(queue.claims.map((claim) => claim.length)).toEqual([20, 35])
    expect(engine.batchSize).toMatchObject({ asked: 35, inForce: 35 })
    expect(events).toContainEqual({ type: 'batch-size-in-force', from: 20, to: 35, by: 'operator', why: 'asked for by the operator' })
    engine.stop()
    await engine.whenIdle
  })

  it('drain finishes what is in flight, then is idle', async () => {
    const queue = new MemoryQueue(wallets(60))
    const { engine } = engineOver(queue, scripted())
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS / 2)
    engine.drain()
    expect(engine.state.kind).toBe('draining')
    await vi.advanceTimersByTimeAsync(PAIR_MS)
    expect(engine.state.kind).toBe('idle')
    expect(queue.done).toHaveLength(20)
    expect(queue.ready).toHaveLength(40)
  })

  it('stop gives what is in flight back to the front, in order and at once', async () => {
    const queue = new MemoryQueue(wallets(60))
    const { engine } = engineOver(queue, scripted())
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS / 2)
    engine.stop()
    await vi.advanceTimersByTimeAsync(0)
    expect(engine.state.kind).toBe('idle')
    expect(queue.done).toEqual([])
    expect(queue.inFlight.size).toBe(0)
    expect(queue.ready.map(({ id }) => id)).toEqual(wallets(60))
    expect(queue.ready.every(({ attempts, refusals }) => attempts + refusals === 0)).toBe(true)
  })

  it.each(['pause', 'drain', 'stop'] as const)('a %s that comes while a claim is on its way starts nothing', async (command) => {
    const queue = new MemoryQueue(wallets(40))
    const analyzer = scripted()
    const { engine } = engineOver(queue, analyzer)
    const claim = queue.claim.bind(queue)
    queue.claim = async (count) => {
      await systemClock.sleep(1000)
      return claim(count)
    }
    engine.start()
    await vi.advanceTimersByTimeAsync(500)
    if (command === 'pause') engine.pause('asked for')
    else engine[command]()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(analyzer.started).toEqual([])
    expect(queue.ready.map(({ id }) => id)).toEqual(wallets(40))
    expect(queue.inFlight.size).toBe(0)
    engine.stop()
    await engine.whenIdle
  })

  it('a stop does not wait for ever for a queue that does not answer', async () => {
    const queue = new MemoryQueue(wallets(20))
    const { engine } = engineOver(queue, scripted())
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS / 2)
    queue.settle = () => new Promise(() => {})
    queue.heartbeat = () => new Promise(() => {})
    engine.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(engine.state.kind).toBe('idle')
  })

  it('a stop does not cut short what is started soon after it', async () => {
    const queue = new MemoryQueue(wallets(20))
    const { engine } = engineOver(queue, scripted())
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS / 2)
    engine.stop()
    await vi.advanceTimersByTimeAsync(100)
    const settle = queue.settle.bind(queue)
    queue.settle = async (...args) => {
      await systemClock.sleep(8000)
      return settle(...args)
    }
    engine.start()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(queue.done).toHaveLength(20)
    engine.stop()
    await engine.whenIdle
  })

  it('a start that comes while a drain is ending is not lost', async () => {
    const queue = new MemoryQueue(wallets(40))
    const { engine } = engineOver(queue, scripted())
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS / 2)
    engine.drain()
    const again = engine.subscribe((event) => {
      if (event.type === 'batch-settled') queueMicrotask(() => engine.start())
      if (event.type === 'batch-settled') again()
    })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(queue.done).toHaveLength(40)
    engine.stop()
    await engine.whenIdle
  })
})

describe('when nothing is left to work with', () => {
  it('pauses with the reason, leaves the pairs untouched at the front, and goes on when resumed', async () => {
    const spent: Outcome = { kind: 'allowance-spent', message: 'account 1: allowance spent until 18:00', blocked: true }
    const queue = new MemoryQueue(['a', 'b', 'c'])
    const { engine } = engineOver(queue, scripted({ a: [spent], b: [spent] }), { batchSize: 2, untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(engine.state).toEqual({ kind: 'paused', reason: spent.message, by: 'allowance' })
    expect(queue.ready.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    engine.resume()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(queue.done).toEqual(['a', 'b', 'c'])
  })
})

describe('a queue that refuses commands', () => {
  it('is tried again until it takes the results, which is told: nothing that was worked is dropped', async () => {
    const queue = new MemoryQueue(['a'])
    const { engine, events } = engineOver(queue, scripted(), { untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS / 2)
    queue.broken = new Error('OOM command not allowed when used memory > maxmemory')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(events).toContainEqual({ type: 'stumbled', message: expect.stringContaining('OOM') })
    expect(queue.done).toEqual([])
    expect(events).not.toContainEqual({ type: 'steadied' })
    queue.broken = null
    await vi.advanceTimersByTimeAsync(20_000)
    expect(queue.done).toEqual(['a'])
    expect(events.filter(({ type }) => type === 'steadied')).toHaveLength(1)
  })

  it('does not keep a stop waiting', async () => {
    const queue = new MemoryQueue(['a'])
    const { engine } = engineOver(queue, scripted())
    engine.start()
    await vi.advanceTimersByTimeAsync(PAIR_MS / 2)
    queue.broken = new Error('READONLY')
    await vi.advanceTimersByTimeAsync(5000)
    engine.stop()
    await vi.advanceTimersByTimeAsync(5000)
    expect(engine.state.kind).toBe('idle')
  })
})
