/**
 * What the engine needs from the world, and nothing of how it is done: a queue that lends pairs for a limited time, an
 * analyzer that turns a pair into an outcome, a clock and a source of chance. Redis, HTTP and the operating system's
 * clock fill these in the composition root; tests fill them with a real Redis, or with virtual time.
 */
import type { PairEntry } from '../../shared/pair'
import type { PairResult } from '../../shared/result'
import type { BatchRecord, EpochRecord, Ledger } from '../../shared/frames'

/** A pair on loan. It comes back through `settle`, or by itself when its lease ends. */
export interface ClaimedPair {
  readonly id: string
  readonly entry: PairEntry
  /** Fencing token of the claim; also the number of the batch that the pair was claimed in. */
  readonly token: number
  /** Tries that ended in a transient error so far. Refusals and crashes are counted apart. */
  readonly attempts: number
  readonly refusals: number
  readonly recoveries: number
}

export interface Claim {
  /** Fencing token and batch number; 0 when nothing was waiting. */
  readonly token: number
  readonly pairs: readonly ClaimedPair[]
  /** Milliseconds until the next delayed pair is due, null when none is delayed. */
  readonly nextDueMs: number | null
}

/** What happens to a pair when its batch is settled. */
export type Disposition =
  | { readonly to: 'done'; readonly result: PairResult }
  /** Next to be claimed. `refused` counts a refusal; `untouched` counts nothing (stopped, or not the pair's fault). */
  | { readonly to: 'front'; readonly because: 'refused' | 'untouched' }
  | { readonly to: 'delayed'; readonly delayMs: number; readonly message: string }
  | { readonly to: 'failed'; readonly reason: FailureReason; readonly message: string }

export type FailureReason = 'permanent' | 'timeout' | 'attempts-exhausted' | 'crashed'

export interface Settlement {
  readonly id: string
  readonly token: number
  readonly disposition: Disposition
  /** Number of the epoch that it was worked in, which the result is kept with; left out where there was none. */
  readonly epoch?: number
}

export interface SettleReceipt {
  /** Pairs whose lease had ended and been taken over: their settlement was refused and changed nothing. */
  readonly late: readonly string[]
}

export type HeldPair = Pick<ClaimedPair, 'id' | 'token'>

export interface WorkQueue {
  /** Moves what is in the inbox into the queue, oldest first, up to a bound. `left` is what still waits in the inbox. */
  adopt(): Promise<{ adopted: number; duplicates: number; rejected: number; left: number }>
  /** Lends up to `count` pairs, front first. */
  claim(count: number): Promise<Claim>
  /** Ends the loan of these pairs in one step, and records the batches that end with it. Safe to repeat. */
  settle(settlements: readonly Settlement[], batches?: readonly BatchRecord[]): Promise<SettleReceipt>
  /** Prolongs the leases of these pairs; answers the ids that are no longer ours. */
  heartbeat(held: readonly HeldPair[]): Promise<{ lost: readonly string[] }>
  /** Takes back the pairs whose leases have ended: to the front, or to failed after too many crashes. */
  recover(): Promise<{ recovered: number; failed: number }>
  /** The number of the next epoch: no two engines get the same. */
  nextEpoch(): Promise<number>
  /** Keeps what an epoch came to. */
  saveEpoch(epoch: EpochRecord): Promise<void>
  audit(): Promise<Ledger>
}

/** What came of one pair. The table is in the design: "Outcomes". */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly result: PairResult }
  /** `retryAfterMs`: so long nothing will be let through, where that is known. */
  | { readonly kind: 'rate-limited'; readonly message: string; readonly retryAfterMs?: number }
  | { readonly kind: 'transient'; readonly message: string }
  | { readonly kind: 'timed-out'; readonly message: string }
  | { readonly kind: 'permanent'; readonly message: string }
  /** `blocked` is set when no account is left to work with: then the engine pauses and says so. */
  | { readonly kind: 'allowance-spent'; readonly message: string; readonly blocked: boolean }
  | { readonly kind: 'configuration'; readonly message: string; readonly blocked: boolean }
  /** The pair was given back before it was decided: stop-now, or its lease was lost. */
  | { readonly kind: 'released'; readonly message: string }

export interface Analyzer {
  /**
   * Works one pair. Answers an outcome for everything the API or the network can do; rejects only on a programming error,
   * or with the signal's reason when it is aborted. What it cost is counted into `attempt`.
   */
  analyze(entry: PairEntry, attempt: Attempt): Promise<Outcome>
}

/** One try of a pair, as its analyzer sees it. */
export interface Attempt extends Effort {
  /** Aborted when the pair is given up. */
  readonly signal: AbortSignal
}

/** What one pair cost: the analyzer counts into it. */
export interface Effort {
  requests: number
  refused: number
  /** Time spent waiting for leave to send, ms. */
  waitedMs: number
}

/** What the governor lets through, as the engine needs it to size its window. */
export interface PaceReport {
  /** Requests per second permitted to this engine over all accounts; null while nothing is known. */
  readonly permittedPerSecond: number | null
  /** Milliseconds until any request may be sent; 0 while permits flow. */
  readonly heldForMs: number
  /** For how long everything has been refused beyond what the known windows explain, ms; 0 otherwise. */
  readonly unexplainedRefusalMs: number
  /** In words: "Retry-After 12 s", "probing 15.0 → 15.4/s". */
  readonly why: string
}

export interface Pace {
  report(): PaceReport
  /** Calls the listener when Redis refuses to lay out permits, and with null when it does again; answers the function that ends it. */
  onRefusal?(listener: (error: unknown) => void): () => void
}

/** What the analyzer asks before each request. */
export interface Permits {
  /**
   * Resolves at the moment at which one request may be sent, for one of these accounts (they count from 1); with a
   * refusal when that moment does not come within `patienceMs`. Rejects only with the signal's reason.
   */
  acquire(endpoint: string, accounts: ReadonlySet<number>, patienceMs: number, signal: AbortSignal): Promise<Leave | NoLeave>
}

/** Leave to send one request now. */
export interface Leave {
  readonly account: number
  /** To be called once the request was answered; not when no answer came. */
  report(answer: Answered): void
}

export interface NoLeave {
  readonly account: null
  /** So long nothing will be let through, as far as can be told. */
  readonly retryAfterMs: number
  readonly why: string
}

/** What of an answer concerns the quota. Times are the clock's monotonic ms. */
export interface Answered {
  readonly sentMs: number
  readonly answeredMs: number
  /** By a rate limit. */
  readonly refused: boolean
  /** Null where the answer has no such header. */
  header(name: string): string | null
}

export interface Clock {
  /** Monotonic milliseconds; only differences mean anything. */
  nowMs(): number
  /** Unix time in milliseconds, for what people read. */
  wallMs(): number
  /** Runs `task` once, after `ms`; what it answers calls that off. Costs far less than a sleep with a signal of its own. */
  after(ms: number, task: () => void): () => void
  /** Resolves after `ms`, or as soon as `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Uniform in [0, 1). */
export type Random = () => number
