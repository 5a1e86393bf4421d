import { Caution } from './caution'
import { UNKNOWN_LATENCY, settlingMs, withSample, type Latency } from './latency'
import { sustainedPerSecond, type Limit } from './limit'
import { limitBehind, longerWait, nextPollMs } from './long-window'
import {
  count,
  isOver,
  NOTHING_KNOWN,
  perSecond,
  silenceMs,
  trialOf,
  type Answer,
  type In,
  type Knowledge,
  type Mode,
  type Reach,
} from './modes'
import { Observations, decisiveGap, type Observation } from './observations'
import type { Plan, Train } from './pace'
import { fineVerdict, gapStep, OVERLOAD, toldRateNear } from './verdicts'

/** Not a round number: at a multiple of the quota a fixed window looks like a gap. */
const FIRST_RATE = 3.7
const FASTEST_RATE = 5000
/** Refusals that were on their way when a plan ended are no news. */
const AFTERMATH_MS = 1000
/** What is measured so close to the ceiling most likely is the ceiling; from further below it is probed. */
const NEARLY_CEILING = 0.97
const FIRST_CLIMB = 0.05
const CLIMB_EVERY_MS = 1000
const STEP_DOWN = 0.03
/** So many refusals over so long without an acceptance between them are no matter of pace. */
const SOLID = 6
const SOLID_MS = 500
/** What turns sooner is a matter of pace. */
const SHORTEST_WINDOW_MS = 2000

/**
 * Learns an account's quota from what is accepted while refusals occur, as BBR estimates bandwidth by the delivered rate
 * (Cardwell et al., ACM Queue 14/5, 2016), instead of halving blindly:
 * 1. Searches: doubles the rate until something is refused.
 * 2. Measures: a little too fast, from one moment at which the API has nothing left to another.
 * 3. Bisects the gap, where the API minds gaps and has no burst.
 * 4. Cruises just below, and probes upwards rarely and briefly.
 * 5. Holds while everything is refused, and infers the long window that ran out from when it turned.
 */
export class Learner {
  plan: Plan
  why = ''
  readonly #observations = new Observations()
  readonly #caution = new Caution()
  readonly #ceiling: number
  #latency: Latency = UNKNOWN_LATENCY
  #mode: Mode
  #quota: number | null
  #uncertainty: number
  #longLimit: Limit | null
  #source: Knowledge['source']
  #isStrict = false
  #isGapRefuted = false
  #refutedRound: number | null = null
  #graceUntilMs = 0
  #settledMs = 0
  #lastEpisodeMs = 0
  #holdGraceUntilMs = 0
  #briefHoldMs = -Infinity
  /** When the last probe ended. */
  #probedMs = 0
  #climbs = 0
  /** Of the limit that refused last, where the API told it. */
  #toldRequests: number | null = null
  /** What was sent before the quota was known costs no credit. */
  #chargedFromMs = 0
  #busySinceMs: number | null = null

  /**
   * `ceiling`: requests per second that are known to be the most; Infinity where nothing is. `lastStamp`: that of the last
   * plan of whoever led before; 0 for nobody.
   */
  constructor(nowMs: number, known: Knowledge = NOTHING_KNOWN, ceiling = Infinity, lastStamp = 0) {
    this.#ceiling = ceiling
    this.#quota = known.quotaPerSecond
    this.#uncertainty = known.uncertainty
    this.#longLimit = known.longLimit
    this.#source = known.source
    this.#mode = { kind: 'cruising' }
    this.plan = { stamp: Math.max(Math.floor(nowMs), lastStamp), intervalMs: 1000 / FIRST_RATE, heldUntilMs: 0, train: null }
    if (this.#quota === null) this.#search(FIRST_RATE, nowMs)
    else this.#cruise(known.source === 'configured' ? 'as configured' : 'as learned before')
  }

  get mode(): Mode['kind'] {
    return this.#mode.kind
  }

  get knowledge(): Knowledge {
    return {
      quotaPerSecond: this.#quota,
      uncertainty: this.#uncertainty,
      longLimit: this.#longLimit,
      source: this.#source,
    }
  }

  /** Since when everything has been refused, Unix ms; null while something is accepted. */
  get heldSinceMs(): number | null {
    return this.#mode.kind === 'held' ? this.#mode.fromMs : null
  }

  answer(answer: Answer, nowMs: number): void {
    this.#observations.add(answer)
    this.#latency = withSample(this.#latency, answer.answeredMs - answer.sentMs)
    if (answer.accepted) this.#hearAccepted(answer)
    else if (answer.sentMs >= this.#chargedFromMs) {
      this.#caution.refused((silenceMs(answer) / 1000) * (this.#quota ?? 0))
    }
    this.#hear(answer, nowMs)
    if (!answer.accepted && answer.limitRequests !== null) this.#toldRequests = answer.limitRequests
    if (!answer.accepted && silenceMs(answer) > 0) this.#obey(answer, silenceMs(answer), nowMs)
    this.tick(nowMs)
  }

  /** To be called a few times a second also when nothing is answered. */
  tick(nowMs: number): void {
    const mode = this.#mode
    switch (mode.kind) {
      case 'measuring':
        return this.#measure(mode, nowMs)
      case 'cruising':
        if (this.#isBelowCeiling() && this.#caution.mayProbe(nowMs) && nowMs > this.plan.heldUntilMs) {
          const excess = this.#isStrict ? 2 : this.#caution.beginProbe(this.#savedUntil(nowMs, settlingMs(this.#latency)))
          this.#probe({ excess, passed: 0, total: excess }, nowMs, nowMs)
        }
        return
      case 'testing':
      case 'bisecting':
      case 'probing':
        // Its permits may have died with an engine.
        if (nowMs - mode.trial.sinceMs > 5000 + 3 * settlingMs(this.#latency) + 2 * mode.trial.requests * mode.trial.intervalMs) {
          this.#caution.probed(nowMs)
          this.#cruise('the probe was not answered')
        }
        return
      case 'held':
        if (nowMs - mode.pollMs > 5000 + settlingMs(this.#latency)) this.#pollAgain(mode, mode.lastRefusedMs, nowMs)
        return
      case 'searching':
        return
    }
  }

  /** An answer told the policy itself: what is measured from now on is only how well it is kept. */
  believe(limits: readonly Limit[], nowMs: number): void {
    const told = sustainedPerSecond(limits)
    if (told === null || (this.#source === 'headers' && this.#quota === told)) return
    if (this.#source === 'configured') return
    this.#source = 'headers'
    this.#uncertainty = 0.005
    this.#longLimit = null
    this.#quota = told
    this.#caution.reset(nowMs)
    this.#graceUntilMs = nowMs + AFTERMATH_MS
    this.#cruise('the API told its policy')
  }

  #hearAccepted(answer: Answer): void {
    this.#caution.accepted()
    if (this.#busySinceMs === null || answer.sentMs < this.#busySinceMs) this.#busySinceMs = answer.sentMs
  }

  #hear(answer: Answer, nowMs: number): void {
    const mode = this.#mode
    const current = answer.stamp === this.plan.stamp
    switch (mode.kind) {
      case 'searching':
        if (!answer.accepted) return this.#startMeasuring('coarse', mode.rate, answer.sentMs, nowMs)
        return current ? this.#advanceSearch(mode, answer, nowMs) : undefined
      case 'measuring':
        return
      case 'testing':
        if (answer.inTrain && current) count(mode.trial, answer)
        return isOver(mode.trial, answer) ? this.#endTest(mode, nowMs) : undefined
      case 'bisecting':
        if (answer.inTrain && current) count(mode.trial, answer)
        else if (!answer.accepted && current && ++mode.baseRefusals >= 2) {
          this.#isGapRefuted = true
          return this.#startMeasuring('coarse', mode.high, nowMs, nowMs)
        }
        return isOver(mode.trial, answer) ? this.#endBisection(mode, nowMs) : undefined
      case 'cruising':
        return answer.accepted ? undefined : this.#hearRefusal(answer, nowMs)
      case 'probing':
        if (answer.inTrain && current) count(mode.trial, answer)
        else if (!answer.accepted) this.#hearRefusalBesideProbe(mode, answer, nowMs)
        return this.#mode === mode && isOver(mode.trial, answer) ? this.#endProbe(mode, nowMs) : undefined
      case 'held':
        if (!current) return
        return answer.accepted ? this.#endHold(mode, answer, nowMs) : this.#pollAgain(mode, answer.sentMs, nowMs)
    }
  }

  // --- searching

  #search(wanted: number, nowMs: number): void {
    const rate = Math.min(wanted, this.#ceiling)
    this.#mode = { kind: 'searching', rate, sinceMs: nowMs, passed: 0 }
    this.#setPlan(rate, `searching at ${perSecond(rate)}`)
  }

  #advanceSearch(mode: In<'searching'>, answer: Answer, nowMs: number): void {
    mode.passed += 1
    const enough = Math.max(3, Math.ceil(mode.rate * 0.25))
    if (mode.passed < enough || answer.sentMs - mode.sinceMs < 250) return
    if (mode.rate >= this.#ceiling) return this.#settleOn(this.#ceiling, 0, nowMs)
    this.#search(Math.min(FASTEST_RATE, mode.rate * 2), nowMs)
  }

  // --- measuring

  #startMeasuring(phase: 'coarse' | 'fine', wanted: number, sinceMs: number, nowMs: number): void {
    const rate = Math.min(wanted, this.#ceiling)
    this.#mode = { kind: 'measuring', phase, rate, sinceMs }
    this.#setPlan(rate, `measuring what is accepted of ${perSecond(rate)}`)
    this.#lastEpisodeMs = nowMs
  }

  #measure(mode: In<'measuring'>, nowMs: number): void {
    const settledMs = nowMs - settlingMs(this.#latency)
    const fromMs = mode.phase === 'coarse' ? mode.sinceMs : mode.sinceMs + AFTERMATH_MS
    const spentMs = settledMs - fromMs
    if (spentMs < 1000) return
    const seen = this.#observations.between(fromMs, settledMs)
    const accepted = seen.filter((one) => one.accepted).length
    if (accepted === 0) {
      if (seen.length >= 3 && spentMs >= 1500) this.#hold(fromMs, nowMs)
      return
    }
    return mode.phase === 'coarse'
      ? this.#measureCoarsely(mode, seen, accepted, spentMs, nowMs)
      : this.#measureFinely(mode, fromMs, settledMs, nowMs)
  }

  #measureCoarsely(mode: In<'measuring'>, seen: Observation[], accepted: number, spentMs: number, nowMs: number): void {
    if (accepted < 6 && spentMs < 10_000) return
    const delivered = (accepted * 1000) / spentMs
    const told = toldRateNear(this.#toldRequests, delivered)
    if (told !== null && told !== this.#refutedRound) return this.#settleOn(told, 0.01, nowMs)
    const gap = this.#isGapRefuted ? null : decisiveGap(seen)
    if (gap) return this.#testForBurst({ low: 1000 / gap.highMs, high: 1000 / gap.lowMs, delivered }, nowMs)
    this.#isStrict = false
    this.#startMeasuring('fine', Math.min(mode.rate, delivered * OVERLOAD), nowMs, nowMs)
  }

  #measureFinely(mode: In<'measuring'>, fromMs: number, settledMs: number, nowMs: number): void {
    const verdict = fineVerdict(this.#observations, fromMs, settledMs, this.#refutedRound)
    if (verdict.kind === 'nothing-refused') this.#search(mode.rate * 1.3, nowMs)
    if (verdict.kind === 'measured') this.#settleOn(verdict.quota, verdict.uncertainty, nowMs)
  }

  // --- bisecting

  /** While it is asked too fast, a bucket looks like no burst at all. After a rest it takes two at once. */
  #testForBurst(rate: { low: number; high: number; delivered: number }, nowMs: number): void {
    const { low } = rate
    // Where gaps as they were so far are still accepted, it is not a longer gap that is minded now.
    const knownGapMs = this.#isStrict && this.#quota !== null ? 1030 / this.#quota : 0
    const trial = trialOf(2, Math.max(400 / rate.high, knownGapMs), nowMs)
    this.#mode = { kind: 'testing', ...rate, trial }
    const train = { requests: 2, intervalMs: trial.intervalMs }
    this.#setPlan(low * 0.9, 'testing whether two at once are accepted', train, nowMs + settlingMs(this.#latency) / 2 + 3000 / low)
  }

  #endTest({ low, high, delivered, trial }: In<'testing'>, nowMs: number): void {
    this.#isStrict = trial.refused > 0
    if (this.#isStrict) return this.#bisect(low, high, nowMs)
    this.#isGapRefuted = true
    this.#startMeasuring('fine', Math.min(delivered, high) * OVERLOAD, nowMs, nowMs)
  }

  #bisect(low: number, high: number, nowMs: number): void {
    const step = gapStep(low, high)
    if (step.kind === 'found') return this.#settleOn(step.quota, step.uncertainty, nowMs)
    this.#tryGap({ low, high, target: step.target, isRepeat: false }, nowMs)
  }

  #tryGap({ target, ...bounds }: Pick<In<'bisecting'>, 'low' | 'high' | 'isRepeat'> & { target: number }, nowMs: number): void {
    const trial = trialOf(3, 1000 / target, nowMs)
    this.#mode = { kind: 'bisecting', ...bounds, trial, baseRefusals: 0 }
    const why = `between ${perSecond(bounds.low)} and ${perSecond(bounds.high)}, trying ${perSecond(target)}`
    this.#setPlan(bounds.low * 0.97, why, { requests: trial.requests, intervalMs: trial.intervalMs })
  }

  #endBisection({ low, high, trial, isRepeat }: In<'bisecting'>, nowMs: number): void {
    const target = 1000 / trial.intervalMs
    if (trial.refused === 0) return this.#bisect(target, high, nowMs)
    // The network may have moved two requests together: once more, before it is believed.
    if (!isRepeat) return this.#tryGap({ low, high, target, isRepeat: true }, nowMs)
    this.#bisect(Math.min(low, target * 0.99), target, nowMs)
  }

  // --- cruising

  #settleOn(quota: number, uncertainty: number, nowMs: number): void {
    this.#quota = quota < this.#ceiling * NEARLY_CEILING ? quota : this.#ceiling
    this.#uncertainty = uncertainty
    if (this.#source === 'headers') this.#source = 'learned'
    this.#caution.reset(nowMs)
    this.#chargedFromMs = nowMs + AFTERMATH_MS
    this.#settledMs = nowMs
    this.#holdGraceUntilMs = nowMs + AFTERMATH_MS
    this.#graceUntilMs = nowMs + AFTERMATH_MS
    this.#cruise(`measured ± ${(uncertainty * 100).toFixed(1)} %`)
  }

  #cruise(why: string): void {
    this.#mode = { kind: 'cruising' }
    const known = `${perSecond(this.#longQuota())}${this.#longLimit ? ` (${this.#longLimit.requests} in ${this.#longLimit.windowMs / 1000} s)` : ''}`
    this.#setPlan(this.#cruiseRate(), `cruising just below ${known}: ${why}`)
  }

  #longQuota(): number {
    const long = this.#longLimit ? (this.#longLimit.requests * 1000) / this.#longLimit.windowMs : Infinity
    return Math.min(this.#quota ?? FIRST_RATE, long)
  }

  #cruiseRate(): number {
    return this.#longQuota() * (1 - this.#caution.margin)
  }

  #isBelowCeiling(): boolean {
    return this.#longLimit === null && (this.#quota ?? 0) < this.#ceiling * NEARLY_CEILING && this.#source !== 'headers'
  }

  #hearRefusal(answer: Answer, nowMs: number): void {
    const solidFromMs = this.#observations.solidRefusalsFromMs(SOLID, SOLID_MS)
    if (solidFromMs !== null && answer.sentMs >= this.#holdGraceUntilMs) return this.#hold(solidFromMs, nowMs)
    if (answer.sentMs < this.#graceUntilMs) return this.#hearAftermath(answer, nowMs)
    const fromMs = Math.max(this.#graceUntilMs, nowMs - settlingMs(this.#latency) - 1000)
    const seen = this.#observations.between(fromMs, nowMs)
    const since = seen.slice(seen.findIndex((one) => !one.accepted))
    const refused = since.filter((one) => !one.accepted).length
    const isFall = (refused >= 4 && refused > 0.2 * seen.length) || (refused >= 5 && isMostlyRefused(since, refused))
    if (isFall) return this.#measureTheFall(refused / since.length, answer, nowMs)
    if (answer.sentMs < this.#lastEpisodeMs) return
    this.#lastEpisodeMs = nowMs
    if (this.#caution.episode()) {
      if (this.#isStrict) return this.#stepDown(nowMs)
      this.#isGapRefuted = this.#isStrict
      this.#refutedRound = this.#quota
      return this.#startMeasuring('coarse', this.#cruiseRate() * 1.1, answer.sentMs, nowMs)
    }
    this.#cruise(`refused; ${(this.#caution.margin * 100).toFixed(1)} % below now`)
  }

  /** Of what follows a probe some is refused, for what its train took in advance; more than that is a fall. */
  #hearAftermath(answer: Answer, nowMs: number): void {
    if (this.#graceUntilMs !== this.#probedMs + AFTERMATH_MS || answer.sentMs < this.#probedMs) return
    const seen = this.#observations.between(this.#probedMs, nowMs)
    const refused = seen.filter((one) => !one.accepted).length
    if (refused >= 8 && isMostlyRefused(seen, refused)) this.#measureTheFall(refused / seen.length, answer, nowMs)
  }

  #measureTheFall(refusedShare: number, answer: Answer, nowMs: number): void {
    const rate = this.#cruiseRate()
    const delivered = rate * (1 - refusedShare)
    // With nothing accepted since the first refusal it may be a long window that ran out: that shows soon.
    if (delivered <= 0) return
    // An API that had no need of even spacing does not mind gaps now.
    this.#isGapRefuted ||= !this.#isStrict
    this.#startMeasuring('coarse', Math.min(rate, Math.max(delivered * 1.4, rate * 0.35)), answer.sentMs, nowMs)
  }

  /** Where the gap decides and jitter blurs it, a little less is better than measuring all anew. */
  #stepDown(nowMs: number): void {
    this.#quota = (this.#quota ?? FIRST_RATE) * (1 - STEP_DOWN)
    this.#caution.reset(nowMs)
    this.#cruise(`refused again and again: ${STEP_DOWN * 100} % down`)
  }

  // --- probing

  #probe(reach: Reach, sinceMs: number, nowMs: number): void {
    const { excess } = reach
    const rate = this.#cruiseRate()
    const speedUp = Math.min(this.#isStrict ? 1.1 : 1.5, this.#ceiling / rate)
    const requests = this.#isStrict ? Math.ceil(excess) : Math.round(excess / (1 - 1 / speedUp))
    const intervalMs = 1000 / (rate * speedUp)
    this.#mode = { kind: 'probing', reach, sinceMs, trial: trialOf(requests, intervalMs, nowMs) }
    const train = { requests, intervalMs }
    this.#setPlan(rate, `probing ${perSecond(rate)} → ${perSecond(rate * speedUp)} with ${requests} requests`, train)
  }

  /** What a train took in advance is missing now. */
  #hearRefusalBesideProbe(mode: In<'probing'>, answer: Answer, nowMs: number): void {
    if (answer.sentMs < mode.sinceMs) {
      this.#caution.probed(nowMs)
      return this.#hearRefusal(answer, nowMs)
    }
    this.#caution.probed(nowMs, { ...mode.reach, refused: mode.trial.refused + 1 })
    this.#expectAftermath(nowMs)
    this.#cruise('the probe was refused')
  }

  /**
   * What a bucket can hold that was empty at the last refusal and fills with the quota: of the last `unheardMs` the answers
   * are missing, and the even spacing stands for them. Below nought more was accepted than the quota explains.
   */
  #savedUntil(untilMs: number, unheardMs: number): number {
    const emptyMs = this.#emptiedMs()
    const heardMs = Math.max(emptyMs, untilMs - unheardMs)
    const accepted = this.#observations.acceptedAfter(emptyMs, heardMs) + ((untilMs - heardMs) / 1000) * this.#cruiseRate()
    return Math.min((this.#longQuota() * (untilMs - emptyMs)) / 1000 - accepted, this.#longQuota())
  }

  #endProbe(mode: In<'probing'>, nowMs: number): void {
    const { trial, reach } = mode
    const [firstMs = 0] = trial.sentMs.toSorted((one, other) => one - other)
    const tookMs = Math.max(...trial.sentMs) - firstMs
    if (trial.refused > 0 || tookMs > 1.3 * trial.requests * trial.intervalMs + 50) {
      if (trial.refused > 0) this.#climbs = 0
      this.#caution.probed(nowMs, trial.refused > 0 ? { ...reach, refused: trial.refused } : undefined)
      this.#expectAftermath(nowMs)
      return this.#cruise(trial.refused > 0 ? 'the probe was refused' : 'too little to do for a probe')
    }
    // More than a bucket can have saved, in all, and more than two windows can leave unused, in one train.
    const unused = this.#caution.margin * this.#cruiseRate() + 1.5
    if (this.#isStrict) return this.#climb(nowMs)
    const isRisen = this.#isBeyondTheQuota(Math.max(...trial.sentMs)) && reach.excess > 2 * unused
    if (isRisen) {
      this.#isGapRefuted = false
      this.#refutedRound = null
      return this.#search(this.#cruiseRate() * 2, nowMs)
    }
    const next = Math.max(reach.excess * 1.3, 2 * unused + 0.1)
    this.#probe({ excess: next, passed: reach.excess, total: reach.total + next }, mode.sinceMs, nowMs)
  }

  /** More was accepted than the quota explains, even if it was measured too low. */
  #isBeyondTheQuota(untilMs: number): boolean {
    const unsure = (this.#uncertainty * this.#longQuota() * (untilMs - this.#emptiedMs())) / 1000
    return this.#savedUntil(untilMs, 0) < -1 - unsure
  }

  #emptiedMs(): number {
    return Math.max(this.#settledMs, this.#observations.lastRefusedMs ?? 0)
  }

  #expectAftermath(nowMs: number): void {
    this.#probedMs = nowMs
    this.#graceUntilMs = nowMs + AFTERMATH_MS
  }

  /** Where the gap decides, the network's jitter blurs it: up by small steps, that grow while all goes well. */
  #climb(nowMs: number): void {
    const step = Math.min(1, FIRST_CLIMB * 2 ** this.#climbs)
    this.#climbs += 1
    this.#quota = Math.min((this.#quota ?? FIRST_RATE) * (1 + step), this.#ceiling)
    this.#uncertainty = step
    this.#caution.reset(nowMs)
    this.#caution.probeSoon(nowMs, CLIMB_EVERY_MS)
    this.#graceUntilMs = nowMs
    this.#cruise(`a shorter gap was accepted: ${(step * 100).toFixed(0)} % up`)
  }

  // --- held

  #hold(fromMs: number, nowMs: number): void {
    this.#waitForTurn({ kind: 'held', fromMs, waitMs: 1000, pollMs: 0, lastRefusedMs: fromMs }, nowMs)
  }

  #waitForTurn(mode: In<'held'>, nowMs: number): void {
    const pollMs = nextPollMs(nowMs, mode.waitMs, this.#busySinceMs === null ? [] : [this.#busySinceMs])
    this.#mode = { ...mode, pollMs }
    this.#setPlan(1000 / mode.waitMs, 'everything is refused; waiting for the window to turn', null, pollMs)
  }

  #pollAgain(mode: In<'held'>, lastRefusedMs: number, nowMs: number): void {
    this.#waitForTurn({ ...mode, waitMs: longerWait(mode.waitMs), lastRefusedMs }, nowMs)
  }

  #endHold(mode: In<'held'>, answer: Answer, nowMs: number): void {
    this.#holdGraceUntilMs = nowMs + AFTERMATH_MS
    if (answer.sentMs - mode.fromMs < SHORTEST_WINDOW_MS) return this.#endBriefHold(mode.fromMs, nowMs)
    const hold = { fromMs: mode.fromMs, lastRefusedMs: mode.lastRefusedMs, turnedMs: answer.sentMs }
    const starts = this.#busySinceMs === null ? [] : [this.#busySinceMs]
    this.#longLimit = limitBehind(hold, starts, (fromMs, toMs) => this.#observations.acceptedBetween(fromMs, toMs))
    this.#busySinceMs = answer.sentMs
    // A sliding window gives back in the pace in which it was used.
    this.#graceUntilMs = nowMs + Math.max(AFTERMATH_MS, Math.min(10_000, (this.#longLimit?.windowMs ?? 0) / 6))
    this.#uncertainty = 0.02
    this.#caution.reset(nowMs)
    if (this.#longLimit === null && this.#quota === null) return this.#search(FIRST_RATE, nowMs)
    this.#cruise('refused all until the window turned')
  }

  /** Either a window turned just then, or only a little is left of the quota: soon held again, it is the latter. */
  #endBriefHold(fromMs: number, nowMs: number): void {
    const isAgain = fromMs - this.#briefHoldMs < 5000
    this.#briefHoldMs = nowMs
    if (isAgain) return this.#startMeasuring('coarse', this.#cruiseRate() * 0.3, nowMs, nowMs)
    this.#graceUntilMs = nowMs
    this.#cruise('refused all for a moment')
  }

  /** The API says when its window turns: that is waited for, and nothing polled before. */
  #obey(answer: Answer, silentMs: number, nowMs: number): void {
    const untilMs = answer.answeredMs + silentMs
    if (untilMs <= Math.max(nowMs, this.plan.heldUntilMs)) return
    const fromMs = this.#mode.kind === 'held' ? this.#mode.fromMs : answer.sentMs
    // Whole seconds are rounded up, as a rule, and counted from some moment after the sending.
    this.#mode = { kind: 'held', fromMs, waitMs: 1000, pollMs: untilMs, lastRefusedMs: answer.sentMs + silentMs - 1000 }
    this.#setPlan(1, `Retry-After ${Math.ceil(silentMs / 1000)} s`, null, untilMs)
  }

  #setPlan(ratePerSecond: number, why: string, train: Train | null = null, heldUntilMs = 0): void {
    this.plan = { stamp: this.plan.stamp + 1, intervalMs: 1000 / ratePerSecond, heldUntilMs, train }
    this.why = why
  }
}

/** Where all of the latest were refused, a long window may have run out: that shows soon. */
function isMostlyRefused(seen: readonly Observation[], refused: number): boolean {
  return refused > 0.5 * seen.length && seen.slice(-SOLID).some(({ accepted }) => accepted)
}
