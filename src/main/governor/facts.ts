import { Caution } from './caution'
import { settlingMs, UNKNOWN_LATENCY, withSample, type Latency } from './latency'
import { limitPerSecond, type Limit } from './limit'
import { type Answer, type Knowledge, type Reach, silenceMs } from './modes'
import { Observations } from './observations'
import { Policies } from './policies'

/** Not a round number: at a multiple of the quota a fixed window looks like a gap. */
export const FIRST_RATE = 3.7
/** Refusals that were on their way when a plan ended are no news. */
export const AFTERMATH_MS = 1000
/** What is measured so close to the ceiling most likely is the ceiling; from further below it is probed. */
const NEARLY_CEILING = 0.97

/** What is told so soon is told of a window that has just begun, as likely as not. */
const FIRST_REQUESTS = 10

/** What a learner has found out, and what it remembers of how: its modes share it. Rates are requests per second. */
export class Facts {
  readonly observations = new Observations()
  readonly caution = new Caution()
  latency: Latency = UNKNOWN_LATENCY

  quota: number | null
  uncertainty: number
  longLimit: Limit | null
  source: Knowledge['source']
  readonly policies = new Policies()
  /** The quota that the API told last, requests per second. */
  told: number | null = null
  /** Of the limit that refused last, else of any, where the API told it. */
  toldRequests: number | null = null
  /** Whether the API minds gaps and has no burst; whether a gap was believed in that did not explain the refusals. */
  isStrict = false
  isGapRefuted = false
  /** A train was accepted that no API takes which minds gaps, however the network jitters. */
  isBurstProven = false
  /** A quota that was believed in because it is round, and was wrong. */
  refutedRound: number | null = null

  /** The fastest that was searched at without a refusal, and where the first came. */
  cleanRate: number | null = null
  refusedRate = 0
  /** What was accepted in whole for seconds, while it was measured. */
  steadyRate: number | null = null
  /** Whether a long window was put to the test already; whether the API is silent for a while when it is asked too fast, and how long. */
  isDoubted = false
  isPunishing = false
  punishedMs = 0
  /** Between what rates that is being looked for. */
  ascent: { readonly low: number; readonly high: number } | null = null
  /** When it went on after the last punishment, and how many were accepted from the one before until it. */
  turn: { readonly turnedMs: number; readonly accepted: number } | null = null

  settledMs = 0
  /** What was sent before the quota was known costs no credit. */
  chargedFromMs = 0
  /** Refusals of what was sent before are no news; nor, before the other, that all was refused. */
  graceUntilMs = 0
  holdGraceUntilMs = 0
  /** When the last probe ended. */
  probedMs = 0
  /** When it sent what was refused first. */
  probeRefusedMs = 0
  /** The probe that was refused last, as long as it is not known how much of it. */
  unreckoned: { readonly reach: Reach; readonly fromMs: number; readonly refusedMs: number; readonly untilMs: number } | null = null
  lastEpisodeMs = 0
  /** Shorter gaps that were accepted, one after the other. */
  climbs = 0
  /** The rate that was accepted before the last of them; null once something is known of the one after. */
  climbedFrom: number | null = null
  briefHoldMs = -Infinity
  /** When it was last found out whether the long limit has risen, or that there is one. */
  stretchedMs = 0
  /** A long window that gave more than its limit, and since when all that is let through is sent. */
  outgrown: { readonly windowMs: number; readonly sinceMs: number } | null = null
  /** Since when something has been accepted: a window may be counted from there. */
  busySinceMs: number | null = null

  /** `ceiling`: the most that the quota can be; Infinity where nothing is known of it. */
  constructor(known: Knowledge, readonly ceiling: number) {
    this.quota = known.quotaPerSecond
    this.uncertainty = known.uncertainty
    this.longLimit = known.longLimit
    this.source = known.source
  }

  hear(answer: Answer): void {
    this.observations.add(answer)
    this.latency = withSample(this.latency, answer.answeredMs - answer.sentMs)
    // Where there are several limits, that of a refusal is the one that matters.
    if (answer.limitRequests !== null && (!answer.accepted || this.toldRequests === null)) this.toldRequests = answer.limitRequests
    if (answer.accepted) this.#hearAccepted(answer)
    else if (answer.sentMs >= this.chargedFromMs) this.caution.refused((silenceMs(answer) / 1000) * (this.quota ?? 0), this.longQuota)
  }

  settle(quota: number, uncertainty: number, nowMs: number): void {
    if (this.quota === null) this.caution.forgive()
    this.quota = quota < this.ceiling * NEARLY_CEILING ? quota : this.ceiling
    // A long window that allows more has nothing to say any more.
    if (this.longLimit !== null && limitPerSecond(this.longLimit) > this.quota) this.longLimit = null
    this.uncertainty = uncertainty
    if (this.source === 'headers' && quota !== this.told) this.source = 'learned'
    this.caution.reset(nowMs, this.quota ?? 0)
    this.climbedFrom = null
    this.outgrown = null
    this.unreckoned = null
    if (this.isPunishing) this.caution.refused((this.punishedMs / 1000) * this.quota, this.quota)
    this.settledMs = nowMs
    this.chargedFromMs = nowMs + AFTERMATH_MS
    this.holdGraceUntilMs = nowMs + AFTERMATH_MS
    this.graceUntilMs = nowMs + AFTERMATH_MS
  }

  /** The API itself told its quota. */
  believe(told: number, nowMs: number): void {
    this.source = 'headers'
    this.told = told
    this.uncertainty = 0.005
    this.longLimit = null
    this.quota = told
    this.caution.reset(nowMs, this.quota ?? 0)
    this.graceUntilMs = nowMs + AFTERMATH_MS
  }

  /**
   * The first requests were sent before the policy was told that they count for: when an even pace would have come to as many,
   * with those that are not answered yet. `rate`: how fast they were sent, per second.
   */
  evenAgainMs(rate: number, nowMs: number): number {
    const sent = this.observations.between(0, nowMs)
    const [first] = sent
    if (first === undefined || sent.length > FIRST_REQUESTS) return 0
    const underWay = Math.ceil(((nowMs - (sent.at(-1)?.sentMs ?? nowMs)) / 1000) * rate)
    return first.sentMs + ((sent.length + underWay) * 1000) / this.cruiseRate
  }

  /** Nothing faster is tried. */
  get most(): number {
    return Math.min(this.ceiling, this.told ?? Infinity)
  }

  endProbe(nowMs: number): void {
    this.probedMs = nowMs
    this.probeRefusedMs = Math.min(nowMs, this.observations.lastOnsetMs ?? nowMs)
    this.graceUntilMs = nowMs + AFTERMATH_MS
  }

  /** What the API accepts in the long run. */
  get longQuota(): number {
    if (this.longLimit === null) return this.quota ?? FIRST_RATE
    return Math.min(this.quota ?? Infinity, limitPerSecond(this.longLimit))
  }

  get cruiseRate(): number {
    // A network's jitter is little beside a long window: less distance does.
    return this.longQuota * (1 - (this.longLimit === null ? this.caution.margin : this.caution.margin / 2))
  }

  /** Whether the quota may be more than what is known: then it is probed. */
  get mayBeMore(): boolean {
    return this.longLimit === null && (this.quota ?? 0) < this.ceiling * NEARLY_CEILING && this.source !== 'headers'
  }

  /** What was sent longer ago than this has been answered. */
  get settlingMs(): number {
    return settlingMs(this.latency)
  }

  /** Moments at which the API may have begun to count a window. */
  get windowStartsMs(): readonly number[] {
    return this.busySinceMs === null ? [] : [this.busySinceMs]
  }

  #hearAccepted(answer: Answer): void {
    this.caution.accepted()
    if (this.busySinceMs === null || answer.sentMs < this.busySinceMs) this.busySinceMs = answer.sentMs
  }
}
