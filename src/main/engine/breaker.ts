import type { BreakerReport } from '../../shared/frames'
import type { Outcome } from './ports'
import { RecentFinishes } from './recent-finishes'

export interface BreakerRules {
  /** Failures are looked at over this time. */
  readonly windowMs: number
  /** Share of the finished pairs, 0–1, from which failures are persistent … */
  readonly failureShare: number
  /** … once so many have finished. */
  readonly minimumCount: number
  /** So long everything may be refused beyond what the known windows explain. */
  readonly refusalsMs: number
}

type State =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly reason: string; readonly untilMs: number }
  /** One pair at a time. */
  | { readonly kind: 'half-open'; readonly reason: string }
  /** Twice as many pairs with each that succeeds. */
  | { readonly kind: 'closing'; readonly reason: string; readonly allowed: number }

const FIRST_OPEN_MS = 5000
const LONGEST_OPEN_MS = 120_000
/** Ten failures in an unbroken run stop the work whatever the share. */
const UNBROKEN_RUN = 10
/** From so many pairs at once on it is closed. */
const CLOSED_FROM = 64
const MOST_KEPT = 5000

/**
 * Stops the work while the API is out of order (Nygard, Release It!, 2007).
 * 1. Closed: watches the share of failures over a sliding window. Refusals by a rate limit are the governor's affair, and
 *    a pair that the API calls wrong shows that the API is well.
 * 2. Open: nothing is claimed, no attempt is spent; longer each time.
 * 3. Half-open: one pair at a time; then step by step more, until it is closed.
 */
export class Breaker {
  #state: State = { kind: 'closed' }
  readonly #finished: RecentFinishes
  #unbroken = 0
  #openings = 0
  #closedAtMs = 0
  #refusalsForgivenUntilMs = 0

  constructor(private readonly rules: BreakerRules) {
    this.#finished = new RecentFinishes(rules.windowMs, MOST_KEPT)
  }

  get kind(): BreakerReport['kind'] {
    return this.#state.kind
  }

  /** How many pairs may be in flight now: 0 while open. */
  allowance(nowMs: number): number {
    this.#halfOpenIfDue(nowMs)
    switch (this.#state.kind) {
      case 'open':
        return 0
      case 'half-open':
        return 1
      case 'closing':
        return this.#state.allowed
      case 'closed':
        return Infinity
    }
  }

  /** Milliseconds until the first pair is tried again; 0 unless it is open. */
  retryInMs(nowMs: number): number {
    return this.#state.kind === 'open' ? Math.max(0, this.#state.untilMs - nowMs) : 0
  }

  report(nowMs: number): BreakerReport {
    const { kind } = this.#state
    return { kind, reason: this.#state.kind === 'closed' ? null : this.#state.reason, retryInMs: Math.round(this.retryInMs(nowMs)) }
  }

  /** A failure that comes in while it is open began before: the pair goes back to the front and its attempt is not counted. */
  sparesAttempt(outcome: Outcome): boolean {
    return this.#state.kind === 'open' && isFailure(outcome)
  }

  record(outcome: Outcome, nowMs: number): void {
    const failed = isFailure(outcome)
    if (!failed && outcome.kind !== 'succeeded' && outcome.kind !== 'permanent') return
    this.#unbroken = failed ? this.#unbroken + 1 : 0
    switch (this.#state.kind) {
      case 'open':
        return
      case 'half-open':
      case 'closing':
        return failed ? this.#open(`tried again and failed: ${outcome.message}`, nowMs) : this.#step(nowMs)
      case 'closed':
        return this.#watch(failed ? outcome.message : null, nowMs)
    }
  }

  /** To be told by the governor now and then: for how long everything has been refused beyond explanation. */
  hearRefusals(unexplainedMs: number, nowMs: number): void {
    if (this.#state.kind === 'open' || nowMs < this.#refusalsForgivenUntilMs || unexplainedMs <= this.rules.refusalsMs) return
    // While it is half-open, the pair that tries has as long as it takes to be refused again.
    this.#refusalsForgivenUntilMs = nowMs + this.rules.refusalsMs
    this.#open(`everything has been refused for ${Math.round(unexplainedMs / 1000)} s, longer than any known window`, nowMs)
  }

  /** By the operator: works on at once. */
  reset(): void {
    this.#openings = 0
    this.#close(0)
  }

  #watch(message: string | null, nowMs: number): void {
    this.#finished.add(nowMs, message !== null)
    if (message === null) return
    const { count, failures } = this.#finished
    const seconds = this.rules.windowMs / 1000
    if (this.#unbroken >= UNBROKEN_RUN) return this.#open(`${this.#unbroken} pairs in a row failed: ${message}`, nowMs)
    if (count >= this.rules.minimumCount && failures >= count * this.rules.failureShare) {
      this.#open(`${failures} of ${count} pairs failed within ${seconds} s: ${message}`, nowMs)
    }
  }

  #open(reason: string, nowMs: number): void {
    // What has been well for a while begins anew.
    if (this.#state.kind === 'closed' && nowMs - this.#closedAtMs > 2 * LONGEST_OPEN_MS) this.#openings = 0
    const openMs = Math.min(LONGEST_OPEN_MS, FIRST_OPEN_MS * 2 ** this.#openings)
    this.#openings += 1
    this.#state = { kind: 'open', reason, untilMs: nowMs + openMs }
  }

  #halfOpenIfDue(nowMs: number): void {
    if (this.#state.kind === 'open' && nowMs >= this.#state.untilMs) {
      this.#state = { kind: 'half-open', reason: this.#state.reason }
    }
  }

  #step(nowMs: number): void {
    if (this.#state.kind !== 'half-open' && this.#state.kind !== 'closing') return
    const allowed = this.#state.kind === 'closing' ? this.#state.allowed * 2 : 2
    if (allowed >= CLOSED_FROM) this.#close(nowMs)
    else this.#state = { kind: 'closing', reason: this.#state.reason, allowed }
  }

  #close(nowMs: number): void {
    this.#state = { kind: 'closed' }
    this.#finished.clear()
    this.#unbroken = 0
    this.#closedAtMs = nowMs
  }
}

function isFailure(outcome: Outcome): outcome is Extract<Outcome, { kind: 'transient' | 'timed-out' }> {
  return outcome.kind === 'transient' || outcome.kind === 'timed-out'
}
