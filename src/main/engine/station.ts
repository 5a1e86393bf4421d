import type { EpochRecord, PausedBy } from '../../shared/frames'
import { Announcer } from './announcer'
import { Batch, type Worked } from './batch'
import { dispositionOf, type RetryRules } from './disposition'
import type { BreakerRules } from './breaker'
import { BreakerWatch } from './breaker-watch'
import { Epochs, type EpochSettings } from './epochs'
import type { EngineEvent, EngineState } from './events'
import { InboxWatch } from './inbox-watch'
import { LeaseKeeper } from './lease-keeper'
import { Patience } from './patience'
import type { Analyzer, Claim, Clock, Pace, Random, Settlement, WorkQueue } from './ports'

export interface StationOptions {
  readonly queue: WorkQueue
  readonly analyzer: Analyzer
  readonly clock: Clock
  readonly random: Random
  /** Who paces requests; null where nobody does. */
  readonly pace: Pace | null
  /** How long a pair that is claimed now may take. */
  pairTimeoutMs(): number
  readonly leaseMs: number
  readonly retries: RetryRules
  readonly breaker: BreakerRules
  /** What the next claim is made with. */
  settings(): EpochSettings
  /** End by itself when nothing is left to do, in flight elsewhere included. */
  readonly untilEmpty?: boolean
}

/** How often an empty queue is looked at. */
export const IDLE_POLL_MS = 500
/** Leases outlive the pairs' limit by this much, for the settling. */
const SETTLE_GRACE_MS = 15_000

/**
 * What every way of working stands on.
 * 1. Holds the state and tells of it; whoever sleeps here wakes when it changes.
 * 2. Asks the queue patiently: again after a refusal, and not for ever once a stop was asked for.
 * 3. Starts batches with their leases kept.
 */
export class Station {
  #state: EngineState = { kind: 'idle' }
  /** Null until somebody takes its signal: a wake that wakes nobody costs nothing. */
  #changed: AbortController | null = null
  readonly #announcer = new Announcer()
  readonly #patience: Patience
  readonly #leases: LeaseKeeper
  readonly #inbox: InboxWatch
  readonly breaker: BreakerWatch
  readonly #epochs: Epochs
  /** Of the newest batch; null before the first. */
  pairTimeoutInForceMs: number | null = null

  constructor(readonly options: StationOptions) {
    const { queue, clock, pace } = options
    const emit = (event: EngineEvent) => this.emit(event)
    this.#patience = new Patience({
      clock,
      isStopping: () => this.#state.kind === 'stopping',
      sleep: (ms) => this.sleep(ms),
      emit,
    })
    this.#leases = new LeaseKeeper(queue, clock)
    this.#inbox = new InboxWatch({ queue, clock, emit })
    this.breaker = new BreakerWatch({ rules: options.breaker, clock, pace, emit })
    this.#epochs = new Epochs(options.settings)
  }

  get state(): EngineState {
    return this.#state
  }

  become(state: EngineState): void {
    if (this.#state.kind === 'idle') this.#patience.renew()
    if (state.kind === 'stopping') this.#patience.limit()
    this.#state = state
    this.#epochs.setWorking(state.kind !== 'paused' && state.kind !== 'idle', this.options.clock.nowMs())
    this.emit({ type: 'state-changed', state })
    this.wake()
  }

  pause(reason: string, by: PausedBy, isHolding: boolean): void {
    if (this.#state.kind === 'running') this.become({ kind: isHolding ? 'pausing' : 'paused', reason, by })
  }

  /** With no key or account left to work with, going on would only collect the same refusals. */
  pauseIfBlocked(worked: readonly Worked[], isHolding: boolean): void {
    for (const { outcome } of worked) {
      if (outcome.kind === 'configuration' && outcome.blocked) return this.pause(outcome.message, 'configuration', isHolding)
      if (outcome.kind === 'allowance-spent' && outcome.blocked) return this.pause(outcome.message, 'allowance', isHolding)
    }
  }

  resetBreaker(): void {
    this.breaker.reset()
    this.wake()
  }

  subscribe(listener: (event: EngineEvent) => void): () => void {
    return this.#announcer.subscribe(listener)
  }

  emit(event: EngineEvent): void {
    this.#announcer.emit(event)
  }

  /** Aborted by the next command or `wake`. Taken before a decision to sleep, it loses none that comes in between. */
  get changed(): AbortSignal {
    this.#changed ??= new AbortController()
    return this.#changed.signal
  }

  /** Sleeps, but wakes for any command. */
  sleep(ms: number, changed = this.changed): Promise<void> {
    return this.options.clock.sleep(Math.min(ms, 2 ** 31 - 1), changed)
  }

  wake(): void {
    // A reason of its own, as the one by default comes with a stack.
    this.#changed?.abort('changed')
    this.#changed = null
  }

  /** Adopts what is in the inbox and lends up to `count` pairs; null when the engine was told to stop meanwhile. */
  async claim(count: number): Promise<{ readonly claim: Claim; readonly left: number } | null> {
    return this.patiently(async () => {
      const left = await this.#inbox.adoptIfDue()
      await this.#beginEpochIfDue()
      const claim = await this.options.queue.claim(count)
      if (claim.pairs.length < count) this.#inbox.lookAgain()
      return { claim, left }
    })
  }

  /** A pause, drain or stop came while the claim was on its way: nothing of it starts. */
  async giveBack({ pairs }: Claim): Promise<void> {
    const disposition = { to: 'front', because: 'untouched' } as const
    await this.patiently(() => this.options.queue.settle(pairs.map(({ id, token }) => ({ id, token, disposition }))))
  }

  /** A batch about to work, its leases kept until `release` is called. */
  open(claim: Claim, unsettled: () => Claim['pairs'], onWorked: (worked: Worked) => void) {
    const { analyzer, clock } = this.options
    const pairTimeoutMs = this.options.pairTimeoutMs()
    this.pairTimeoutInForceMs = pairTimeoutMs
    const batch = new Batch(claim, {
      analyzer,
      clock,
      pairTimeoutMs,
      epoch: this.#epochs.number,
      batchSize: this.options.settings().batchSize,
      onWorked: (worked) => {
        this.#epochs.observe(worked)
        this.breaker.record(worked.outcome)
        this.emit({ type: 'pair-finished', outcome: worked.outcome.kind, tookMs: worked.tookMs, effort: worked.effort })
        onWorked(worked)
      },
    })
    const release = this.#leases.keep({
      pairs: unsettled,
      untilMs: clock.nowMs() + pairTimeoutMs + SETTLE_GRACE_MS,
      onLost: (ids) => {
        // Pairs that have an outcome are being settled, which finds out by itself.
        const pairs = batch.release('its lease was lost', ids)
        if (pairs > 0) this.emit({ type: 'leases-lost', pairs })
      },
    })
    this.emit({ type: 'batch-started', number: claim.token, size: claim.pairs.length })
    return { batch, release }
  }

  settlementOf({ pair, outcome, epoch }: Worked): Settlement {
    const { retries, random } = this.options
    if (this.breaker.sparesAttempt(outcome)) {
      return { id: pair.id, token: pair.token, disposition: { to: 'front', because: 'untouched' } }
    }
    return { id: pair.id, token: pair.token, epoch, disposition: dispositionOf(pair, outcome, retries, random) }
  }

  /** The present epoch as it stands, null between runs. */
  get epoch(): EpochRecord | null {
    return this.#epochs.current(this.options.clock.nowMs())
  }

  /** Ends the present epoch, and keeps what it came to where the queue can. */
  async endEpoch(): Promise<void> {
    const { clock, queue } = this.options
    const ended = this.#epochs.end(clock.nowMs(), clock.wallMs())
    if (ended === null || ended.finished === 0) return
    this.emit({ type: 'epoch-ended', epoch: ended })
    await this.#patience.once(() => queue.saveEpoch(ended))
  }

  async #beginEpochIfDue(): Promise<void> {
    if (!this.#epochs.isOver) return
    await this.endEpoch()
    const { clock, queue } = this.options
    this.#epochs.begin(await queue.nextEpoch(), clock.nowMs(), clock.wallMs())
    const begun = this.epoch
    if (begun) this.emit({ type: 'epoch-began', epoch: begun })
  }

  /** Whether nothing is left to do anywhere, for an engine that ends by itself then. */
  async isFinished(claim: Claim): Promise<boolean> {
    if (!this.options.untilEmpty) return false
    await this.patiently(() => this.recover())
    if (claim.nextDueMs !== null) return false
    const ledger = await this.patiently(() => this.options.queue.audit())
    return ledger !== null && ledger.ready + ledger.delayed + ledger.inFlight + ledger.inbox === 0
  }

  async recover(): Promise<void> {
    const taken = await this.options.queue.recover()
    if (taken.recovered + taken.failed > 0) this.emit({ type: 'recovered', ...taken })
  }

  /** Leases and recovery, beside the work, until the engine ends. Pairs that wait for permits would notice a refusal last. */
  async upkeep(ended: AbortSignal): Promise<void> {
    const { pace } = this.options
    const unsubscribe = pace?.onRefusal?.((error) => this.#patience.hear(pace, error))
    ended.addEventListener('abort', () => (unsubscribe?.(), this.#patience.hear(pace, null)), { once: true })
    for (;;) {
      await this.options.clock.sleep(this.options.leaseMs / 3, ended)
      if (ended.aborted) return
      await this.#patience.once(async () => {
        await this.#leases.beat()
        await this.recover()
      })
    }
  }

  /** Tries until the queue does it. Answers null only when the engine was told to stop meanwhile. */
  patiently<T>(task: () => Promise<T>): Promise<T | null> {
    return this.#patience.patiently(task)
  }

  /** The task's result, or null when a stop has waited long enough for it. */
  orGivenUp<T>(task: Promise<T>): Promise<T | null> {
    return this.#patience.orGivenUp(task)
  }
}
