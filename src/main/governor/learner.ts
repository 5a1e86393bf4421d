import { beginAscent, beginDoubting, endTrialWhenOver, hearWhileDoubting } from './ascending'
import { beginBisection, beginBurstTest, hearBisection, hearBurstTest } from './bisecting'
import { beginCruise, hearRefusal } from './cruising'
import { Facts, FIRST_RATE } from './facts'
import { beginHold, heldSince, beginSilence, hearWhileHeld, pollWhenUnanswered } from './holding'
import type { Limit } from './limit'
import { beginMeasuring, measure } from './measuring'
import { isUnanswered, NOTHING_KNOWN, silenceMs, type Answer, type Beginning, type Knowledge, type Mode, type Next } from './modes'
import type { Plan } from './pace'
import { beginProbe, endProbeWhenHeard, hearProbe, probeWhenDue } from './probing'
import { beginSearch, hearWhileSearching } from './searching'
import { beginStretch, endStretchWhenOver, hearWhileStretching, stretchWhenDue } from './stretching'

const NO_PLAN_BEFORE = { stamp: 0, heldUntilMs: 0 }

/**
 * Learns an account's quota from what is accepted while refusals occur, as BBR estimates bandwidth by the delivered rate
 * (Cardwell et al., ACM Queue 14/5, 2016), instead of halving blindly:
 * 1. Searches: doubles the rate until something is refused.
 * 2. Measures: a little too fast, from one moment at which the API has nothing left to another.
 * 3. Bisects the gap, where the API minds gaps and has no burst.
 * 4. Cruises just below, and probes upwards rarely and briefly.
 * 5. Holds while everything is refused, and infers the long window that ran out from when it turned.
 * 6. Stretches such a window now and then, to see whether it has grown.
 */
export class Learner {
  plan: Plan
  why = ''
  readonly #facts: Facts
  #mode: Mode = { kind: 'cruising' }

  /**
   * `ceiling`: requests per second that are known to be the most; Infinity where nothing is. `before`: the stamp of the
   * plan that was in force, 0 for none, and the moment before which it would have sent nothing, if that is to be kept.
   */
  constructor(nowMs: number, known: Knowledge = NOTHING_KNOWN, ceiling = Infinity, before = NO_PLAN_BEFORE) {
    this.#facts = new Facts(known, ceiling)
    this.plan = { stamp: Math.max(Math.floor(nowMs), before.stamp), intervalMs: 1000 / FIRST_RATE, heldUntilMs: 0, train: null }
    const why = known.source === 'configured' ? 'as configured' : 'as learned before'
    this.#go(known.quotaPerSecond === null ? { to: 'searching', rate: FIRST_RATE } : { to: 'cruising', why }, nowMs)
    this.plan = { ...this.plan, heldUntilMs: before.heldUntilMs }
  }

  answer(answer: Answer, nowMs: number): void {
    this.#facts.hear(answer)
    this.#go(this.#hear(answer, nowMs), nowMs)
    if (!answer.accepted) this.#obey(answer, nowMs)
    this.tick(nowMs)
  }

  /** To be called a few times a second also when nothing is answered. */
  tick(nowMs: number): void {
    this.#go(this.#look(nowMs), nowMs)
  }

  /** An answer told the policy itself: what is measured from now on is only how well it is kept. */
  believe(limits: readonly Limit[], accepted: boolean, nowMs: number): void {
    const { source, policies, told: toldBefore } = this.#facts
    policies.hear(limits, accepted, nowMs)
    const told = policies.sustainedPerSecond
    if (told === null || source === 'configured' || told === toldBefore) return
    this.#facts.believe(told, nowMs)
    // What it told to wait is waited for all the same.
    if (this.#mode.kind === 'held') return
    const heldUntilMs = Math.max(this.plan.heldUntilMs, this.#facts.evenAgainMs(1000 / this.plan.intervalMs, nowMs))
    this.#go({ to: 'cruising', why: 'the API told its policy', heldUntilMs }, nowMs)
  }

  get mode(): Mode['kind'] {
    return this.#mode.kind
  }

  get knowledge(): Knowledge {
    const { quota, uncertainty, longLimit, source } = this.#facts
    return { quotaPerSecond: quota, uncertainty, longLimit, source }
  }

  /** Since when everything has been refused, Unix ms; null while something is accepted. */
  get heldSinceMs(): number | null {
    return this.#mode.kind === 'held' ? this.#mode.fromMs : null
  }

  /** Since when everything has been refused without the API having told for how long, Unix ms. */
  get unexplainedSinceMs(): number | null {
    return this.#mode.kind === 'held' && !this.#mode.isTold ? this.#mode.fromMs : null
  }

  #hear(answer: Answer, nowMs: number): Next | null {
    const mode = this.#mode
    const facts = this.#facts
    const isCurrent = answer.stamp === this.plan.stamp
    switch (mode.kind) {
      case 'searching':
        return hearWhileSearching(facts, mode, answer, isCurrent)
      case 'measuring':
        return null
      case 'testing':
        return hearBurstTest(facts, mode, answer, isCurrent, nowMs)
      case 'bisecting':
        return hearBisection(facts, mode, answer, isCurrent, nowMs)
      case 'cruising':
        return answer.accepted ? null : hearRefusal(facts, answer, nowMs)
      case 'probing':
        return hearProbe(facts, mode, answer, isCurrent, nowMs)
      case 'stretching':
        return hearWhileStretching(facts, answer, nowMs)
      case 'doubting':
        return hearWhileDoubting(facts, mode, answer, isCurrent)
      case 'ascending':
        if (answer.accepted || !isCurrent) return null
        facts.ascent = { low: mode.low, high: mode.rate }
        return heldSince(answer.sentMs)
      case 'held':
        return hearWhileHeld(facts, mode, answer, isCurrent, nowMs)
    }
  }

  #look(nowMs: number): Next | null {
    const mode = this.#mode
    const facts = this.#facts
    switch (mode.kind) {
      case 'searching':
        return null
      case 'measuring':
        return measure(facts, mode, nowMs)
      case 'testing':
      case 'bisecting':
      case 'probing': {
        const next = mode.kind === 'probing' ? endProbeWhenHeard(facts, mode, nowMs) : null
        if (next !== null) return next
        if (!isUnanswered(mode.trial, nowMs, facts.settlingMs)) return null
        facts.caution.probed(nowMs)
        return { to: 'cruising', why: 'the probe was not answered' }
      }
      case 'cruising':
        return probeWhenDue(facts, this.plan.heldUntilMs, nowMs) ?? stretchWhenDue(facts, nowMs)
      case 'stretching':
        return endStretchWhenOver(facts, mode, nowMs)
      case 'doubting':
        return null
      case 'ascending':
        return endTrialWhenOver(facts, mode, nowMs)
      case 'held':
        return pollWhenUnanswered(facts, mode, nowMs)
    }
  }

  #obey(answer: Answer, nowMs: number): void {
    const silentMs = silenceMs(answer)
    const untilMs = answer.answeredMs + silentMs
    if (silentMs === 0 || untilMs <= Math.max(nowMs, this.plan.heldUntilMs)) return
    const fromMs = this.heldSinceMs ?? answer.sentMs
    this.#go({ to: 'silenced', fromMs, sentMs: answer.sentMs, silentMs, untilMs }, nowMs)
  }

  #go(next: Next | null, nowMs: number): void {
    if (next === null) return
    const { mode, rate, why, train = null, heldUntilMs = 0 } = begin(next, this.#facts, nowMs)
    this.#mode = mode
    this.plan = { stamp: this.plan.stamp + 1, intervalMs: 1000 / rate, heldUntilMs, train }
    this.why = why
  }
}

function begin(next: Next, facts: Facts, nowMs: number): Beginning {
  switch (next.to) {
    case 'searching':
      return beginSearch(facts, next.rate, nowMs)
    case 'measuring':
      return beginMeasuring(facts, next, nowMs)
    case 'testing':
      return beginBurstTest(facts, next, nowMs)
    case 'bisecting':
      return beginBisection(next, nowMs)
    case 'settled':
      facts.settle(next.quota, next.uncertainty, nowMs)
      return beginCruise(facts, `measured ± ${(next.uncertainty * 100).toFixed(1)} %`)
    case 'cruising':
      return beginCruise(facts, next.why, next.heldUntilMs)
    case 'probing':
      return beginProbe(facts, next, nowMs)
    case 'stretching':
      return beginStretch(next, nowMs)
    case 'doubting':
      return beginDoubting(facts, next, nowMs)
    case 'ascending':
      return beginAscent(facts, next, nowMs)
    case 'held':
      return beginHold(facts, next, nowMs)
    case 'silenced':
      return beginSilence(next)
  }
}
