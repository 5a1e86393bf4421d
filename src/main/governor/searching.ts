import type { Facts } from './facts'
import { type Answer, type Beginning, type In, type Next, perSecond } from './modes'

const FASTEST_RATE = 5000

export function beginSearch(facts: Facts, wanted: number, nowMs: number): Beginning {
  const rate = Math.min(wanted, facts.most)
  return { mode: { kind: 'searching', rate, sinceMs: nowMs, passed: 0 }, rate, why: `searching at ${perSecond(rate)}` }
}

/** `isCurrent`: sent at the rate that is being tried. */
export function hearWhileSearching(facts: Facts, mode: In<'searching'>, answer: Answer, isCurrent: boolean): Next | null {
  if (!answer.accepted) facts.refusedRate = mode.rate
  if (!answer.accepted) return { to: 'measuring', phase: 'coarse', rate: mode.rate, sinceMs: answer.sentMs }
  return isCurrent ? doubleWhenEnoughPassed(facts, mode, answer) : null
}

function doubleWhenEnoughPassed(facts: Facts, mode: In<'searching'>, answer: Answer): Next | null {
  mode.passed += 1
  const enough = Math.max(3, Math.ceil(mode.rate * 0.25))
  if (mode.passed < enough || answer.sentMs - mode.sinceMs < 250) return null
  facts.cleanRate = mode.rate
  if (mode.rate >= facts.most) return { to: 'settled', quota: facts.most, uncertainty: 0 }
  return { to: 'searching', rate: Math.min(FASTEST_RATE, mode.rate * 2) }
}
