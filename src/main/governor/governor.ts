import type { QuotaReport } from '../../shared/frames'
import type { Answered, Clock, Leave, NoLeave, Pace, PaceReport, Permits } from '../engine/ports'
import type { AccountGate } from './account-gate'
import { readRateHeaders } from './headers'
import { HORIZON_MS } from './pace'
import { leastHeldMs, paceReport } from './pace-report'
import type { Group, Permit } from './permit'
import { quotaReports } from './quota-reports'
import { Refusals } from './refusals'
import { shareOut, type Line } from './sharing'
import type { Told } from './told-quota'
import { TwinWatch } from './twins'

/** An account as the governor knows it. */
export interface GovernedAccount {
  /** Counts from 1, as the accounts of the settings do. */
  readonly number: number
  readonly label: string
  /** Another account's, once the two turned out to be one. */
  gate: AccountGate
  /** The group of limits that an endpoint belongs to beside the account's own; null for none. */
  groupOf(endpoint: string): Group | null
}

interface Given {
  readonly account: GovernedAccount
  readonly permit: Permit
}

interface Waiter {
  readonly endpoint: string
  readonly accounts: ReadonlySet<number>
  give(given: Given): void
}

/** Between two looks at a gate. Each look is one call to Redis, however many wait. */
const SOONEST_LOOK_MS = 5
const UPKEEP_MS = 50
/** A permit that is late by more would come too close to the next. */
const LATEST_MS = 25
/** After so long without anything to do the office of a leader is left to others. */
const IDLE_AFTER_MS = 3000
const CLOSE_LIMIT_MS = 500
/** What one look may take at most. */
const MOST_AT_ONCE = 1000
/** Between two looks at what other engines have found out or been told, while nothing is asked for here. */
const NEWS_LOOK_MS = 30_000

/**
 * Shares the quotas of all accounts between the requests of this engine, and through Redis with other engines.
 * 1. Those who wait stand in one line; each is given the earliest permit of the accounts that may serve it.
 * 2. Permits are fetched in bulk, as many as wait, a tenth of a second ahead.
 * 3. What requests were answered goes back to whoever leads an account, who learns from it.
 * 4. Accounts that turn out to share a quota go through one gate.
 */
export class Governor implements Pace, Permits {
  readonly #waiters = new Set<Waiter>()
  readonly #twins = new TwinWatch()
  readonly #ended = new AbortController()
  readonly #refusals = new Refusals()
  readonly #wakers = new Map<GovernedAccount, () => void>()
  #lastBusyMs: number
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly accounts: readonly GovernedAccount[],
    private readonly clock: Clock,
  ) {
    this.#lastBusyMs = clock.nowMs()
    this.#running = Promise.all(accounts.map((account) => this.#tend(account)))
  }

  async acquire(endpoint: string, accounts: ReadonlySet<number>, patienceMs: number, signal: AbortSignal): Promise<Leave | NoLeave> {
    signal.throwIfAborted()
    const given = await this.#standInLine(endpoint, accounts, patienceMs, signal)
    signal.throwIfAborted()
    if (given === null) return { account: null, retryAfterMs: this.#heldForMs(accounts), why: this.report().why }
    await this.#until(given.permit.atMs, signal)
    signal.throwIfAborted()
    return this.#leaveOf(given)
  }

  /** What is let through over all accounts, and why. */
  report(): PaceReport {
    return paceReport([...new Set(this.accounts.map(({ gate }) => gate))])
  }

  onRefusal(listener: (error: unknown) => void): () => void {
    return this.#refusals.subscribe(listener)
  }

  /** What is known of each account's quota. */
  get quotas(): readonly QuotaReport[] {
    return quotaReports(this.accounts)
  }

  /** Says to all engines of an account what its quota is; null: what the settings say. Rejects when Redis does. */
  async tell(account: number, told: Told | null): Promise<void> {
    await this.accounts.find(({ number }) => number === account)?.gate.tell(told)
    this.#wake()
  }

  /** Ends; not later than a moment after, should Redis not answer. */
  async close(): Promise<void> {
    this.#ended.abort()
    this.#wake()
    await Promise.race([this.#running, this.clock.sleep(CLOSE_LIMIT_MS)])
  }

  /** A timer may ring a moment before its time; where gaps are minded that is too early. */
  async #until(atMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.clock.nowMs() < atMs) await this.clock.sleep(Math.ceil(atMs - this.clock.nowMs()), signal)
  }

  /** Until there is a permit; null when the patience or the signal ends the waiting. */
  #standInLine(endpoint: string, accounts: ReadonlySet<number>, patienceMs: number, signal: AbortSignal): Promise<Given | null> {
    return new Promise((resolve) => {
      // Who was given a permit leaves the line in the same moment: another account may have one for it, too.
      const leave = (given: Given | null) => {
        this.#waiters.delete(waiter)
        signal.removeEventListener('abort', giveUp)
        callOff()
        resolve(given)
      }
      const giveUp = () => leave(null)
      const waiter: Waiter = { endpoint, accounts, give: leave }
      const callOff = this.clock.after(patienceMs, giveUp)
      signal.addEventListener('abort', giveUp)
      this.#waiters.add(waiter)
      this.#wake()
    })
  }

  #wake(): void {
    this.#lastBusyMs = this.clock.nowMs()
    for (const wake of this.#wakers.values()) wake()
  }

  /** One account's permits, from one look to the next, until the end. */
  async #tend(account: GovernedAccount): Promise<void> {
    let nextNewsLookMs = 0
    while (!this.#ended.signal.aborted) {
      const waiting = this.#groupsWaitedFor(account)
      const isIdle = this.clock.nowMs() - this.#lastBusyMs > IDLE_AFTER_MS
      try {
        for (const [group, count] of waiting) this.#hand(account, await account.gate.take(count, group ?? undefined), group)
        const isLookDue = account.gate.hasUnheard || (account.gate.leads && !isIdle) || this.#isWaitedFor(account)
        if (waiting.size === 0 && isLookDue) await account.gate.take(0)
        if (this.clock.nowMs() >= nextNewsLookMs) {
          nextNewsLookMs = this.clock.nowMs() + NEWS_LOOK_MS
          await account.gate.hearTold()
          await this.#joinIfKnown(account)
        }
        // A look that lays out nothing may be taken all the same.
        if (waiting.size > 0) this.#refusals.hear(account, null)
      } catch (error) {
        // Who waits goes on waiting, as the whole engine does.
        if (!this.#ended.signal.aborted) this.#refusals.hear(account, error)
      }
      const untilNextMs = waiting.size === 0 ? UPKEEP_MS : account.gate.heldForMs - HORIZON_MS / 2
      await this.#rest(account, isIdle ? UPKEEP_MS * 10 : Math.min(UPKEEP_MS, Math.max(SOONEST_LOOK_MS, untilNextMs)))
    }
  }

  /** Sleeps, but wakes for the first who comes while nobody waits. */
  async #rest(account: GovernedAccount, ms: number): Promise<void> {
    const woken = new AbortController()
    if (this.#waiters.size === 0) this.#wakers.set(account, () => woken.abort('woken'))
    await this.clock.sleep(ms, AbortSignal.any([woken.signal, this.#ended.signal]))
    this.#wakers.delete(account)
  }

  #isWaitedFor({ number }: GovernedAccount): boolean {
    return [...this.#waiters].some(({ accounts }) => accounts.has(number))
  }

  /** How many permits this account should give to those who wait, by the group of their endpoint. */
  #groupsWaitedFor(account: GovernedAccount): Map<Group | null, number> {
    const counts = new Map<Group | null, number>()
    const waiters = [...this.#waiters].slice(0, MOST_AT_ONCE * this.accounts.length)
    const nowMs = this.clock.nowMs()
    const lines = this.accounts.map(({ number, gate }) => lineOf(number, gate, nowMs))
    const shares = shareOut(waiters.map(({ accounts }) => accounts), lines, nowMs + HORIZON_MS)
    for (const [i, waiter] of waiters.entries()) {
      if (shares[i] !== account.number) continue
      const group = account.groupOf(waiter.endpoint)
      counts.set(group, Math.min(MOST_AT_ONCE, (counts.get(group) ?? 0) + 1))
    }
    return counts
  }

  #hand(account: GovernedAccount, permits: readonly Permit[], group: Group | null): void {
    const inTime = permits.filter(({ atMs }) => atMs > this.clock.nowMs() - LATEST_MS)
    if (inTime.length > 0) this.#lastBusyMs = this.clock.nowMs()
    const takers = [...this.#waiters].filter(
      (waiter) => waiter.accounts.has(account.number) && account.groupOf(waiter.endpoint) === group,
    )
    for (const [i, permit] of inTime.entries()) takers[i]?.give({ account, permit })
  }

  /** Another engine may have found out, or this one before it was started again. */
  async #joinIfKnown(account: GovernedAccount): Promise<void> {
    if (this.accounts.length === 1) return
    const name = await account.gate.sameAs()
    const other = this.accounts.find((one) => one !== account && one.gate.name === name)
    if (other) account.gate = other.gate
  }

  /** The later of two accounts that turned out to be one goes by the quota of the earlier. */
  async #join(one: number, other: number): Promise<void> {
    const [first, second] = [Math.min(one, other), Math.max(one, other)].map((number) =>
      this.accounts.find((account) => account.number === number),
    )
    if (!first || !second || first.gate === second.gate) return
    const gate = second.gate
    second.gate = first.gate
    await gate.tellSameAs(first.gate).catch(() => {
      // Redis is away: other engines will find out for themselves.
    })
  }

  #leaveOf({ account: { number, gate }, permit: { stamp, inTrain } }: Given): Leave {
    return {
      account: number,
      report: ({ sentMs, answeredMs, refused, header }: Answered) => {
        const twin = this.#twins.sight({ account: number, sentMs, accepted: !refused, inTrain })
        if (twin !== null) void this.#join(number, twin)
        const told = readRateHeaders(header, this.clock.wallMs())
        const retryAfterMs = refused ? told.retryAfterMs : null
        gate.report({ ...told, sentMs, answeredMs, accepted: !refused, stamp, inTrain, retryAfterMs })
      },
    }
  }

  #heldForMs(accounts: ReadonlySet<number>): number {
    return leastHeldMs(this.accounts.filter(({ number }) => accounts.has(number)).map(({ gate }) => gate))
  }
}

/** Before there is a plan, one permit is expected now. */
function lineOf(account: number, { heldForMs, permittedPerSecond }: AccountGate, nowMs: number): Line {
  return { account, nextMs: nowMs + heldForMs, intervalMs: permittedPerSecond === null ? HORIZON_MS : 1000 / permittedPerSecond }
}
