import type { Redis } from 'ioredis'
import type { Clock } from '../engine/ports'
import { defineGovernorCommands, type Taken } from './commands'
import type { AccountKeys } from './keys'
import { Learner } from './learner'
import type { Limit } from './limit'
import { NOTHING_KNOWN, type Answer, type Knowledge } from './modes'
import { HORIZON_MS } from './pace'
import { ServerClock } from './server-clock'
import { encodeAnswer, decodeAnswer, readKnowledge, type Report } from './wire'

/** Leave to send one request at a moment. */
export interface Permit {
  /** By the engine's monotonic clock. */
  readonly atMs: number
  readonly stamp: number
  readonly inTrain: boolean
}

/** Limits of one group of endpoints, beside those of the account. */
export interface Group {
  readonly name: string
  readonly intervalMs: number
}

interface GateOptions {
  readonly redis: Redis
  readonly keys: AccountKeys
  /** Names this engine among others. */
  readonly owner: string
  readonly clock: Clock
  /** Null where the quota is to be learned. */
  readonly configured: Knowledge | null
}

/** A leader that is not heard of for so long is replaced. */
const OFFICE_MS = 2000
const SAME_FOR_SECONDS = 24 * 3600
const NO_GROUP: Group = { name: '', intervalMs: 0 }

/**
 * The door to one account, for one engine.
 * 1. Asks Redis for the next permits, many in one call, and hands on what earlier ones were answered.
 * 2. While it leads: learns from the answers of all engines, and publishes the plan that all of them follow.
 */
export class AccountGate {
  readonly #serverClock = new ServerClock()
  #unheard: Report[] = []
  #learner: Learner | null = null
  #publishedStamp = 0
  #knowledge: Knowledge
  #why = ''
  #intervalMs: number | null = null
  #sharers = 1
  /** By the engine's clock: when the next permit may be had. */
  #nextMs = 0

  constructor(private readonly options: GateOptions) {
    defineGovernorCommands(options.redis)
    this.#knowledge = options.configured ?? NOTHING_KNOWN
  }

  get knowledge(): Knowledge {
    return this.#knowledge
  }

  /** What the plan in force is, and why, in words. */
  get why(): string {
    return this.#why
  }

  /** What other engines know this account by. */
  get name(): string {
    return this.options.keys.state
  }

  /** The name of the account that this one turned out to be, to any engine; null for none. Rejects when Redis does. */
  async sameAs(): Promise<string | null> {
    return this.options.redis.get(this.options.keys.sameAs)
  }

  /** Lets all engines know for a day: keys may be changed. Rejects when Redis does. */
  async tellSameAs(other: AccountGate): Promise<void> {
    await this.options.redis.set(this.options.keys.sameAs, other.name, 'EX', SAME_FOR_SECONDS)
  }

  get leads(): boolean {
    return this.#learner !== null
  }

  /** Requests per second that the plan lets through; null before there is one. */
  get permittedPerSecond(): number | null {
    return this.#intervalMs === null ? null : 1000 / this.#intervalMs
  }

  /** Engines that use this account now, this one among them. */
  get sharers(): number {
    return this.#sharers
  }

  get heldForMs(): number {
    return Math.max(0, this.#nextMs - this.options.clock.nowMs())
  }

  /** For how long everything has been refused, ms; 0 while something is accepted, or the API told to wait. Known to the leader only. */
  get refusedForMs(): number {
    const sinceMs = this.#learner?.unexplainedSinceMs ?? null
    return sinceMs === null ? 0 : Math.max(0, this.#serverClock.toServerMs(this.options.clock.nowMs()) - sinceMs)
  }

  /** What became of a request that a permit was used for; told to the leader with the next call. */
  report(report: Report): void {
    this.#unheard.push(report)
  }

  get hasUnheard(): boolean {
    return this.#unheard.length > 0
  }

  /** Takes up to `count` permits, none further ahead than the horizon. Rejects when Redis does. */
  async take(count: number, group: Group = NO_GROUP): Promise<Permit[]> {
    const reports = this.#unheard
    this.#unheard = []
    try {
      return await this.#takeAndTell(count, group, reports)
    } catch (error) {
      this.#unheard = [...reports, ...this.#unheard]
      throw error
    }
  }

  async #takeAndTell(count: number, group: Group, reports: readonly Report[]): Promise<Permit[]> {
    const { redis, keys, owner, clock } = this.options
    const sentMs = clock.nowMs()
    const told = reports.map((report) => encodeAnswer(report, (ms) => this.#serverClock.toServerMs(ms)))
    const taken = await redis.sluiceTakePermits(
      keys.state,
      keys.answers,
      keys.engines,
      owner,
      count,
      HORIZON_MS,
      OFFICE_MS,
      group.name,
      group.intervalMs,
      told,
    )
    this.#serverClock.heard(sentMs, Number(taken[0]), clock.nowMs())
    await this.#lead(taken)
    const [, , stamp, nextMs, slots, trains, , knowledge, why, intervalMs, sharers] = taken
    this.#sharers = sharers
    if (!this.leads) {
      this.#why = why
      this.#knowledge = readKnowledge(knowledge) ?? this.#knowledge
      this.#intervalMs = Number(intervalMs) || null
    }
    this.#nextMs = this.#serverClock.toMonotonicMs(Number(nextMs))
    return slots.map((slot, i) => ({
      atMs: this.#serverClock.toMonotonicMs(Number(slot)),
      stamp,
      inTrain: trains[i] === 1,
    }))
  }

  async #lead([serverMs, leads, stamp, , , , heard, knowledge]: Taken): Promise<void> {
    const nowMs = Number(serverMs)
    if (leads === 0) {
      this.#learner = null
      return
    }
    this.#learner ??= this.#newLearner(nowMs, readKnowledge(knowledge), stamp)
    for (const text of heard) this.#hear(text, nowMs)
    this.#learner.tick(nowMs)
    await this.#publish(this.#learner)
  }

  #newLearner(nowMs: number, known: Knowledge | null, lastStamp: number): Learner {
    const { configured } = this.options
    this.#publishedStamp = 0
    const ceiling = configured?.quotaPerSecond ?? Infinity
    // What was learned while nothing was configured is not asked for any more, and the other way round.
    const isFitting = known !== null && (configured === null) === (known.source !== 'configured')
    return new Learner(nowMs, configured ?? (isFitting ? known : NOTHING_KNOWN), ceiling, lastStamp)
  }

  #hear(text: string, nowMs: number): void {
    const heard = decodeAnswer(text)
    if (heard === null || this.#learner === null) return
    this.#learner.answer(heard.answer satisfies Answer, nowMs)
    if (heard.limits !== null) this.#learner.believe(heard.limits satisfies readonly Limit[], heard.answer.accepted, nowMs)
  }

  async #publish(learner: Learner): Promise<void> {
    const { plan, why, knowledge } = learner
    this.#why = why
    this.#knowledge = knowledge
    this.#intervalMs = plan.intervalMs
    if (plan.stamp === this.#publishedStamp) return
    const isTaken = await this.options.redis.sluicePublishPlan(
      this.options.keys.state,
      this.options.owner,
      plan.stamp,
      plan.intervalMs,
      plan.heldUntilMs,
      plan.train?.requests ?? 0,
      plan.train?.intervalMs ?? 0,
      JSON.stringify(knowledge),
      why,
    )
    if (isTaken === 1) this.#publishedStamp = plan.stamp
    else this.#learner = null
  }
}
