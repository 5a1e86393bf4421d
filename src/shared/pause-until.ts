import { z } from 'zod'

/** No pause is longer than this: a month, in ms. */
export const MAX_PAUSE_MS = 31 * 24 * 60 * 60 * 1000

/** When a pause ends by itself: at a moment (Unix ms), or as soon as the quota lets requests through again. */
export const pauseUntilSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('time'), atMs: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('quota') }),
])
export type PauseUntil = z.infer<typeof pauseUntilSchema>

/** Bounds of a pair's time limit, seconds. */
export const PAIR_LIMIT_SECONDS = { min: 1, max: 3600 }
