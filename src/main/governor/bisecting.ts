import type { Facts } from './facts'
import { measuringFinely } from './measuring'
import { type Answer, type Beginning, count, type Going, type In, isOver, type Next, perSecond, trialOf } from './modes'
import { gapStep, OVERLOAD } from './verdicts'

const TRIAL_REQUESTS = 3

/** While it is asked too fast, a bucket looks like no burst at all. After a rest it takes two at once. */
export function beginBurstTest(facts: Facts, { low, high, delivered }: Going<'testing'>, nowMs: number): Beginning {
  // Where gaps as they were so far are still accepted, it is not a longer gap that is minded now.
  const knownGapMs = facts.isStrict && facts.quota !== null ? 1030 / facts.quota : 0
  const trial = trialOf(2, Math.max(400 / high, knownGapMs), nowMs)
  return {
    mode: { kind: 'testing', low, high, delivered, trial },
    rate: low * 0.9,
    why: 'testing whether two at once are accepted',
    train: { requests: 2, intervalMs: trial.intervalMs },
    heldUntilMs: nowMs + facts.settlingMs / 2 + 3000 / low,
  }
}

export function hearBurstTest(facts: Facts, mode: In<'testing'>, answer: Answer, isCurrent: boolean, nowMs: number): Next | null {
  const { low, high, delivered, trial } = mode
  if (answer.inTrain && isCurrent) count(trial, answer)
  if (!isOver(trial, answer)) return null
  facts.isStrict = trial.refused > 0
  if (facts.isStrict) return narrowed(low, high)
  facts.isGapRefuted = true
  return measuringFinely(Math.min(delivered, high) * OVERLOAD, nowMs)
}

export function beginBisection({ low, high, target, isRepeat }: Going<'bisecting'>, nowMs: number): Beginning {
  const trial = trialOf(TRIAL_REQUESTS, 1000 / target, nowMs)
  return {
    mode: { kind: 'bisecting', low, high, trial, isRepeat, baseRefusals: 0 },
    rate: low * 0.985,
    why: `between ${perSecond(low)} and ${perSecond(high)}, trying ${perSecond(target)}`,
    train: { requests: TRIAL_REQUESTS, intervalMs: trial.intervalMs },
  }
}

export function hearBisection(facts: Facts, mode: In<'bisecting'>, answer: Answer, isCurrent: boolean, nowMs: number): Next | null {
  const { low, high, trial, isRepeat } = mode
  if (answer.inTrain && isCurrent) count(trial, answer)
  else if (!answer.accepted && isCurrent && ++mode.baseRefusals >= 2) {
    facts.isGapRefuted = true
    return { to: 'measuring', phase: 'coarse', rate: high, sinceMs: nowMs }
  }
  if (!isOver(trial, answer)) return null
  const target = 1000 / trial.intervalMs
  if (trial.refused === 0) return narrowed(target, high)
  // The network may have moved two requests together: once more, before it is believed.
  return isRepeat ? narrowed(Math.min(low, target * 0.99), target) : { to: 'bisecting', low, high, target, isRepeat: true }
}

/** What comes next between a rate that is accepted and one that is refused. */
export function narrowed(low: number, high: number): Next {
  const step = gapStep(low, high)
  if (step.kind === 'found') return { to: 'settled', quota: step.quota, uncertainty: step.uncertainty }
  return { to: 'bisecting', low, high, target: step.target, isRepeat: false }
}
