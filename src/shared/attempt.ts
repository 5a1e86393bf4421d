import type { PairEntry } from './pair'

/** What became of a pair so far that is not done: the columns of its CSV, from which the README's table is made. */
export const ATTEMPT_COLUMNS = [
  { name: 'wallet_address', unit: '', about: 'the wallet' },
  { name: 'chain', unit: '', about: 'the chain, for example solana' },
  { name: 'token_address', unit: '', about: 'the token' },
  { name: 'token_symbol', unit: '', about: "the token's symbol, as queued" },
  { name: 'place', unit: '', about: 'ready, delayed, in flight or failed, as it was seen' },
  { name: 'priority', unit: '0–9', about: 'the priority in force' },
  { name: 'attempts', unit: 'tries', about: 'tries that ended in a network or server error, a time limit, or the failure' },
  { name: 'refusals', unit: 'tries', about: 'tries that the API refused for its quota; they count for nothing' },
  { name: 'recoveries', unit: 'crashes', about: 'times that it was taken back from an engine that had died' },
  { name: 'last_error', unit: '', about: 'what its last try that ended in an error met with; empty where it met none' },
  { name: 'reason', unit: '', about: 'of a failed pair: permanent, timeout, attempts-exhausted or crashed' },
  { name: 'queued_at', unit: 'ISO 8601 UTC', about: 'when it came into the queue' },
  { name: 'due_at', unit: 'ISO 8601 UTC', about: 'of a delayed pair: when it is tried again' },
  { name: 'lease_ends_at', unit: 'ISO 8601 UTC', about: 'of a pair in flight: until when its engine has it' },
  { name: 'failed_at', unit: 'ISO 8601 UTC', about: 'of a failed pair: when it was given up' },
  { name: 'batch', unit: '', about: 'of a pair in flight: the number of its batch' },
  { name: 'epoch', unit: '', about: 'number of the span of constant settings in which its last error was met' },
] as const

/** A pair that is not done, and what it has been through. Times in Unix ms, null where they are of another place. */
export interface Attempt {
  readonly entry: PairEntry
  readonly place: 'ready' | 'delayed' | 'in flight' | 'failed'
  readonly attempts: number
  readonly refusals: number
  readonly recoveries: number
  /** Of its last try that ended in one; null where there was none, or none is kept of it. */
  readonly lastError: string | null
  readonly reason: string | null
  readonly queuedAtMs: number | null
  readonly dueAtMs: number | null
  readonly leaseEndsAtMs: number | null
  readonly failedAtMs: number | null
  readonly batch: number | null
  /** Of the last error. */
  readonly epoch: number | null
}
