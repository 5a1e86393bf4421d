import { afterPunishment, isDoubtful } from './ascending'
import { AFTERMATH_MS, FIRST_RATE, type Facts } from './facts'
import { measuringTheFall } from './falling'
import type { Limit } from './limit'
import { limitBehind, longerWait, nextPollMs, toldLimitBehind } from './long-window'
import type { Answer, Beginning, Going, In, Next } from './modes'

/** What turns sooner is a matter of pace. */
const SHORTEST_WINDOW_MS = 2000
/** So is a shorter window: what is refused at a pace that is too fast looks like one. */
const SHORTEST_LONG_MS = 5000
const AGAIN_MS = 5000
const USED_UP_SHARE = 0.97
const LITTLE_SHARE = 0.4
const FIRST_WAIT_MS = 1000

/** Everything has been refused since then. */
export function heldSince(fromMs: number): Next {
  return { to: 'held', fromMs, waitMs: FIRST_WAIT_MS, lastRefusedMs: fromMs }
}

export function beginHold(facts: Facts, { fromMs, waitMs, lastRefusedMs }: Going<'held'>, nowMs: number): Beginning {
  const pollMs = nextPollMs(nowMs, waitMs, facts.windowStartsMs)
  return {
    mode: { kind: 'held', fromMs, waitMs, pollMs, lastRefusedMs, isTold: false },
    rate: 1000 / waitMs,
    why: 'everything is refused; waiting for the window to turn',
    heldUntilMs: pollMs,
  }
}

/** The API says when its window turns: that is waited for, and nothing polled before. */
export function beginSilence({ fromMs, sentMs, silentMs, untilMs }: Going<'silenced'>): Beginning {
  // Whole seconds are rounded up, as a rule, and counted from some moment after the sending.
  const lastRefusedMs = sentMs + silentMs - 1000
  return {
    mode: { kind: 'held', fromMs, waitMs: FIRST_WAIT_MS, pollMs: untilMs, lastRefusedMs, isTold: true },
    rate: 1,
    why: `Retry-After ${Math.ceil(silentMs / 1000)} s`,
    heldUntilMs: untilMs,
  }
}

export function hearWhileHeld(facts: Facts, mode: In<'held'>, answer: Answer, isCurrent: boolean, nowMs: number): Next | null {
  if (!isCurrent) return null
  return answer.accepted ? endHold(facts, mode, answer, nowMs) : pollAgain(mode, answer.sentMs)
}

/** A poll may have died with an engine. */
export function pollWhenUnanswered(facts: Facts, mode: In<'held'>, nowMs: number): Next | null {
  return nowMs - mode.pollMs > 5000 + facts.settlingMs ? pollAgain(mode, mode.lastRefusedMs) : null
}

function pollAgain({ fromMs, waitMs }: In<'held'>, lastRefusedMs: number): Next {
  return { to: 'held', fromMs, waitMs: longerWait(waitMs), lastRefusedMs }
}

function endHold(facts: Facts, mode: In<'held'>, answer: Answer, nowMs: number): Next {
  facts.holdGraceUntilMs = nowMs + AFTERMATH_MS
  const next = afterPunishment(facts, mode.fromMs, answer.sentMs)
  if (next !== null) return next
  const isAgain = mode.fromMs - facts.briefHoldMs < AGAIN_MS
  if (answer.sentMs - mode.fromMs < SHORTEST_WINDOW_MS) return endBriefHold(facts, mode.fromMs, isAgain, nowMs)
  if (facts.source === 'headers' && facts.policies.explains(answer.sentMs - mode.fromMs)) return { to: 'cruising', why: 'the window turned that the API told' }
  const hold = { fromMs: mode.fromMs, lastRefusedMs: mode.lastRefusedMs, turnedMs: answer.sentMs }
  const limit =
    knownBehind(facts, mode.fromMs) ??
    toldLimitBehind(hold, facts.windowStartsMs, facts.observations, facts.toldRequests) ??
    limitBehind(hold, facts.windowStartsMs, facts.observations)
  if (limit !== null && limit.windowMs < SHORTEST_LONG_MS) return endBriefHold(facts, mode.fromMs, isAgain, nowMs)
  // No window explains it: the pace is too fast for what is left of the quota.
  if (limit === null && facts.longLimit === null && facts.quota !== null) return endBriefHold(facts, mode.fromMs, true, nowMs)
  facts.punishedMs = answer.sentMs - mode.fromMs
  facts.busySinceMs = answer.sentMs
  if (limit !== null && isDoubtful(facts, limit)) return { to: 'doubting', limit }
  facts.longLimit = limit
  facts.stretchedMs = nowMs
  facts.outgrown = null
  // A sliding window gives back in the pace in which it was used.
  facts.graceUntilMs = nowMs + Math.max(AFTERMATH_MS, Math.min(10_000, (facts.longLimit?.windowMs ?? 0) / 6))
  facts.uncertainty = 0.02
  facts.caution.reset(nowMs, facts.quota ?? 0)
  if (facts.longLimit === null && facts.quota === null) return { to: 'searching', rate: FIRST_RATE }
  return { to: 'cruising', why: 'refused all until the window turned' }
}

/** The long window that is known, where it gave back only little at its last turn: one that slides gives back piece by piece. */
function knownBehind({ longLimit, observations, busySinceMs }: Facts, fromMs: number): Limit | null {
  if (longLimit === null || busySinceMs === null) return null
  const { requests, windowMs } = longLimit
  const isUsedUp = observations.acceptedBetween(fromMs - windowMs, fromMs) >= requests * USED_UP_SHARE
  return isUsedUp && observations.acceptedBetween(busySinceMs, fromMs) < requests * LITTLE_SHARE ? longLimit : null
}

/** Either a window turned just then, or only a little is left of the quota: soon held again, it is the latter. */
function endBriefHold(facts: Facts, fromMs: number, isAgain: boolean, nowMs: number): Next {
  facts.briefHoldMs = nowMs
  if (isAgain) return measuringTheFall(facts, facts.observations.rateBetween(fromMs - 2000, nowMs), nowMs)
  facts.graceUntilMs = nowMs
  return { to: 'cruising', why: 'refused all for a moment' }
}
