import { AFTERMATH_MS, FIRST_RATE, type Facts } from './facts'
import type { Limit } from './limit'
import { limitOf } from './long-window'
import { type Answer, type Beginning, type Going, type In, type Next, perSecond } from './modes'

/** Windows between two looks whether a long limit has risen: at least so many, and so many that they cost little. */
const EVERY_WINDOWS = 3
const COST_SHARE = 0.005
/** So much more than its requests is sent within a window: few refusals where it has not risen. */
const EXCESS_SHARE = 0.005
const LEAST_EXCESS = 3

/**
 * A long window cannot be probed by a train: it would run out only at its end. It is stretched instead, by going a little
 * faster than it allows for two windows, so that one of them is in between as a whole wherever it begins.
 */
export function stretchWhenDue(facts: Facts, nowMs: number): Next | null {
  const { longLimit } = facts
  if (longLimit === null || facts.source === 'headers' || stretchedRate(longLimit) >= facts.ceiling) return null
  const everyWindows = Math.max(EVERY_WINDOWS, excessOf(longLimit) / (COST_SHARE * longLimit.requests))
  return nowMs - facts.stretchedMs >= everyWindows * longLimit.windowMs ? { to: 'stretching', limit: longLimit } : null
}

export function beginStretch({ limit }: Going<'stretching'>, nowMs: number): Beginning {
  const rate = stretchedRate(limit)
  const untilMs = nowMs + 2 * limit.windowMs
  return {
    mode: { kind: 'stretching', untilMs },
    rate,
    why: `probing whether more than ${limit.requests} in ${limit.windowMs / 1000} s are accepted, at ${perSecond(rate)}`,
  }
}

/** The limit is as it was: the rest of the window refuses a few, and that is no news. */
export function hearWhileStretching(facts: Facts, answer: Answer, nowMs: number): Next | null {
  if (answer.accepted || answer.sentMs < facts.graceUntilMs) return null
  facts.stretchedMs = nowMs
  const restMs = 2 * EXCESS_SHARE * (facts.longLimit?.windowMs ?? 0)
  facts.graceUntilMs = nowMs + AFTERMATH_MS + restMs
  facts.holdGraceUntilMs = facts.graceUntilMs
  return { to: 'cruising', why: 'the long window is as it was' }
}

export function endStretchWhenOver(facts: Facts, { untilMs }: In<'stretching'>, nowMs: number): Next | null {
  if (nowMs < untilMs + facts.settlingMs || facts.longLimit === null) return null
  facts.outgrown = { windowMs: facts.longLimit.windowMs, sinceMs: nowMs }
  facts.longLimit = null
  facts.settledMs = nowMs
  facts.caution.reset(nowMs, facts.quota ?? 0)
  if (facts.quota === null) return { to: 'searching', rate: FIRST_RATE * 2 }
  return { to: 'cruising', why: 'more was accepted than the long window allows: it has risen' }
}

/**
 * A window that slides gives back in the pace in which it was used: after it has grown, slowly at first. How much it holds
 * is known when it is full; what was used slowly is waited for, so that there is room for an even pace.
 */
export function fillAgain(facts: Facts, { windowMs, sinceMs }: { readonly windowMs: number; readonly sinceMs: number }, answer: Answer): Next {
  facts.longLimit = limitOf(facts.observations.acceptedAfter(answer.sentMs - windowMs, answer.sentMs), windowMs)
  facts.outgrown = null
  facts.stretchedMs = answer.sentMs
  const heldUntilMs = sinceMs + windowMs
  facts.graceUntilMs = Math.max(answer.sentMs, heldUntilMs) + AFTERMATH_MS
  facts.holdGraceUntilMs = facts.graceUntilMs
  return { to: 'cruising', why: 'the long window is full again', heldUntilMs }
}

function stretchedRate(limit: Limit): number {
  return ((limit.requests + excessOf(limit)) * 1000) / limit.windowMs
}

function excessOf({ requests }: Limit): number {
  return Math.max(LEAST_EXCESS, requests * EXCESS_SHARE)
}
