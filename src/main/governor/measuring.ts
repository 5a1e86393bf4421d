import { restBeforeAscent } from './ascending'
import { AFTERMATH_MS, type Facts } from './facts'
import { heldSince } from './holding'
import { type Beginning, type Going, type In, type Next, perSecond } from './modes'
import { decisiveGap, type Delivery, type Observation } from './observations'
import { fineVerdict, OVERLOAD, toldRateNear } from './verdicts'

export function beginMeasuring(facts: Facts, { phase, rate: wanted, sinceMs }: Going<'measuring'>, nowMs: number): Beginning {
  const rate = Math.min(wanted, facts.most)
  facts.lastEpisodeMs = nowMs
  return { mode: { kind: 'measuring', phase, rate, sinceMs }, rate, why: `measuring what is accepted of ${perSecond(rate)}` }
}

/** Longer than a window of a second refuses all. */
const SOLID = 8
const SOLID_MS = 1300

/** Coarsely first, in whatever way the rate was found; then finely, a little faster than what was delivered. */
export function measure(facts: Facts, mode: In<'measuring'>, nowMs: number): Next | null {
  const settledMs = nowMs - facts.settlingMs
  const fromMs = mode.phase === 'coarse' ? mode.sinceMs : mode.sinceMs + AFTERMATH_MS
  const spentMs = settledMs - fromMs
  if (spentMs < 1000) return null
  const seen = facts.observations.between(fromMs, settledMs)
  const solidFromMs = facts.observations.solidRefusalsFromMs(SOLID, SOLID_MS)
  if (solidFromMs !== null && mode.phase === 'coarse') return heldSince(solidFromMs)
  const isAllRefused = seen.every(({ accepted }) => !accepted)
  if (isAllRefused) return seen.length >= 3 && spentMs >= 1100 ? heldSince(fromMs) : null
  return mode.phase === 'coarse' ? measureCoarsely(facts, mode, seen, spentMs, nowMs) : measureFinely(facts, mode, fromMs, settledMs)
}

function measureCoarsely(facts: Facts, mode: In<'measuring'>, seen: readonly Observation[], spentMs: number, nowMs: number): Next | null {
  const accepted = seen.filter((one) => one.accepted).length
  if (accepted < 6 && spentMs < 10_000) return null
  const delivered = (accepted * 1000) / spentMs
  const turns = facts.observations.delivery(mode.sinceMs, nowMs - facts.settlingMs, 'accepted')
  if (facts.steadyRate !== null && isPunishment(facts, delivered)) return restBeforeAscent(facts, { low: facts.steadyRate, high: mode.rate }, nowMs)
  const told = toldRateNear(facts.toldRequests, delivered)
  if (told !== null && told !== facts.refutedRound) return { to: 'settled', quota: told, uncertainty: 0.01 }
  const gap = facts.isGapRefuted ? null : decisiveGap(seen)
  if (gap) return { to: 'testing', low: 1000 / gap.highMs, high: 1000 / gap.lowMs, delivered }
  facts.isStrict = false
  // Too slowly measured, nothing is refused, and a quota that has changed is known seconds later: one may have been missed.
  const missed = facts.quota === null ? 0 : 1
  const most = ({ accepted: counted, spanMs }: Delivery) => ((counted + missed) * 1000) / spanMs
  const fastest = Math.max(most({ accepted, spanMs: spentMs }), turns === null ? 0 : most(turns))
  return measuringFinely(Math.min(mode.rate, fastest * OVERLOAD), nowMs)
}

/**
 * An API that lets through less of what comes too fast than of what comes more slowly is silent for a moment whenever it
 * refuses, or counts what it refuses: what it delivers then tells nothing of its quota.
 */
function isPunishment({ quota, steadyRate }: Facts, delivered: number): boolean {
  return quota === null && steadyRate !== null && delivered * OVERLOAD <= steadyRate
}

/** A little faster than what was delivered. */
export function measuringFinely(rate: number, sinceMs: number): Next {
  return { to: 'measuring', phase: 'fine', rate, sinceMs }
}

function measureFinely(facts: Facts, { rate }: In<'measuring'>, fromMs: number, settledMs: number): Next | null {
  const verdict = fineVerdict(facts.observations, fromMs, settledMs, facts.refutedRound)
  switch (verdict.kind) {
    case 'too-early':
      return null
    case 'nothing-refused':
      facts.steadyRate = Math.max(rate, facts.steadyRate ?? 0)
      return { to: 'searching', rate: rate * 1.3 }
    case 'measured':
      return { to: 'settled', quota: verdict.quota, uncertainty: verdict.uncertainty }
  }
}
