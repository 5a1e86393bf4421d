/** Leave to send one request at a moment. */
export interface Permit {
  /** By the engine's monotonic clock. */
  readonly atMs: number
  readonly stamp: number
  readonly inTrain: boolean
}

/** Limits of one group of endpoints, beside those of the account. */
export interface Group {
  readonly name: string
  readonly intervalMs: number
}
