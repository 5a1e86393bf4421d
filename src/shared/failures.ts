import { z } from 'zod'

/** Why a pair was given up. */
export const FAILURE_REASONS = ['permanent', 'timeout', 'attempts-exhausted', 'crashed'] as const
export type FailureKind = (typeof FAILURE_REASONS)[number]

/**
 * Poison fails in the same way every time: the API refuses that very pair, or engines die of it. Bad luck is what passes: errors
 * of the network and the API, or too little time.
 */
export const FAILURE_NATURES = ['poison', 'bad-luck'] as const
export type FailureNature = (typeof FAILURE_NATURES)[number]

export function natureOf(reason: FailureKind): FailureNature {
  return reason === 'permanent' || reason === 'crashed' ? 'poison' : 'bad-luck'
}

const atLeast = z.number().int().min(1).max(1_000_000)

/** Which failures; what is left out lets everything through. */
export const failureFilterSchema = z.strictObject({
  /** A part of the wallet, the token, the symbol or the message, in any case. */
  text: z.string().max(200).optional(),
  reason: z.enum(FAILURE_REASONS).optional(),
  nature: z.enum(FAILURE_NATURES).optional(),
  /** A whole address. */
  wallet: z.string().min(1).max(200).optional(),
  token: z.string().min(1).max(200).optional(),
  /** Pairs that have been through at least so many of them. */
  minAttempts: atLeast.optional(),
  minRefusals: atLeast.optional(),
  minRecoveries: atLeast.optional(),
  /** The words of one group. */
  group: z.string().max(1000).optional(),
})
export type FailureFilter = z.infer<typeof failureFilterSchema>

export const MAX_FAILURE_ROWS = 200

/** Some pairs by their ids, or all of a selection, on screen or not. */
export const failureChoiceSchema = z.union([
  z.strictObject({ ids: z.array(z.string().min(1).max(400)).min(1).max(5000) }),
  z.strictObject({ selection: z.number().int().positive() }),
])
export type FailureChoice = z.infer<typeof failureChoiceSchema>

export const failureRowsSchema = z.strictObject({
  selection: z.number().int().positive(),
  from: z.number().int().nonnegative(),
  count: z.number().int().min(1).max(MAX_FAILURE_ROWS),
})

/** A failed pair as the window shows it. */
export interface FailureRow {
  readonly id: string
  readonly wallet: string
  readonly token: string
  readonly symbol: string | null
  readonly reason: FailureKind
  readonly message: string
  /** Tries that ended in an error, refusals, and crashes of an engine that held it: each counted by itself. */
  readonly attempts: number
  readonly refusals: number
  readonly recoveries: number
  /** Unix ms. */
  readonly failedAtMs: number
}

/** Failures that say the same, but for ids, addresses and numbers. */
export interface FailureGroup {
  readonly words: string
  readonly reason: FailureKind
  readonly count: number
  readonly firstAtMs: number
  readonly lastAtMs: number
  readonly example: string
}

export interface FailureSelection {
  readonly selection: number
  readonly total: number
  readonly matching: number
  /** Of what the rest of the filter lets through, whichever nature and group are chosen. */
  readonly byNature: Readonly<Record<FailureNature, number>>
  /** Of all that the rest of the filter lets through, whatever group is chosen; the largest first, bounded. */
  readonly groups: readonly FailureGroup[]
  readonly groupCount: number
}

const STRIPPED: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '…'],
  [/\b0x[0-9a-f]{6,}\b/gi, '…'],
  // Base58 addresses and signatures: long, and with a digit or a capital, which words do not have in that length.
  [/\b(?=[1-9A-HJ-NP-Za-km-z]*[1-9A-Z])[1-9A-HJ-NP-Za-km-z]{24,}\b/g, '…'],
  [/\b(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}\b/gi, '…'],
  // The status that a message begins with is what it says, not how much.
  [/(?<!\d)(?!^[1-5]\d\d\s)\d+(?:[.,:]\d+)*/g, '#'],
  [/\s+/g, ' '],
]

/** A message without what differs from pair to pair: ids, addresses and numbers. Of one text it is always the same. */
export function normalisedReason(message: string): string {
  return STRIPPED.reduce((text, [pattern, by]) => text.replace(pattern, by), message).trim().slice(0, 1000)
}
