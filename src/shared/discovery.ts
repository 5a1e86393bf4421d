/**
 * Finding pairs: the trending tokens of a chain, and the top traders of each. Free of the validator, so that the window can
 * have the bounds.
 */

/** How many trending tokens may be asked for, and how many top traders of each. */
export const DISCOVERY_BOUNDS = {
  tokens: { min: 1, max: 1000, usual: 20 },
  traders: { min: 1, max: 1000, usual: 50 },
} as const

export interface DiscoveryPlan {
  readonly chain: string
  readonly tokens: number
  /** Of each token. */
  readonly traders: number
}

/** What a plan costs at most, before anything is sent. A chain with fewer tokens, or a token with fewer traders, costs less. */
export interface DiscoveryPreview {
  readonly requests: number
  /** Of the account's monthly allowance. */
  readonly computeUnits: number
  readonly pairs: number
  /** How long the quota makes it take, at least; null where the quota is not known. */
  readonly seconds: number | null
}

/** traders = enqueued + known + repeated + tradersSkipped, whenever a group has been queued. */
export interface DiscoveryCounts {
  /** Sent, those that were refused and sent again included. */
  readonly requests: number
  /** How many will have been sent when nothing needs to be sent again; as the preview has it until the tokens are known. */
  readonly requestsExpected: number
  /** Trending tokens whose traders are asked for. */
  readonly tokens: number
  readonly tokensRead: number
  /** Left out of the list, or not read to the end. */
  readonly tokensSkipped: number
  /** Traders seen, each as often as it was. */
  readonly traders: number
  /** Pairs that are new in the queue. */
  readonly enqueued: number
  /** Pairs that the queue had already. */
  readonly known: number
  /** Pairs that this run had found before. */
  readonly repeated: number
  readonly tradersSkipped: number
}

/** What was left out, and why. */
export interface DiscoverySkip {
  readonly what: 'token' | 'trader'
  readonly name: string
  readonly reason: string
}

/** Skips that a frame carries, the newest; the log has them all. */
export const MAX_TOLD_SKIPS = 5

export type DiscoveryState =
  /** `waiting` says why nothing is sent at the moment, and for how long. */
  | { readonly kind: 'running'; readonly waiting: string | null }
  | { readonly kind: 'finished' }
  | { readonly kind: 'cancelled' }
  /** It could not go on: no key or allowance is left, or the list of tokens or the queue cannot be had. */
  | { readonly kind: 'failed'; readonly message: string }

export interface DiscoveryProgress {
  readonly plan: DiscoveryPlan
  readonly counts: DiscoveryCounts
  readonly skips: readonly DiscoverySkip[]
  readonly state: DiscoveryState
}
