import { z } from 'zod'
import { MAX_PRIORITY } from './pair'

/** Where pairs that have no outcome yet are. */
export const WAITING_PLACES = ['ready', 'delayed', 'inFlight'] as const
export type WaitingPlace = (typeof WAITING_PLACES)[number]

export const MAX_WAITING_ROWS = 200
/** Pairs that a search brings, those that come up first; it counts all of them. */
export const MAX_FOUND_ROWS = 500

const addressPart = z.string().max(100)

/** Pairs of a wallet or a token, named in whole. Without either it is every pair. */
const ownersSchema = z.strictObject({ wallet: addressPart.optional(), token: addressPart.optional() })

export const waitingRowsSchema = z.strictObject({
  place: z.enum(WAITING_PLACES),
  from: z.number().int().nonnegative(),
  count: z.number().int().min(1).max(MAX_WAITING_ROWS),
})
export type WaitingRowsRequest = z.infer<typeof waitingRowsSchema>

/** Pairs with this in the address of their wallet or their token. */
const partSchema = z.strictObject({ part: addressPart.min(1) })

export const waitingSearchSchema = z.strictObject({ place: z.enum(WAITING_PLACES), part: addressPart.min(1) })
export type WaitingSearch = z.infer<typeof waitingSearchSchema>

/** Which waiting pairs are to have another priority: some by their ids, or all of a wallet, of a token, or of a search. */
export const priorityChoiceSchema = z.strictObject({
  priority: z.number().int().min(0).max(MAX_PRIORITY),
  pairs: z.union([z.strictObject({ ids: z.array(z.string().min(1).max(400)).min(1).max(5000) }), partSchema, ownersSchema]),
})
export type PriorityChoice = z.infer<typeof priorityChoiceSchema>

/** A pair that waits or is being worked. */
export interface WaitingRow {
  readonly id: string
  /** From 1, in the order in which the pairs come up. */
  readonly position: number
  readonly wallet: string
  readonly token: string
  readonly symbol: string | null
  readonly priority: number
  readonly attempts: number
  readonly refusals: number
  readonly recoveries: number
  /** Ready: when it came, null where that is not known. Delayed: when it is due. In flight: when its lease ends. Unix ms. */
  readonly atMs: number | null
  /** In flight: the number of its batch; null elsewhere. */
  readonly batch: number | null
  /** Ready, and sent back to the front: before every priority. */
  readonly isAtFront: boolean
}

export interface WaitingFound {
  readonly matching: number
  /** In the order in which they come up, the first of them. */
  readonly rows: readonly WaitingRow[]
}
