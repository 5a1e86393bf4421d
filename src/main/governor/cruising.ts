import { narrowed } from './bisecting'
import { AFTERMATH_MS, FIRST_RATE, type Facts } from './facts'
import { measuringTheFall } from './falling'
import { heldSince } from './holding'
import { fillAgain } from './stretching'
import { type Answer, type Beginning, type Next, perSecond } from './modes'
import type { Observation } from './observations'

/** So many refusals over so long without an acceptance between them are no matter of pace. */
const SOLID = 6
const SOLID_MS = 500
/** So many more need not take as long. */
const MANY = 25
const MANY_MS = 250
const STEP_DOWN = 0.03
/** What came before a quota fell must not hide that it has. */
const LATEST = 16

export function beginCruise(facts: Facts, why: string, heldUntilMs = 0): Beginning {
  const { longLimit, longQuota, cruiseRate } = facts
  const limit = longLimit ? ` (${longLimit.requests} in ${longLimit.windowMs / 1000} s)` : ''
  return { mode: { kind: 'cruising' }, rate: cruiseRate, heldUntilMs, why: `cruising just below ${perSecond(longQuota)}${limit}: ${why}` }
}

/** A refusal may be bad luck, a quota that has fallen, or a window that has run out. */
export function hearRefusal(facts: Facts, answer: Answer, nowMs: number): Next | null {
  const solidFromMs = facts.observations.solidRefusalsFromMs(SOLID, SOLID_MS) ?? facts.observations.solidRefusalsFromMs(MANY, MANY_MS)
  if (solidFromMs !== null && answer.sentMs >= facts.holdGraceUntilMs) return heldSince(solidFromMs)
  if (answer.sentMs < facts.graceUntilMs) return hearAftermath(facts, answer, nowMs)
  if (facts.isStrict && facts.climbedFrom !== null) return narrowTheClimb(facts, facts.climbedFrom)
  const fromMs = Math.max(facts.graceUntilMs, nowMs - facts.settlingMs - 1000)
  const seen = facts.observations.between(fromMs, nowMs)
  const since = seen.slice(seen.findIndex((one) => !one.accepted))
  const refused = since.filter((one) => !one.accepted).length
  const isFall = (refused >= 4 && refused > 0.2 * seen.length) || (refused >= 5 && isMostlyRefused(since, refused))
  if (isFall && facts.outgrown !== null) return fillAgain(facts, facts.outgrown, answer)
  if (isFall) return measureTheFall(facts, refused / since.length, answer)
  return answer.sentMs < facts.lastEpisodeMs ? null : cutOnce(facts, answer, nowMs)
}

/** Of what follows a probe some is refused, for what its train took in advance; more than that is a fall. */
function hearAftermath(facts: Facts, answer: Answer, nowMs: number): Next | null {
  if (facts.graceUntilMs !== facts.probedMs + AFTERMATH_MS || answer.sentMs < facts.probeRefusedMs) return null
  const seen = facts.observations.between(facts.probeRefusedMs, nowMs).slice(-LATEST)
  const refused = seen.filter((one) => !one.accepted).length
  return refused >= 8 && isMostlyRefused(seen, refused) ? measureTheFall(facts, refused / seen.length, answer) : null
}

/** Where all of the latest were refused, a long window may have run out: that shows soon. */
function isMostlyRefused(seen: readonly Observation[], refused: number): boolean {
  return refused > 0.5 * seen.length && seen.slice(-SOLID).some(({ accepted }) => accepted)
}

function measureTheFall(facts: Facts, refusedShare: number, answer: Answer): Next | null {
  const delivered = facts.cruiseRate * (1 - refusedShare)
  // With nothing accepted since the first refusal it may be a long window that ran out: that shows soon.
  if (delivered <= 0) return null
  // An API that had no need of even spacing does not mind gaps now.
  facts.isGapRefuted ||= facts.isBurstProven
  return measuringTheFall(facts, delivered, answer.sentMs)
}

/** One cut for each episode of refusals; where cuts do not help, the quota is another. */
function cutOnce(facts: Facts, answer: Answer, nowMs: number): Next {
  facts.lastEpisodeMs = nowMs
  if (facts.caution.episode()) {
    if (facts.isStrict) return stepDown(facts, nowMs)
    facts.isGapRefuted = false
    facts.refutedRound = facts.quota
    return { to: 'measuring', phase: 'coarse', rate: facts.cruiseRate * 1.1, sinceMs: answer.sentMs }
  }
  return { to: 'cruising', why: `refused; ${(facts.caution.margin * 100).toFixed(1)} % below now` }
}

/** The last step up was too large: the gap is somewhere between. */
function narrowTheClimb(facts: Facts, low: number): Next {
  const high = facts.quota ?? low
  facts.climbedFrom = null
  facts.climbs = 0
  return narrowed(low, high)
}

/** Where the gap decides and jitter blurs it, a little less is better than measuring all anew. */
function stepDown(facts: Facts, nowMs: number): Next {
  facts.quota = (facts.quota ?? FIRST_RATE) * (1 - STEP_DOWN)
  facts.caution.reset(nowMs, facts.quota ?? 0)
  return { to: 'cruising', why: `refused again and again: ${STEP_DOWN * 100} % down` }
}
