import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Engine, type EngineOptions } from '../../../../src/main/engine/engine'
import type { EngineEvent } from '../../../../src/main/engine/events'
import type { Analyzer, Attempt, Outcome, PaceReport } from '../../../../src/main/engine/ports'
import { systemClock } from '../../../../src/main/system-clock'
import type { PairEntry } from '../../../../src/shared/pair'
import type { PairResult } from '../../../../src/shared/result'
import { MemoryQueue } from '../../../support/memory-queue'

const succeeded: Outcome = { kind: 'succeeded', result: {} as PairResult } // its columns do not matter to the engine
const wallets = (n: number) => Array.from({ length: n }, (_, i) => `w${i}`)

/** Takes `tookMs` of the wallet for it and answers with what the script says, once each, then with success. */
function analyzer(tookMs: (wallet: string) => number, script: Record<string, Outcome[]> = {}) {
  const seen = { active: 0, most: 0, started: [] as string[] }
  const analyze = async ({ wallet_address: wallet }: PairEntry, attempt: Attempt) => {
    seen.started.push(wallet)
    seen.most = Math.max(seen.most, ++seen.active)
    attempt.requests += 1
    await systemClock.sleep(tookMs(wallet), attempt.signal)
    seen.active -= 1
    return script[wallet]?.shift() ?? succeeded
  }
  return { seen, analyze } satisfies Analyzer & { seen: unknown }
}

function engineOver(queue: MemoryQueue, over: Analyzer, options: Partial<EngineOptions> = {}) {
  const events: EngineEvent[] = []
  const engine = new Engine({
    queue,
    analyzer: over,
    clock: systemClock,
    random: () => 0.5,
    pace: null,
    pacing: 'adaptive',
    sizing: 'manual',
    maxBatchSize: 500,
    batchSize: 8,
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

describe('the rolling window', () => {
  it.each([3, 9])('keeps to another size at once and tells of it, long before a pair has finished: %i', async (size) => {
    const queue = new MemoryQueue(wallets(100))
    const { analyze } = analyzer(() => 10_000)
    const { engine, events } = engineOver(queue, { analyze })
    engine.start()
    await vi.advanceTimersByTimeAsync(1000)
    engine.setBatchSize(size)
    await vi.advanceTimersByTimeAsync(2)
    expect(events.filter(({ type }) => type === 'batch-size-in-force')).toMatchObject([{ from: 8, to: size, by: 'operator' }])
    expect(engine.batchSize.inForce).toBe(size)
    engine.stop()
    await engine.whenIdle
  })

  it('leaves another size for later while it is paused', async () => {
    const { analyze } = analyzer(() => 10)
    const { engine, events } = engineOver(new MemoryQueue(wallets(100)), { analyze })
    engine.start()
    await vi.advanceTimersByTimeAsync(5)
    engine.pause('')
    await vi.advanceTimersByTimeAsync(1000)
    engine.setBatchSize(3)
    await vi.advanceTimersByTimeAsync(1000)
    expect(engine.batchSize).toMatchObject({ asked: 3, inForce: 8 })
    engine.resume()
    await vi.advanceTimersByTimeAsync(1)
    expect(events.filter(({ type }) => type === 'batch-size-in-force')).toHaveLength(1)
    engine.stop()
    await engine.whenIdle
  })

  it('lets a slow pair hold nobody', async () => {
    const queue = new MemoryQueue(wallets(100))
    const { seen, analyze } = analyzer((wallet) => (wallet === 'w0' ? 60_000 : 500))
    const { engine } = engineOver(queue, { analyze })
    engine.start()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(queue.done).toHaveLength(99)
    expect(queue.done).not.toContain('w0')
    expect(seen.most).toBe(8)
    engine.stop()
    await engine.whenIdle
    expect(queue.ready.map(({ id }) => id)).toEqual(['w0'])
  })

  it('holds an analyzer that takes no signal to the time limit as well, and drops what it answers later', async () => {
    const queue = new MemoryQueue(wallets(2))
    const analyze = async ({ wallet_address: wallet }: PairEntry) => {
      await systemClock.sleep(wallet === 'w0' ? 20_000 : 10)
      return succeeded
    }
    const { engine, events } = engineOver(queue, { analyze }, { pairTimeoutMs: 10_000 })
    engine.start()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(queue.done).toEqual(['w1'])
    expect(queue.failed).toMatchObject([{ id: 'w0', reason: 'timeout' }])
    expect(events.filter(({ type }) => type === 'pair-finished')).toHaveLength(2)
    engine.stop()
    await engine.whenIdle
  })

  it('looks into an empty inbox at most every 20 ms while the line is full, and before it calls the line empty', async () => {
    const queue = new MemoryQueue(wallets(400))
    const looks: number[] = []
    queue.adopt = async () => {
      looks.push(Date.now())
      return { adopted: 0, duplicates: 0, rejected: 0, left: 0 }
    }
    const { analyze } = analyzer(() => 1)
    const { engine } = engineOver(queue, { analyze }, { batchSize: 4, untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(5000)
    expect(queue.done).toHaveLength(400)
    const gaps = looks.slice(1).map((atMs, i) => atMs - (looks[i] ?? 0))
    expect(queue.claims.length).toBeGreaterThan(4 * looks.length)
    expect(gaps.slice(0, -2).every((gap) => gap >= 20)).toBe(true)
    expect(engine.state.kind).toBe('idle')
  })

  it('keeps as many at work as the batch size says, by claims that serve several slots', async () => {
    const queue = new MemoryQueue(wallets(400))
    const { seen, analyze } = analyzer((wallet) => 400 + (Number(wallet.slice(1)) % 7) * 50)
    const { engine } = engineOver(queue, { analyze }, { batchSize: 20, untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(queue.done).toHaveLength(400)
    expect(seen.most).toBe(20)
    expect(queue.claims.length).toBeLessThan(120)
    expect(engine.state.kind).toBe('idle')
  })

  it('tells of a batch once its last pair is settled, and the batches add up to the pairs', async () => {
    const queue = new MemoryQueue(wallets(50))
    const { analyze } = analyzer((wallet) => 100 + Number(wallet.slice(1)) * 13)
    const { engine, events } = engineOver(queue, { analyze }, { untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(30_000)
    const settled = events.flatMap((event) => (event.type === 'batch-settled' ? [event] : []))
    expect(settled.reduce((sum, { batch }) => sum + batch.size, 0)).toBe(50)
    expect(settled.every(({ batch, tally }) => tally.done === batch.size)).toBe(true)
    expect(queue.batches.map(({ number }) => number).sort((a, b) => a - b)).toEqual(queue.claims.map((_, i) => i + 1))
  })

  it('puts a rate-limited pair to the front, and works it next', async () => {
    const refused: Outcome = { kind: 'rate-limited', message: 'Too many requests' }
    const queue = new MemoryQueue(wallets(30))
    const { seen, analyze } = analyzer(() => 500, { w2: [refused] })
    const { engine } = engineOver(queue, { analyze }, { batchSize: 4, untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(queue.done).toHaveLength(30)
    expect(seen.started.indexOf('w2', 5)).toBeLessThan(10)
  })

  it('keeps the lease of a slow pair while the others of its batch are settled', async () => {
    const queue = new MemoryQueue(wallets(4))
    const { analyze } = analyzer((wallet) => (wallet === 'w0' ? 100_000 : 10))
    const { engine, events } = engineOver(queue, { analyze }, { untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(130_000)
    expect(queue.done).toHaveLength(4)
    expect(events.some(({ type }) => type === 'leases-lost')).toBe(false)
  })
})

describe('commands', () => {
  it('a pause finishes what is in flight and starts nothing new; resume goes on', async () => {
    const queue = new MemoryQueue(wallets(60))
    const { seen, analyze } = analyzer(() => 1000)
    const { engine } = engineOver(queue, { analyze }, { untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(2500)
    engine.pause('asked for')
    expect(engine.state.kind).toBe('pausing')
    await vi.advanceTimersByTimeAsync(1500)
    expect(engine.state).toEqual({ kind: 'paused', reason: 'asked for', by: 'operator' })
    const started = seen.started.length
    expect(queue.inFlight.size).toBe(0)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(seen.started).toHaveLength(started)
    engine.resume()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(queue.done).toHaveLength(60)
  })

  it('a stop gives what is in flight back at once, also when it comes with a hold', async () => {
    const queue = new MemoryQueue(wallets(20))
    const { analyze } = analyzer(() => 60_000)
    const { engine } = engineOver(queue, { analyze })
    engine.start()
    await vi.advanceTimersByTimeAsync(1000)
    expect(queue.inFlight.size).toBe(8)
    engine.stop()
    await vi.advanceTimersByTimeAsync(200)
    expect(engine.state.kind).toBe('idle')
    expect(queue.ready).toHaveLength(20)
  })

  it('another batch size bounds what is at work, in both directions', async () => {
    const queue = new MemoryQueue(wallets(500))
    const { seen, analyze } = analyzer(() => 500)
    const { engine } = engineOver(queue, { analyze })
    engine.start()
    await vi.advanceTimersByTimeAsync(2000)
    engine.setBatchSize(30)
    await vi.advanceTimersByTimeAsync(2000)
    expect(seen.most).toBe(30)
    expect(engine.batchSize.inForce).toBe(30)
    engine.setBatchSize(3)
    await vi.advanceTimersByTimeAsync(2000)
    expect(seen.active).toBeLessThanOrEqual(3)
    engine.stop()
    await engine.whenIdle
  })

  it('pacing changes while it works: what is in flight is finished, nothing is lost', async () => {
    const queue = new MemoryQueue(wallets(200))
    const { analyze } = analyzer(() => 300)
    const { engine } = engineOver(queue, { analyze }, { untilEmpty: true })
    engine.start()
    for (const pacing of ['classic', 'adaptive', 'classic', 'adaptive'] as const) {
      await vi.advanceTimersByTimeAsync(1000)
      engine.setPacing(pacing)
    }
    expect(engine.pacing.kind).toBe('adaptive')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(queue.done).toHaveLength(200)
    expect(new Set(queue.done).size).toBe(200)
  })

  it('a listener that throws stops neither the work nor the other listeners', async () => {
    const queue = new MemoryQueue(wallets(20))
    const { analyze } = analyzer(() => 100)
    const { engine, events } = engineOver(queue, { analyze }, { untilEmpty: true })
    const thrown: unknown[] = []
    const note = (error: unknown) => void thrown.push(error)
    process.prependOnceListener('uncaughtException', note)
    vi.stubGlobal('queueMicrotask', (task: () => void) => {
      try {
        task()
      } catch (error) {
        note(error)
      }
    })
    engine.subscribe(() => {
      throw new Error('a listener of no use')
    })
    engine.start()
    await vi.advanceTimersByTimeAsync(5000)
    process.off('uncaughtException', note)
    vi.unstubAllGlobals()
    expect(queue.done).toHaveLength(20)
    expect(engine.state.kind).toBe('idle')
    expect(events.at(-1)).toMatchObject({ type: 'state-changed', state: { kind: 'idle' } })
    expect(thrown.length).toBeGreaterThan(0)
  })
})

describe('what it is told by the governor and the breaker', () => {
  const free: PaceReport = { permittedPerSecond: 10, heldForMs: 0, unexplainedRefusalMs: 0, why: 'cruising' }

  it('claims nothing while nothing is let through for long, says why, and goes on after it', async () => {
    let report: PaceReport = { ...free, heldForMs: 30_000, why: 'Retry-After 30 s' }
    const queue = new MemoryQueue(wallets(10))
    const { analyze } = analyzer(() => 100)
    const { engine, events } = engineOver(queue, { analyze }, { pace: { report: () => report }, untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(5000)
    expect(queue.claims).toHaveLength(0)
    expect(events).toContainEqual({ type: 'held', forMs: 30_000, why: 'Retry-After 30 s' })
    report = free
    await vi.advanceTimersByTimeAsync(5000)
    expect(queue.done).toHaveLength(10)
  })

  it('follows Little’s law where sizing is auto, and stays where the operator sets it', async () => {
    const queue = new MemoryQueue(wallets(2000))
    const { analyze } = analyzer(() => 1000)
    const { engine } = engineOver(queue, { analyze }, { pace: { report: () => free }, sizing: 'auto' })
    engine.start()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(engine.batchSize).toMatchObject({ inForce: 17, sizing: 'auto', advised: { size: 17 } })
    engine.setBatchSize(5)
    await vi.advanceTimersByTimeAsync(5000)
    expect(engine.batchSize).toMatchObject({ asked: 5, inForce: 5, sizing: 'manual', advised: { size: 17 } })
    engine.stop()
    await engine.whenIdle
  })

  it('while everything fails it claims nothing, spends no attempts, tries one at a time, and loses nothing', async () => {
    const broken: Outcome = { kind: 'transient', message: 'HTTP 503' }
    let isOut = true
    const queue = new MemoryQueue(wallets(100))
    const { seen, analyze } = analyzer(() => 200)
    const failing: Analyzer = {
      analyze: async (entry, attempt) => {
        const outcome = await analyze(entry, attempt)
        return isOut ? broken : outcome
      },
    }
    const { engine, events } = engineOver(queue, failing, { batchSize: 20, untilEmpty: true })
    engine.start()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(engine.breaker.kind).toBe('open')
    expect(seen.started.length).toBeLessThan(30)
    isOut = false
    await vi.advanceTimersByTimeAsync(120_000)
    expect(queue.done).toHaveLength(100)
    expect(queue.failed).toEqual([])
    const kinds = events.flatMap((event) => (event.type === 'breaker-changed' ? [event.breaker.kind] : []))
    expect(kinds.slice(-3)).toEqual(['half-open', 'closing', 'closed'])
  })
})

describe('the search for the best batch size', () => {
  it('steps the size up while it works, settles, and tells what it found', async () => {
    const queue = new MemoryQueue(wallets(20_000))
    const { analyze } = analyzer(() => 1000)
    const { engine, events } = engineOver(queue, { analyze }, { batchSize: 8, maxBatchSize: 10 })
    engine.start()
    engine.sweep()
    await vi.advanceTimersByTimeAsync(400_000)
    expect(engine.sweepReport).toMatchObject({ state: 'finished', size: 10 })
    expect(engine.batchSize.inForce).toBe(10)
    expect(events.filter(({ type }) => type === 'sweep-changed').length).toBeGreaterThan(4)
    engine.stop()
    await engine.whenIdle
  })

  it('goes back to the size before when it is cancelled or the work pauses, but not over a size that was asked for', async () => {
    const queue = new MemoryQueue(wallets(20_000))
    const { analyze } = analyzer(() => 1000)
    const { engine } = engineOver(queue, { analyze }, { batchSize: 40 })
    engine.start()
    await vi.advanceTimersByTimeAsync(2000)
    engine.sweep()
    await vi.advanceTimersByTimeAsync(5000)
    expect(engine.batchSize.asked).toBe(10)
    engine.cancelSweep()
    await vi.advanceTimersByTimeAsync(500)
    expect(engine.batchSize.asked).toBe(40)
    engine.sweep()
    await vi.advanceTimersByTimeAsync(1000)
    engine.setBatchSize(33)
    await vi.advanceTimersByTimeAsync(1000)
    expect(engine.sweepReport?.state).toBe('cancelled')
    expect(engine.batchSize.asked).toBe(33)
    engine.stop()
    await engine.whenIdle
  })
})
