import type { Facts } from './facts'
import type { Next } from './modes'

/** A quota that has fallen: clearly faster than what was delivered, for what is delivered in so short a time is known badly. */
export function measuringTheFall(facts: Facts, delivered: number, sinceMs: number): Next {
  const rate = Math.min(facts.cruiseRate, Math.max(delivered * 1.4, facts.cruiseRate * 0.5))
  return { to: 'measuring', phase: 'coarse', rate, sinceMs }
}
