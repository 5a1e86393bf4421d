/** What the window and main tell each other of the connections. Secrets go one way: from the fields of the window to main. */

import type { PlanName } from './plans'

/** Largest settings file that is read. */
export const MAX_SETTINGS_BYTES = 256 * 1024

export type RedisDraft =
  /** One that Sluice runs itself. */
  | { readonly kind: 'private' }
  | {
      readonly kind: 'own'
      /** HOST, HOST:PORT, HOST:PORT/DATABASE, the path of a socket, or a whole URL, whose parts win over the other fields. */
      readonly address: string
      readonly tls: boolean
      readonly user: string
      /** Null: the one that is kept. Empty: none. */
      readonly password: string | null
    }

export interface AccountDraft {
  /** Null for one that is not kept yet. */
  readonly id: string | null
  readonly name: string
  /** Null: those that are kept. */
  readonly key: string | null
  /** Null: the quota is learned. */
  readonly plan: PlanName | null
}

export interface ConnectionsDraft {
  readonly redis: RedisDraft
  /** Empty: the provider's own. */
  readonly apiBaseUrl: string
  readonly accounts: readonly AccountDraft[]
}

/** A key to be tried: one that stands in a field, or those of a kept account. */
export interface KeyTrial {
  readonly id: string | null
  readonly key: string | null
  readonly apiBaseUrl: string
}

export interface KeptAccount {
  readonly id: string
  readonly name: string
  /** Each with all but its end hidden. Empty when they were kept for another session only. */
  readonly keys: readonly string[]
  readonly plan: PlanName | null
}

/** How the connections stand, without a secret. */
export interface ConnectionsReport {
  readonly redis:
    | { readonly kind: 'private' }
    | { readonly kind: 'own'; readonly address: string; readonly tls: boolean; readonly user: string; readonly hasPassword: boolean }
  readonly apiBaseUrl: string
  readonly accounts: readonly KeptAccount[]
  /** Where secrets are kept: in the system's keychain, or, without one, in memory until Sluice ends. */
  readonly keeping: 'keychain' | 'session'
  /** Why what is kept is not worked with, in words; null when it is. */
  readonly problem: string | null
  /** What decides in place of this window, for example "SLUICE_REDIS_URL"; null where the window does. */
  readonly decidedBy: { readonly redis: string | null; readonly api: string | null }
}

/** How a test, or an attempt to save, ended: in words for a person. */
export interface Verdict {
  readonly ok: boolean
  readonly words: string
}
