/**
 * What refusals may cost, and how close to the quota it is safe to go.
 * 1. Credit: a probe may cost at most a small share of the throughput, in refusals or in silence.
 * 2. Margin: one step further away per episode of refusals (not per refusal), slowly back while nothing is refused.
 * 3. Excess: how many requests too many a probe sends, so that just one of them should be refused.
 */
export class Caution {
  margin = MARGIN
  /** Requests beyond the even spacing that were accepted before one was refused, on average. */
  #slack = 0.5
  #savedBefore = 0
  /** How badly each law explains what probes found, in requests: a window that leaves some unused, a bucket that saves up. */
  #misfitOfSlack = 0
  #misfitOfSavings = 0
  #credit = 0
  /** Refusals that a change of the quota has cost: most of what could be spent on probes goes there first. */
  #debt = 0
  #cleanSinceEpisode = CALM
  #lastProbeMs = 0

  accepted(): void {
    this.#cleanSinceEpisode += 1
    const repaid = Math.min(this.#debt, CREDIT_PER_ACCEPTED * REPAID_SHARE)
    this.#debt -= repaid
    this.#credit = Math.min(MOST_CREDIT, this.#credit + CREDIT_PER_ACCEPTED - repaid)
    if (this.#cleanSinceEpisode % CALM === 0) this.margin = Math.max(MARGIN, this.margin - STEP / 2)
  }

  /**
   * `silencedRequests` would have gone out in the time that the answer told to wait. For refusals alone no more is owed than two
   * minutes bring: however badly a probe went, a quota that rises is not overlooked for longer.
   */
  refused(silencedRequests: number, quotaPerSecond: number): void {
    const mostOwed = CREDIT_PER_ACCEPTED * quotaPerSecond * OWED_SECONDS
    this.#credit = Math.max(this.#credit - 1, Math.min(this.#credit, -mostOwed)) - silencedRequests
  }

  /** Answers whether the margin has reached its bound: then it is not the margin that is wrong. */
  episode(): boolean {
    if (this.margin >= MOST_MARGIN) return true
    if (this.#cleanSinceEpisode < CALM) this.margin = Math.min(MOST_MARGIN, this.margin + STEP)
    this.#cleanSinceEpisode = 0
    return false
  }

  /** A probe that cost more than it should have puts the next one off only so far, as long as not too much is owed. */
  mayProbe(nowMs: number, quotaPerSecond: number): boolean {
    const sinceMs = nowMs - this.#lastProbeMs
    if (sinceMs < PROBE_EVERY_MS) return false
    const overdraft = sinceMs < OVERDRAWN_EVERY_MS ? 0 : Math.min(MOST_OVERDRAFT, quotaPerSecond * OVERDRAFT_SECONDS)
    return this.#credit >= 1 - overdraft
  }

  /**
   * Requests beyond the even spacing that a probe begins with: one more than will be accepted. `saved` is what a bucket
   * can hold by now.
   */
  beginProbe(saved: number): number {
    this.#savedBefore = Math.max(0, saved)
    return (this.savesUp ? this.#savedBefore : Math.min(this.#slack, this.#savedBefore)) + 0.7
  }

  /** A probe has ended. */
  probed(nowMs: number): void {
    this.#lastProbeMs = nowMs
  }

  /** Where a probe found the edge, once all that was refused for it is known. */
  foundEdge(edge: Edge): void {
    const acceptedOfTrain = Math.max(edge.passed, edge.excess - edge.refused, 0)
    const acceptedOfAll = Math.max(0, edge.total - edge.refused)
    this.#misfitOfSlack = (this.#misfitOfSlack + Math.abs(acceptedOfTrain - this.#slack)) / 2
    this.#misfitOfSavings = (this.#misfitOfSavings + Math.abs(acceptedOfAll - this.#savedBefore)) / 2
    this.#slack = (this.#slack + acceptedOfTrain) / 2
  }

  /** Whether unused requests wait in a bucket. Where that is wrong all of them are refused: it must be much the better law. */
  get savesUp(): boolean {
    return this.#misfitOfSavings + CLEARLY_BETTER < this.#misfitOfSlack
  }

  /** The next probe may come in so long, paid for or not. */
  probeSoon(nowMs: number, inMs: number): void {
    this.#credit = Math.max(this.#credit, 1)
    this.#lastProbeMs = nowMs + inMs - PROBE_EVERY_MS
  }

  /** What the first measurement has cost is not paid for. */
  forgive(): void {
    this.#credit = 0
  }

  /** A new quota: what was learned about the old one's edge holds no more. */
  reset(nowMs: number, quotaPerSecond: number): void {
    this.margin = MARGIN
    // A slow account probes rarely as it is.
    this.#debt = Math.min(MOST_DEBT, quotaPerSecond ** 2 / 5, this.#debt + Math.max(0, -this.#credit))
    this.#credit = 0
    this.#cleanSinceEpisode = CALM
    this.#lastProbeMs = nowMs
  }
}

/** What the trains of a probe took too many, in requests. */
export interface Edge {
  /** The last train; how many of it were refused; and the largest before it that was accepted in whole. */
  readonly excess: number
  readonly refused: number
  readonly passed: number
  /** All of them. */
  readonly total: number
}

const CLEARLY_BETTER = 0.5
const MARGIN = 0.012
const MOST_MARGIN = 0.06
const STEP = 0.007
/** Accepted requests after which an episode of refusals counts as over and done with. */
const CALM = 500
/** 0.8 % of the throughput. */
const CREDIT_PER_ACCEPTED = 0.0080
const MOST_CREDIT = 3
const MOST_DEBT = 60
const REPAID_SHARE = 0.7
const PROBE_EVERY_MS = 8000
const OVERDRAWN_EVERY_MS = 9500
const MOST_OVERDRAFT = 4
const OWED_SECONDS = 120
/** What is owed at most is what so much time brings: a slow account would owe it for long. */
const OVERDRAFT_SECONDS = 0.25
