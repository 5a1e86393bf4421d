/**
 * What the engine needs from the world, and nothing of how it is done: a queue that lends pairs for a limited time, an
 * analyzer that turns a pair into an outcome, a clock and a source of chance. Redis, HTTP and the operating system's
 * clock fill these in the composition root; tests fill them with a real Redis, or with virtual time.
 */
import type { PairEntry } from '../../shared/pair'
import type { PairResult } from '../../shared/result'
import type { BatchRecord, Ledger } from '../../shared/frames'

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
  audit(): Promise<Ledger>
}

/** What came of one pair. The table is in the design: "Outcomes". */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly result: PairResult }
  | { readonly kind: 'rate-limited'; readonly message: string }
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
   * or with the signal's reason when it is aborted.
   */
  analyze(entry: PairEntry, signal: AbortSignal): Promise<Outcome>
}

export interface Clock {
  /** Monotonic milliseconds; only differences mean anything. */
  nowMs(): number
  /** Unix time in milliseconds, for what people read. */
  wallMs(): number
  /** Resolves after `ms`, or as soon as `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Uniform in [0, 1). */
export type Random = () => number
