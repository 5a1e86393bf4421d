import type { BatchRecord, PausedBy } from '../../shared/frames'
import { Batch, type Worked } from './batch'
import { dispositionOf, type RetryRules } from './disposition'
import type { EngineEvent, EngineState } from './events'
import { LeaseKeeper } from './lease-keeper'
import { classicWait, FIRST_WAIT, type Wait } from './pacing'
import type { Analyzer, Claim, Clock, Random, Settlement, WorkQueue } from './ports'
import { recordOf, tallyOf } from './tally'

export interface EngineOptions {
  readonly queue: WorkQueue
  readonly analyzer: Analyzer
  readonly clock: Clock
  readonly random: Random
  readonly batchSize: number
  readonly pairTimeoutMs: number
  readonly leaseMs: number
  readonly retries: RetryRules
  /** End by itself when nothing is left to do, in flight elsewhere included. */
  readonly untilEmpty?: boolean
}

/** How often an empty queue is looked at. */
const IDLE_POLL_MS = 500
/** How long the engine rests after the queue refused a command (not after a lost connection: that waits by itself). */
const STUMBLE_REST_MS = 2000
/** How long a stop waits for a queue that does not answer. The leases give the pairs back then. */
const STOP_LIMIT_MS = 5000
/** Leases outlive the pairs' limit by this much, for the settling. */
const SETTLE_GRACE_MS = 15_000

/**
 * 1. Claims a batch, works all of its pairs at once, settles them in one step, waits as the pacing says, and again.
 * 2. Does what it is told in between: pause, resume, drain, stop, another batch size.
 * 3. Keeps the leases of what it holds, and takes back what engines that died have held.
 * 4. Announces all of it as events.
 */
export class Engine {
  #state: EngineState = { kind: 'idle' }
  #batch: Batch | null = null
  #askedBatchSize: number
  #inForceBatchSize: number
  #wait: Wait = FIRST_WAIT
  #notBeforeMs = 0
  #running: Promise<void> = Promise.resolve()
  #changed = new AbortController()
  /** Aborted when a stop has waited long enough for a queue that does not answer. */
  #giveUpWaiting = new AbortController()
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  readonly #leases: LeaseKeeper

  constructor(private readonly options: EngineOptions) {
    this.#askedBatchSize = options.batchSize
    this.#inForceBatchSize = options.batchSize
    this.#leases = new LeaseKeeper(options.queue, options.clock)
  }

  async #workTheQueue(): Promise<void> {
    while (await this.#mayStartABatch()) {
      const { claim, left } = await this.#claimABatch()
      if (claim.pairs.length > 0 && this.#state.kind !== 'running') await this.#giveBack(claim)
      else if (claim.pairs.length > 0) await this.#workABatch(claim)
      else if (left === 0 && (await this.#isFinished(claim))) this.drain()
      else if (left === 0) await this.#sleep(Math.min(IDLE_POLL_MS, claim.nextDueMs ?? IDLE_POLL_MS))
    }
  }

  get state(): EngineState {
    return this.#state
  }

  /** Pairs in this engine's hands. */
  get inFlight(): number {
    return this.#batch?.size ?? 0
  }

  get wait(): Wait {
    return this.#wait
  }

  get batchSize(): { readonly asked: number; readonly inForce: number } {
    return { asked: this.#askedBatchSize, inForce: this.#inForceBatchSize }
  }

  /** Resolves when the engine is idle again. */
  get whenIdle(): Promise<void> {
    return this.#running
  }

  /** Starts working, or goes on after a pause or a drain that has not ended. */
  start(): void {
    const wasIdle = this.#state.kind === 'idle'
    if (this.#state.kind === 'stopping' || this.#state.kind === 'running') return
    if (wasIdle) this.#giveUpWaiting = new AbortController()
    this.#become({ kind: 'running' })
    if (wasIdle) this.#running = this.#live()
  }

  /** Nothing new starts; what is in flight is finished. Without effect unless the engine is running. */
  pause(reason: string): void {
    this.#pause(reason, 'operator')
  }

  /** Ends a pause. */
  resume(): void {
    if (this.#state.kind === 'paused' || this.#state.kind === 'pausing') this.#become({ kind: 'running' })
  }

  /** Finishes what is in flight, then is idle. */
  drain(): void {
    if (this.#state.kind !== 'idle' && this.#state.kind !== 'stopping') this.#become({ kind: 'draining' })
  }

  /** Gives what is in flight back to the front of the queue, then is idle. */
  stop(): void {
    if (this.#state.kind === 'idle') return
    if (this.#state.kind === 'stopping') return
    this.#become({ kind: 'stopping' })
    this.#batch?.release('stopped by the operator')
    const giveUpWaiting = this.#giveUpWaiting
    void this.options.clock.sleep(STOP_LIMIT_MS).then(() => giveUpWaiting.abort())
  }

  /** The next batch has this size; the one in flight is left as it is. */
  setBatchSize(size: number): void {
    const from = this.#askedBatchSize
    if (size === from) return
    this.#askedBatchSize = size
    this.#emit({ type: 'batch-size-asked', from, to: size })
  }

  /** Calls the listener for each event; answers the function that ends it. */
  subscribe(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #live(): Promise<void> {
    do {
      const ended = new AbortController()
      const upkeep = this.#upkeep(ended.signal)
      await this.#patiently(() => this.#recover())
      await this.#workTheQueue()
      ended.abort()
      await this.#orGivenUp(upkeep)
      // Started again while it was ending: go on rather than lose the command.
    } while (this.#state.kind === 'running')
    this.#become({ kind: 'idle' })
  }

  /** Resolves true when the next batch may start, false when the engine is to end. */
  async #mayStartABatch(): Promise<boolean> {
    for (;;) {
      switch (this.#state.kind) {
        case 'idle':
        case 'draining':
        case 'stopping':
          return false
        case 'pausing':
          this.#become({ kind: 'paused', reason: this.#state.reason, by: this.#state.by })
          break
        case 'paused':
          await this.#sleep(Number.MAX_SAFE_INTEGER)
          break
        case 'running': {
          const restMs = this.#notBeforeMs - this.options.clock.nowMs()
          if (restMs <= 0) return true
          await this.#sleep(restMs)
        }
      }
    }
  }

  async #claimABatch(): Promise<{ claim: Claim; left: number }> {
    const size = this.#askedBatchSize
    const claimed = await this.#patiently(async () => {
      const { left, ...inbox } = await this.options.queue.adopt()
      if (inbox.adopted + inbox.duplicates + inbox.rejected > 0) this.#emit({ type: 'adopted', ...inbox })
      return { claim: await this.options.queue.claim(size), left }
    })
    if (claimed === null) return { claim: { token: 0, pairs: [], nextDueMs: null }, left: 1 }
    if (claimed.claim.pairs.length > 0 && size !== this.#inForceBatchSize) {
      const from = this.#inForceBatchSize
      this.#inForceBatchSize = size
      this.#emit({ type: 'batch-size-in-force', from, to: size })
    }
    return claimed
  }

  /** A pause, drain or stop came while the claim was on its way: nothing of it starts. */
  async #giveBack({ pairs }: Claim): Promise<void> {
    const disposition = { to: 'front', because: 'untouched' } as const
    await this.#patiently(() => this.options.queue.settle(pairs.map(({ id, token }) => ({ id, token, disposition }))))
  }

  async #workABatch(claim: Claim): Promise<void> {
    const { analyzer, clock, pairTimeoutMs } = this.options
    const startedMs = clock.nowMs()
    const batch = new Batch(claim, {
      analyzer,
      clock,
      pairTimeoutMs,
      onPairFinished: (outcome, tookMs) => this.#emit({ type: 'pair-finished', outcome, tookMs }),
    })
    this.#batch = batch
    const release = this.#leases.keep({
      pairs: claim.pairs,
      untilMs: startedMs + pairTimeoutMs + SETTLE_GRACE_MS,
      onLost: (ids) => {
        // Pairs that have an outcome are being settled, which finds out by itself.
        const pairs = batch.release('its lease was lost', ids)
        if (pairs > 0) this.#emit({ type: 'leases-lost', pairs })
      },
    })
    this.#emit({ type: 'batch-started', number: claim.token, size: claim.pairs.length })
    const worked = await batch.run()
    await this.#settle(claim, worked, batch.startedAtMs, clock.nowMs() - startedMs)
    release()
    this.#batch = null
    this.#pauseIfBlocked(worked)
  }

  async #settle(claim: Claim, worked: readonly Worked[], startedAtMs: number, tookMs: number): Promise<void> {
    const { queue, retries, random, clock } = this.options
    const wait = classicWait(this.#wait, worked.filter(({ outcome }) => outcome.kind === 'rate-limited').length)
    const settlements = worked.map(
      ({ pair, outcome }): Settlement => ({
        id: pair.id,
        token: pair.token,
        disposition: dispositionOf(pair, outcome, retries, random),
      }),
    )
    const record: BatchRecord = recordOf({ number: claim.token, worked, startedAtMs, tookMs, wait })
    const receipt = await this.#patiently(() => queue.settle(settlements, [record]))
    // Given up while stopping: the leases end by themselves, and the pairs come back to the front.
    if (receipt === null) return
    this.#wait = wait
    this.#notBeforeMs = clock.nowMs() + wait.waitMs
    this.#emit({ type: 'batch-settled', batch: record, tally: tallyOf(settlements, receipt), wait })
  }

  /** With no key or account left to work with, going on would only collect the same refusals. */
  #pauseIfBlocked(worked: readonly Worked[]): void {
    for (const { outcome } of worked) {
      if (outcome.kind === 'configuration' && outcome.blocked) return this.#pause(outcome.message, 'configuration')
      if (outcome.kind === 'allowance-spent' && outcome.blocked) return this.#pause(outcome.message, 'allowance')
    }
  }

  #pause(reason: string, by: PausedBy): void {
    if (this.#state.kind !== 'running') return
    this.#become(this.#batch === null ? { kind: 'paused', reason, by } : { kind: 'pausing', reason, by })
  }

  async #isFinished(claim: Claim): Promise<boolean> {
    if (!this.options.untilEmpty) return false
    await this.#patiently(() => this.#recover())
    if (claim.nextDueMs !== null) return false
    const ledger = await this.#patiently(() => this.options.queue.audit())
    return ledger !== null && ledger.ready + ledger.delayed + ledger.inFlight + ledger.inbox === 0
  }

  /** Leases and recovery, beside the work, until the engine ends. */
  async #upkeep(ended: AbortSignal): Promise<void> {
    for (;;) {
      await this.options.clock.sleep(this.options.leaseMs / 3, ended)
      if (ended.aborted) return
      try {
        await this.#leases.beat()
        await this.#recover()
      } catch (error) {
        this.#stumble(error)
      }
    }
  }

  async #recover(): Promise<void> {
    const taken = await this.options.queue.recover()
    if (taken.recovered + taken.failed > 0) this.#emit({ type: 'recovered', ...taken })
  }

  /** The task's result, or null when a stop has waited long enough for it. */
  #orGivenUp<T>(task: Promise<T>): Promise<T | null> {
    const { signal } = this.#giveUpWaiting
    return new Promise((resolve, reject) => {
      const giveUp = () => resolve(null)
      if (signal.aborted) giveUp()
      signal.addEventListener('abort', giveUp)
      // The signal outlives many tasks: each takes its listener with it.
      void task.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
    })
  }

  /** Tries until the queue does it. Answers null only when the engine was told to stop meanwhile. */
  async #patiently<T>(task: () => Promise<T>): Promise<T | null> {
    for (;;) {
      try {
        return await this.#orGivenUp(task())
      } catch (error) {
        this.#stumble(error)
        await this.#sleep(STUMBLE_REST_MS)
        if (this.#state.kind === 'stopping') return null
      }
    }
  }

  #stumble(error: unknown): void {
    this.#emit({ type: 'stumbled', message: error instanceof Error ? error.message : String(error) })
  }

  /** Sleeps, but wakes for any command. */
  #sleep(ms: number): Promise<void> {
    return this.options.clock.sleep(Math.min(ms, 2 ** 31 - 1), this.#changed.signal)
  }

  #become(state: EngineState): void {
    this.#state = state
    this.#emit({ type: 'state-changed', state })
    this.#changed.abort()
    this.#changed = new AbortController()
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
