import { hearRefusal } from './cruising'
import { AFTERMATH_MS, FIRST_RATE, type Facts } from './facts'
import { type Answer, type Beginning, count, type Going, type In, isOver, type Next, perSecond, type Trial, trialOf } from './modes'
import { atLeast } from './verdicts'

const PROOF_REQUESTS = 4
const SPEED_UP = 1.5
/** Of the time that the requests of a train would have taken without it. */
const IDLE_PACE = 0.97
const STRICT_SPEED_UP = 1.1
/** A bucket may hold nearly one request when it refuses the next. */
const EXPLAINED = 1
const SHORT_WINDOW_MS = 1000
const SUREST = 0.003
const FIRST_CLIMB = 0.05
const CLIMB_GROWTH = 5
const CLIMB_EVERY_MS = 300

/** A probe is due where the quota may be more, and refusals may cost something again. */
export function probeWhenDue(facts: Facts, heldUntilMs: number, nowMs: number): Next | null {
  reckon(facts, nowMs)
  if (!facts.mayBeMore || !facts.caution.mayProbe(nowMs, facts.longQuota) || nowMs <= heldUntilMs) return null
  const excess = facts.isStrict ? 2 : facts.caution.beginProbe(savedUntil(facts, nowMs, facts.settlingMs))
  return { to: 'probing', reach: { excess, passed: 0, total: excess, isBeyond: false }, sinceMs: nowMs }
}

/** A train a little faster than the quota, with as many requests as bring just `excess` too many. */
export function beginProbe(facts: Facts, { reach, sinceMs }: Going<'probing'>, nowMs: number): Beginning {
  const { excess } = reach
  const rate = facts.cruiseRate
  // However much is to be taken too fast: a machine that stalls now and then saves it up again if it takes long.
  const speedUp = Math.min(facts.isStrict ? STRICT_SPEED_UP : Math.max(SPEED_UP, 1 + excess / rate), facts.ceiling / rate)
  const requests = facts.isStrict ? Math.ceil(excess) : Math.round(excess / (1 - 1 / speedUp))
  const intervalMs = 1000 / (rate * speedUp)
  return {
    mode: { kind: 'probing', reach, sinceMs, trial: trialOf(requests, intervalMs, nowMs) },
    rate,
    why: `probing ${perSecond(rate)} → ${perSecond(rate * speedUp)} with ${requests} requests`,
    train: { requests, intervalMs },
  }
}

export function hearProbe(facts: Facts, mode: In<'probing'>, answer: Answer, isCurrent: boolean, nowMs: number): Next | null {
  if (answer.inTrain && isCurrent) count(mode.trial, answer)
  else if (!answer.accepted) {
    const next = hearRefusalBeside(facts, mode, answer, nowMs)
    if (next !== null) return next
  }
  return mode.trial.refused > 0 && isOver(mode.trial, answer) ? endProbe(facts, mode, nowMs) : endProbeWhenHeard(facts, mode, nowMs)
}

/** What a train took in advance of a window is missing at its end: that is waited for where it may be so. */
export function endProbeWhenHeard(facts: Facts, mode: In<'probing'>, nowMs: number): Next | null {
  const { trial, reach } = mode
  if (trial.sentMs.length < trial.requests) return null
  const waitsForWindow = reach.passed === 0 && !facts.isStrict && !facts.caution.savesUp
  const heardMs = Math.max(...trial.sentMs) + (waitsForWindow ? SHORT_WINDOW_MS + facts.latency.smoothedMs : 0)
  return nowMs >= heardMs ? endProbe(facts, mode, nowMs) : null
}

/** What a train took in advance is missing now. */
function hearRefusalBeside(facts: Facts, mode: In<'probing'>, answer: Answer, nowMs: number): Next | null {
  if (answer.sentMs < mode.sinceMs) {
    facts.caution.probed(nowMs)
    return hearRefusal(facts, answer, nowMs)
  }
  return endRefused(facts, mode, nowMs)
}

function endProbe(facts: Facts, mode: In<'probing'>, nowMs: number): Next {
  const { trial } = mode
  if (trial.refused > 0) {
    facts.climbs = 0
    facts.climbedFrom = null
    return endRefused(facts, mode, nowMs)
  }
  if (wasIdle(facts, trial) && !isSurelyMore(facts, mode)) {
    facts.caution.probed(nowMs)
    facts.endProbe(nowMs)
    return { to: 'cruising', why: 'too little to do for a probe' }
  }
  if (facts.isStrict) return climb(facts, nowMs)
  facts.isBurstProven ||= trial.requests >= PROOF_REQUESTS
  return goFurther(facts, mode)
}

function goFurther(facts: Facts, mode: In<'probing'>): Next {
  if (isSurelyMore(facts, mode)) return searchAgain(facts)
  const { trial, reach, sinceMs } = mode
  const left = savedUntil(facts, Math.max(...trial.sentMs), 0)
  const isBeyond = left <= -EXPLAINED
  const surelyMore = unusedOf(facts) + 0.1
  const ofBucket = (Math.max(0, left) + 1) * slownessOf(trial)
  // A window refuses all that is too much of it: what it can leave unused comes before what a bucket can have saved.
  const isWindowFirst = !facts.caution.savesUp && reach.excess < surelyMore
  const explained = isWindowFirst ? Math.min(ofBucket, surelyMore) : ofBucket
  const excess = isBeyond ? Math.max(surelyMore, reach.isBeyond ? reach.excess * 1.5 : 0) : explained
  return { to: 'probing', reach: { excess, passed: reach.excess, total: reach.total + excess, isBeyond }, sinceMs }
}

/** More was accepted than the quota explains, and in one train more than windows can leave unused. */
function isSurelyMore(facts: Facts, { trial, reach }: In<'probing'>): boolean {
  const untilMs = Math.max(...trial.sentMs)
  return reach.excess > unusedOf(facts) && savedUntil(facts, untilMs, 0) < -1 - unsureOf(facts, untilMs)
}

/** More than two windows can leave unused, requests. */
function unusedOf({ caution, cruiseRate }: Facts): number {
  return 2 * (caution.margin * cruiseRate + 1.0)
}

/** Requests by which the quota may explain more than it is believed to, for it may have been measured too low. */
function unsureOf(facts: Facts, untilMs: number): number {
  return (facts.uncertainty * facts.longQuota * (untilMs - emptiedMs(facts))) / 1000
}

function endRefused(facts: Facts, { reach, sinceMs }: In<'probing'>, nowMs: number): Next {
  facts.caution.probed(nowMs)
  facts.endProbe(nowMs)
  facts.unreckoned = facts.isStrict ? null : { reach, fromMs: sinceMs, refusedMs: facts.probeRefusedMs, untilMs: nowMs + AFTERMATH_MS }
  // Refused where the quota says so: that much surer is it.
  if (!reach.isBeyond) facts.uncertainty = Math.min(facts.uncertainty, Math.max(SUREST, facts.uncertainty / 2))
  return { to: 'cruising', why: 'the probe was refused' }
}

/** A refused probe shows where the edge is, when everything has been answered that was sent about its time. */
function reckon(facts: Facts, nowMs: number): void {
  if (facts.unreckoned === null || nowMs < facts.unreckoned.untilMs + facts.settlingMs) return
  const { reach, fromMs, refusedMs, untilMs } = facts.unreckoned
  const refused = facts.observations.between(fromMs, untilMs).filter(({ accepted }) => !accepted).length
  facts.caution.foundEdge({ ...reach, refused })
  facts.unreckoned = null
  if (reach.isBeyond && facts.quota !== null) raise(facts, facts.quota, fromMs, refusedMs)
}

/** More was accepted than the quota explains, though not for long: it was measured a little too low. */
function raise(facts: Facts, quota: number, beforeMs: number, refusedMs: number): void {
  const emptyMs = Math.max(facts.settledMs, facts.observations.lastRefusedBefore(beforeMs) ?? 0)
  const accepted = facts.observations.acceptedAfter(emptyMs, refusedMs)
  facts.quota = Math.min(facts.ceiling, atLeast(quota, accepted, refusedMs - emptyMs))
}

function searchAgain(facts: Facts): Next {
  facts.isGapRefuted = false
  facts.isBurstProven = false
  facts.refutedRound = null
  return { to: 'searching', rate: facts.cruiseRate * 2 }
}

/** Where the gap decides, the network's jitter blurs it: up by small steps, that grow while all goes well. */
function climb(facts: Facts, nowMs: number): Next {
  const step = Math.min(1, FIRST_CLIMB * CLIMB_GROWTH ** facts.climbs)
  facts.climbs += 1
  facts.climbedFrom = facts.quota
  facts.quota = Math.min((facts.quota ?? FIRST_RATE) * (1 + step), facts.ceiling)
  facts.uncertainty = step
  facts.caution.reset(nowMs, facts.quota ?? 0)
  facts.caution.probeSoon(nowMs, CLIMB_EVERY_MS)
  facts.graceUntilMs = nowMs
  return { to: 'cruising', why: `a shorter gap was accepted: ${(step * 100).toFixed(0)} % up` }
}

/** How many times as long as planned a train took: a machine that stalls loses permits. */
function slownessOf(trial: Trial): number {
  return Math.max(1, tookMs(trial) / (trial.requests * trial.intervalMs))
}

/** No faster than without a probe: nobody wanted its permits. */
function wasIdle({ cruiseRate }: Facts, trial: Trial): boolean {
  return slownessOf(trial) * trial.intervalMs > (IDLE_PACE * 1000) / cruiseRate
}

function tookMs({ sentMs }: Trial): number {
  return Math.max(...sentMs) - Math.min(...sentMs)
}

/**
 * What a bucket can hold that was empty at the last refusal and fills with the quota: of the last `unheardMs` the answers
 * are missing, and the even spacing stands for them. Below nought more was accepted than the quota explains.
 */
function savedUntil(facts: Facts, untilMs: number, unheardMs: number): number {
  const { observations, cruiseRate, longQuota } = facts
  const emptyMs = emptiedMs(facts)
  const heardMs = Math.max(emptyMs, untilMs - unheardMs)
  const accepted = observations.acceptedAfter(emptyMs, heardMs) + ((untilMs - heardMs) / 1000) * cruiseRate
  return Math.min((longQuota * (untilMs - emptyMs)) / 1000 - accepted, longQuota)
}

function emptiedMs({ settledMs, observations }: Facts): number {
  return Math.max(settledMs, observations.lastRefusedMs ?? 0)
}
