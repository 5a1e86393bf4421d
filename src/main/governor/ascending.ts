import { AFTERMATH_MS, type Facts } from './facts'
import { heldSince } from './holding'
import { limitPerSecond, type Limit } from './limit'
import { limitOf } from './long-window'
import { type Answer, type Beginning, type Going, type In, type Next, perSecond } from './modes'
import { COMMON_WINDOWS_MS } from './round-numbers'
import { gapStep } from './verdicts'

/** A window that sustains less than this share of what was accepted in whole just before may be none. */
const DOUBTFUL_SHARE = 0.6
const DOUBTING_SPEED_UP = 2
/** So much more than the window allows, and it is none. */
const REFUTED_SHARE = 1.25
const LEAST_TRIAL_MS = 2000
const TRIAL_OF_HOLD = 1.2
/** What was believed and was refused all the same is looked for from here on. */
const BACK_SHARE = 0.8
const PROBED_MS = 3000
const LEAST_OF_TURN = 20
const SAME_SHARE = 0.05
const TURN_SLACK_MS = 150
/** To doubt must not cost more refusals, on their way when the first is heard. */
const MOST_ON_THE_WAY = 10

/**
 * An API that blocks whoever asks too fast, or counts what it refuses, is silent for a while just as if a long window had run
 * out. That is doubted where it was refused at the first step up that is too fast.
 */
export function isDoubtful(facts: Facts, limit: Limit): boolean {
  if (facts.quota !== null || facts.isDoubted || facts.source !== 'learned' || limit.requests === facts.toldRequests) return false
  const onTheWay = (limitPerSecond(limit) * DOUBTING_SPEED_UP * facts.latency.smoothedMs) / 1000
  return onTheWay < MOST_ON_THE_WAY && limitPerSecond(limit) < DOUBTFUL_SHARE * (facts.cleanRate ?? 0)
}

export function beginDoubting(facts: Facts, { limit }: Going<'doubting'>, nowMs: number): Beginning {
  facts.isDoubted = true
  const rate = Math.min(facts.cleanRate ?? Infinity, limitPerSecond(limit) * DOUBTING_SPEED_UP)
  const why = `testing whether it was a window of ${limit.requests} in ${limit.windowMs / 1000} s that ran out, at ${perSecond(rate)}`
  return { mode: { kind: 'doubting', limit, rate, sinceMs: nowMs }, rate, why }
}

export function hearWhileDoubting(facts: Facts, { limit, rate, sinceMs }: In<'doubting'>, answer: Answer, isCurrent: boolean): Next | null {
  if (!isCurrent) return null
  if (!answer.accepted) {
    facts.longLimit = limit
    return { to: 'cruising', why: 'it was a window that ran out' }
  }
  const accepted = facts.observations.acceptedAfter(sinceMs, answer.sentMs)
  return accepted > limit.requests * REFUTED_SHARE ? ascend(facts, rate, Math.max(facts.refusedRate, rate * DOUBTING_SPEED_UP)) : null
}

/** What was asked too fast is not to be punished in the first trial. */
export function restBeforeAscent(facts: Facts, between: { readonly low: number; readonly high: number }, nowMs: number): Next {
  facts.ascent = between
  return heldSince(nowMs)
}

/** Between a rate that is accepted and one that is punished; each trial as long as the punishment. */
export function ascend(facts: Facts, low: number, high: number): Next {
  const step = gapStep(low, high)
  facts.ascent = { low, high }
  if (step.kind === 'try') return { to: 'ascending', low, high, rate: justBelowTold(facts, low, high) ?? step.target }
  facts.ascent = null
  facts.isPunishing = true
  return { to: 'settled', quota: step.quota, uncertainty: step.uncertainty }
}

/** So many a second as the API told requests, where that is possible; a trial just below tells. */
function justBelowTold({ toldRequests }: Facts, low: number, high: number): number | null {
  const isBetween = toldRequests !== null && toldRequests > low * 1.012 && toldRequests < high * 0.99
  return isBetween ? toldRequests * 0.995 : null
}

export function beginAscent(facts: Facts, { low, high, rate }: Going<'ascending'>, nowMs: number): Beginning {
  const untilMs = nowMs + Math.max(LEAST_TRIAL_MS, facts.punishedMs * TRIAL_OF_HOLD)
  return { mode: { kind: 'ascending', low, high, rate, untilMs }, rate, why: `between ${perSecond(low)} and ${perSecond(high)}, trying ${perSecond(rate)}` }
}

export function endTrialWhenOver(facts: Facts, { rate, high, untilMs }: In<'ascending'>, nowMs: number): Next | null {
  return nowMs >= untilMs + facts.settlingMs ? ascend(facts, rate, high) : null
}

/** A punishment is over: at what rate it came is known. Null where it is no matter of this. */
export function afterPunishment(facts: Facts, fromMs: number, endedMs: number): Next | null {
  if (facts.ascent !== null) {
    facts.punishedMs = Math.max(facts.punishedMs, endedMs - fromMs)
    facts.busySinceMs = endedMs
    const limit = limitOfTurns(facts, fromMs, endedMs)
    return limit === null ? ascend(facts, facts.ascent.low, facts.ascent.high) : cruiseBelow(facts, limit, endedMs)
  }
  if (!facts.isPunishing || facts.quota === null) return null
  facts.caution.refused(((endedMs - fromMs) / 1000) * facts.quota, facts.quota)
  const isForProbe = fromMs - facts.probedMs < PROBED_MS
  return isForProbe ? { to: 'cruising', why: 'the API was silent because of a probe' } : ascend(facts, facts.quota * BACK_SHARE, facts.quota)
}

/** As many from one turn to the next, whatever the rate: that is a window after all. Null where it is not so. */
function limitOfTurns(facts: Facts, fromMs: number, turnedMs: number): Limit | null {
  const { turn: before, observations } = facts
  const accepted = before === null ? 0 : observations.acceptedAfter(before.turnedMs - 1, fromMs)
  facts.turn = { turnedMs, accepted }
  if (before === null || accepted < LEAST_OF_TURN || Math.abs(accepted - before.accepted) > SAME_SHARE * accepted) return null
  // A turn is noticed late, never early.
  const windowMs = COMMON_WINDOWS_MS.findLast((ms) => ms <= turnedMs - before.turnedMs + TURN_SLACK_MS)
  return windowMs === undefined ? null : limitOf(Math.max(accepted, before.accepted), windowMs)
}

function cruiseBelow(facts: Facts, limit: Limit, nowMs: number): Next {
  facts.ascent = null
  facts.longLimit = limit
  facts.stretchedMs = nowMs
  facts.busySinceMs = nowMs
  facts.graceUntilMs = nowMs + AFTERMATH_MS
  facts.uncertainty = 0.02
  facts.caution.reset(nowMs, facts.longQuota)
  return { to: 'cruising', why: 'as many were accepted from turn to turn' }
}
