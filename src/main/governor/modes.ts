import type { Limit } from './limit'
import type { Observation } from './observations'
import type { Train } from './pace'

/** An answer as the learner sees it: with the plan that it was sent under. */
export interface Answer extends Observation {
  readonly stamp: number
  readonly inTrain: boolean
  /** What a refusal told to wait, ms; null where it told nothing. */
  readonly retryAfterMs: number | null
  /** How many requests its limit has, where the answer tells that without its window. */
  readonly limitRequests: number | null
}

/** What is known of a quota: kept in Redis, shared, and where a learner begins. */
export interface Knowledge {
  /** Requests per second that the API accepts in the long run; null while nothing is known. */
  readonly quotaPerSecond: number | null
  /** ± share of the quota that the measurement leaves open. */
  readonly uncertainty: number
  /** A window so long that it runs out after a while of plenty. */
  readonly longLimit: Limit | null
  readonly source: 'configured' | 'headers' | 'learned'
}

export const NOTHING_KNOWN: Knowledge = { quotaPerSecond: null, uncertainty: 1, longLimit: null, source: 'learned' }

/** A few requests closer together than the others, to see what comes of them. */
export interface Trial {
  readonly requests: number
  readonly intervalMs: number
  readonly sinceMs: number
  readonly sentMs: number[]
  refused: number
}

/** What the learner is about. */
export type Mode =
  | { readonly kind: 'searching'; readonly rate: number; readonly sinceMs: number; passed: number }
  | { readonly kind: 'measuring'; readonly phase: 'coarse' | 'fine'; readonly rate: number; readonly sinceMs: number }
  | { readonly kind: 'testing'; readonly low: number; readonly high: number; readonly delivered: number; readonly trial: Trial }
  | { readonly kind: 'bisecting'; readonly low: number; readonly high: number; readonly trial: Trial; readonly isRepeat: boolean; baseRefusals: number }
  | { readonly kind: 'cruising' }
  | { readonly kind: 'probing'; readonly sinceMs: number; readonly reach: Reach; readonly trial: Trial }
  | { readonly kind: 'stretching'; readonly untilMs: number }
  | { readonly kind: 'doubting'; readonly limit: Limit; readonly rate: number; readonly sinceMs: number }
  | { readonly kind: 'ascending'; readonly low: number; readonly high: number; readonly rate: number; readonly untilMs: number }
  | { readonly kind: 'held'; readonly fromMs: number; readonly waitMs: number; readonly pollMs: number; readonly lastRefusedMs: number }

/** Requests beyond the even spacing: of this train, of the largest before it, of all of the probe. */
export interface Reach {
  readonly excess: number
  readonly passed: number
  readonly total: number
  /** More was accepted before this train than the quota explains, if only a little. */
  readonly isBeyond: boolean
}

export type In<Kind extends Mode['kind']> = Extract<Mode, { kind: Kind }>

/** What a mode has decided that comes next; null where all stays as it is. */
export type Next =
  | { readonly to: 'searching'; readonly rate: number }
  | { readonly to: 'measuring'; readonly phase: 'coarse' | 'fine'; readonly rate: number; readonly sinceMs: number }
  | { readonly to: 'testing'; readonly low: number; readonly high: number; readonly delivered: number }
  | { readonly to: 'bisecting'; readonly low: number; readonly high: number; readonly target: number; readonly isRepeat: boolean }
  | { readonly to: 'settled'; readonly quota: number; readonly uncertainty: number }
  | { readonly to: 'cruising'; readonly why: string; readonly heldUntilMs?: number }
  | { readonly to: 'probing'; readonly sinceMs: number; readonly reach: Reach }
  | { readonly to: 'stretching'; readonly limit: Limit }
  | { readonly to: 'doubting'; readonly limit: Limit }
  | { readonly to: 'ascending'; readonly low: number; readonly high: number; readonly rate: number }
  | { readonly to: 'held'; readonly fromMs: number; readonly waitMs: number; readonly lastRefusedMs: number }
  | { readonly to: 'silenced'; readonly fromMs: number; readonly sentMs: number; readonly silentMs: number; readonly untilMs: number }

export type Going<To extends Next['to']> = Extract<Next, { to: To }>

/** How a mode begins: itself, and the plan that goes with it. */
export interface Beginning {
  readonly mode: Mode
  readonly rate: number
  /** In words, for people. */
  readonly why: string
  readonly train?: Train
  readonly heldUntilMs?: number
}

export function trialOf(requests: number, intervalMs: number, sinceMs: number): Trial {
  return { requests, intervalMs, sinceMs, sentMs: [], refused: 0 }
}

export function count(trial: Trial, answer: Answer): void {
  trial.sentMs.push(answer.sentMs)
  if (!answer.accepted) trial.refused += 1
}

/** An API that tells to wait is not asked for the rest. */
export function isOver(trial: Trial, answer: Answer): boolean {
  return trial.sentMs.length >= trial.requests || (trial.refused > 0 && silenceMs(answer) > 0)
}

/**
 * How long a refusal silences the account, ms. One second is the least that the header can say, and is said of any moment:
 * the refused request itself is not sent again sooner, but others may be.
 */
export function silenceMs({ retryAfterMs }: Answer): number {
  return retryAfterMs === null || retryAfterMs <= 1000 ? 0 : retryAfterMs
}

export function perSecond(rate: number): string {
  return `${rate < 10 ? rate.toFixed(2) : rate.toFixed(1)}/s`
}

/** Its permits may have died with an engine. */
export function isUnanswered(trial: Trial, nowMs: number, settledAfterMs: number): boolean {
  return nowMs - trial.sinceMs > 5000 + 3 * settledAfterMs + 2 * trial.requests * trial.intervalMs
}
