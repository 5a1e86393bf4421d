import { z } from 'zod'
import type { Answer, Knowledge } from './modes'
import type { Limit } from './limit'

/** What became of a request, as the engine saw it: times by its monotonic clock. */
export interface Report {
  readonly sentMs: number
  readonly answeredMs: number
  readonly accepted: boolean
  readonly stamp: number
  readonly inTrain: boolean
  readonly retryAfterMs: number | null
  readonly limitRequests: number | null
  readonly limits: readonly Limit[] | null
}

const limit = z.object({ requests: z.number().positive(), windowMs: z.number().positive() })
const answer = z.tuple([
  z.number(),
  z.number(),
  z.boolean(),
  z.number(),
  z.boolean(),
  z.number().nullable(),
  z.number().nullable(),
  z.array(limit).nullable(),
])
const knowledge = z.object({
  quotaPerSecond: z.number().positive().nullable(),
  uncertainty: z.number(),
  longLimit: limit.nullable(),
  source: z.enum(['configured', 'headers', 'learned']),
})

/** An answer as it goes through Redis: a JSON array, with times by the server's clock. */
export function encodeAnswer(report: Report, toServerMs: (monotonicMs: number) => number): string {
  const { sentMs, answeredMs, accepted, stamp, inTrain, retryAfterMs, limitRequests, limits } = report
  const times = [toServerMs(sentMs), toServerMs(answeredMs)]
  return JSON.stringify([...times, accepted, stamp, inTrain, retryAfterMs, limitRequests, limits])
}

/** Null for what no engine of this version has written. */
export function decodeAnswer(text: string): { readonly answer: Answer; readonly limits: readonly Limit[] | null } | null {
  const parsed = answer.safeParse(json(text))
  if (!parsed.success) return null
  const [sentMs, answeredMs, accepted, stamp, inTrain, retryAfterMs, limitRequests, limits] = parsed.data
  return { answer: { sentMs, answeredMs, accepted, stamp, inTrain, retryAfterMs, limitRequests }, limits }
}

export function readKnowledge(text: string): Knowledge | null {
  const parsed = knowledge.safeParse(json(text))
  return parsed.success ? parsed.data : null
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
