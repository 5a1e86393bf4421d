/** How the work on a pair ended in one batch. */
export type PairOutcome =
  | 'succeeded'
  | 'rate-limited'
  | 'transient'
  | 'timed-out'
  | 'permanent'
  | 'allowance-spent'
  | 'configuration'
  | 'released'

/** A pair of a batch, and what came of it there; it may have been worked again since. */
export interface BatchPair {
  readonly id: string
  readonly wallet: string
  readonly token: string
  readonly symbol: string | null
  readonly outcome: PairOutcome
  /** Why, where it is not done; else null. */
  readonly message: string | null
  readonly tookMs: number
  readonly requests: number
}
