import type { Redis } from 'ioredis'
import type { Clock } from '../engine/ports'
import { defineGovernorCommands, type Taken } from './commands'
import type { AccountKeys } from './keys'
import { Learner } from './learner'
import { sustainedPerSecond, type Limit } from './limit'
import { NOTHING_KNOWN, type Answer, type Knowledge } from './modes'
import { HORIZON_MS } from './pace'
import type { Group, Permit } from './permit'
import { ServerClock } from './server-clock'
import { configuredBy, inForce, spelledWord, type Told, type ToldBy } from './told-quota'
import { encodeAnswer, decodeAnswer, readKnowledge, type Report } from './wire'

interface GateOptions {
  readonly redis: Redis
  readonly keys: AccountKeys
  /** Names this engine among others. */
  readonly owner: string
  readonly clock: Clock
  /** What the settings say of its quota. */
  readonly settings: Told
}

/** A leader that is not heard of for so long is replaced. */
const OFFICE_MS = 2000
const SAME_FOR_SECONDS = 24 * 3600
const NO_GROUP: Group = { name: '', intervalMs: 0 }

/**
 * The door to one account, for one engine.
 * 1. Asks Redis for the next permits, many in one call, and hands on what earlier ones were answered.
 * 2. While it leads: learns from the answers of all engines, and publishes the plan that all of them follow.
 * 3. Passes on what an operator says of the quota, to all engines, and goes by it.
 */
export class AccountGate {
  /** Called when something else is said of the quota from now on. */
  onTold: () => void = () => {}
  readonly #serverClock = new ServerClock()
  #unheard: Report[] = []
  #learner: Learner | null = null
  #publishedStamp = 0
  #knowledge: Knowledge
  /** The operator's word, as Redis has it. */
  #word = ''
  #deafBeforeStamp = 0
  #why = ''
  #intervalMs: number | null = null
  #sharers = 1
  /** By the engine's clock: when the next permit may be had. */
  #nextMs = 0

  constructor(private readonly options: GateOptions) {
    defineGovernorCommands(options.redis)
    this.#knowledge = configuredBy(options.settings) ?? NOTHING_KNOWN
  }

  get knowledge(): Knowledge {
    return this.#knowledge
  }

  /** What is said of the quota, and by whom. */
  get told(): ToldBy {
    return inForce(this.options.settings, this.#word)
  }

  /** Says it to all engines: in force at once, over the settings; null takes it back. Rejects when Redis does. */
  async tell(told: Told | null): Promise<void> {
    const { redis, keys, settings } = this.options
    const word = told === null ? '' : spelledWord(told, settings)
    const quotaPerSecond = sustainedPerSecond(inForce(settings, word).limits)
    await redis.sluiceTellQuota(keys.state, word, quotaPerSecond === null ? 0 : 1000 / quotaPerSecond)
    await this.take(0)
  }

  /** Looks what has been said while nothing was asked for here. Rejects when Redis does. */
  async hearTold(): Promise<void> {
    const { redis, keys } = this.options
    this.#hearWord((await redis.hget(keys.state, 'told')) ?? '')
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

  /** What was learned under another word is begun anew. Answers whether this one is new. */
  #hearWord(word: string): boolean {
    if (word === this.#word) return false
    this.#word = word
    this.#learner = null
    this.#knowledge = configuredBy(this.told) ?? NOTHING_KNOWN
    this.onTold()
    return true
  }

  async #lead([serverMs, leads, stamp, nextMs, , , heard, knowledge, , , , word]: Taken): Promise<void> {
    const nowMs = Number(serverMs)
    // What was answered under another word tells nothing of this one; nor is anything sent sooner for it.
    const isNewWord = this.#hearWord(word)
    const before = { stamp, heldUntilMs: isNewWord ? Number(nextMs) : 0 }
    if (leads === 0) {
      this.#learner = null
      return
    }
    if (isNewWord) this.#deafBeforeStamp = stamp
    this.#learner ??= this.#newLearner(nowMs, readKnowledge(knowledge), before)
    for (const text of heard) this.#hear(text, nowMs)
    this.#learner.tick(nowMs)
    await this.#publish(this.#learner)
  }

  #newLearner(nowMs: number, known: Knowledge | null, before: { readonly stamp: number; readonly heldUntilMs: number }): Learner {
    const configured = configuredBy(this.told)
    this.#publishedStamp = 0
    const ceiling = configured?.quotaPerSecond ?? Infinity
    // What was learned while nothing was configured is not asked for any more, and the other way round.
    const isFitting = known !== null && (configured === null) === (known.source !== 'configured')
    return new Learner(nowMs, configured ?? (isFitting ? known : NOTHING_KNOWN), ceiling, before)
  }

  #hear(text: string, nowMs: number): void {
    const heard = decodeAnswer(text)
    if (heard === null || this.#learner === null || heard.answer.stamp < this.#deafBeforeStamp) return
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
      this.#word,
    )
    if (isTaken === 1) this.#publishedStamp = plan.stamp
    else this.#learner = null
  }
}
