import type { BatchRecord } from '../../shared/frames'
import type { Batch, Worked } from './batch'
import type { BatchSizes } from './batch-sizes'
import type { Tally } from './events'
import type { Wait } from './pacing'
import type { Claim, ClaimedPair, Settlement } from './ports'
import type { Shift } from './shift'
import { IDLE_POLL_MS, type Station } from './station'
import { addTallies, NO_TALLY, recordOf, tallyOf } from './tally'

/** A claim of which not every pair is settled. */
interface OpenBatch {
  readonly claim: Claim
  readonly batch: Batch
  readonly startedMs: number
  readonly unsettled: Map<string, ClaimedPair>
  readonly worked: Worked[]
  tally: Tally
  release(): void
}

interface FinishedPair {
  readonly worked: Worked
  readonly of: OpenBatch
}

/** A free slot waits so long for others, so that one claim serves several. */
const LONGEST_FREE_MS = 200
/** An outcome waits so long for others, so that one settle serves several. */
const LONGEST_UNSETTLED_MS = 100
/** Claims and settles serve this share of the batch size together. */
const GROUPS = 4
const MOST_SETTLED_AT_ONCE = 500
/** While nothing is let through for longer, nothing is claimed either. */
const LONGEST_HOLD_MS = 2000

/**
 * Keeps as many pairs at work as the batch size says: slots are filled as they become free, so one slow pair never holds
 * the others.
 * 1. Settles what has an outcome, several pairs at a time, of whatever batch.
 * 2. Claims for the free slots, several at a time; what was claimed together is a batch.
 * 3. Tells of a batch when its last pair is settled.
 */
export class RollingShift implements Shift {
  readonly #open = new Map<number, OpenBatch>()
  #finished: FinishedPair[] = []
  #oldestFinishedMs = 0
  #atWork = 0
  #freeSinceMs = 0
  #nextLookMs = 0
  #claiming = false
  #settling = false
  #heldWhy: string | null = null

  constructor(
    private readonly station: Station,
    private readonly sizes: BatchSizes,
    private readonly isToEnd: () => boolean,
  ) {}

  async work(): Promise<void> {
    for (;;) {
      const { changed } = this.station
      if (this.#isOver()) return
      // Who asked for a size is told now that it is kept to: the next claim may be seconds away.
      if (this.station.state.kind === 'running') this.sizes.takeOver()
      this.#settleIfDue()
      this.#claimIfDue()
      await this.station.sleep(this.#untilNextTurnMs(), changed)
    }
  }

  get inFlight(): number {
    let pairs = 0
    for (const { unsettled } of this.#open.values()) pairs += unsettled.size
    return pairs
  }

  get wait(): Wait {
    return this.#heldWhy === null ? { waitMs: 0, why: 'slots free' } : { waitMs: this.#heldForMs(), why: this.#heldWhy }
  }

  release(why: string): void {
    for (const { batch } of this.#open.values()) batch.release(why)
  }

  #isOver(): boolean {
    if (this.#claiming || this.#settling || this.#open.size > 0) return false
    this.#pauseIfAsked()
    // Read after that: who hears of the pause may have asked for something else at once.
    const { kind } = this.station.state
    if (kind === 'pausing' || kind === 'paused') return false
    return kind !== 'running' || this.isToEnd()
  }

  #pauseIfAsked(): void {
    const { state } = this.station
    if (state.kind === 'pausing') this.station.become({ kind: 'paused', reason: state.reason, by: state.by })
  }

  #settleIfDue(): void {
    if (this.#settling || this.#finished.length === 0 || this.#untilSettleMs() > 0) return
    this.#settling = true
    const group = this.#finished.splice(0, MOST_SETTLED_AT_ONCE)
    this.#oldestFinishedMs = this.#now
    void this.#settle(group).finally(() => {
      this.#settling = false
      this.station.wake()
    })
  }

  async #settle(group: readonly FinishedPair[]): Promise<void> {
    const settlements = group.map(({ worked }) => this.station.settlementOf(worked))
    const byBatch = new Map<OpenBatch, Settlement[]>()
    for (const [i, { worked, of }] of group.entries()) {
      of.worked.push(worked)
      const settlement = settlements[i]
      const settled = byBatch.get(of)
      if (settled && settlement) settled.push(settlement)
      else if (settlement) byBatch.set(of, [settlement])
    }
    const complete = [...byBatch.keys()].filter((open) => open.worked.length === open.claim.pairs.length)
    const records = new Map(complete.map((open) => [open, this.#recordOf(open)]))
    const receipt = await this.station.patiently(() => this.station.options.queue.settle(settlements, [...records.values()]))
    for (const [open, settled] of byBatch) {
      for (const { id } of settled) open.unsettled.delete(id)
      if (receipt) open.tally = addTallies(open.tally, tallyOf(settled, receipt))
      const record = records.get(open)
      if (record) this.#close(open, receipt === null ? null : record)
    }
    this.station.pauseIfBlocked(group.map(({ worked }) => worked), true)
  }

  /** Given up while stopping, nothing is told: the leases end by themselves, and the pairs come back to the front. */
  #close(open: OpenBatch, record: BatchRecord | null): void {
    open.release()
    this.#open.delete(open.claim.token)
    if (record) this.station.emit({ type: 'batch-settled', batch: record, tally: open.tally, wait: this.wait, worked: open.worked })
  }

  #recordOf({ claim, batch, worked, startedMs }: OpenBatch): BatchRecord {
    const tookMs = this.#now - startedMs
    return recordOf({ number: claim.token, worked, startedAtMs: batch.startedAtMs, tookMs, wait: this.wait })
  }

  #claimIfDue(): void {
    if (this.#claiming || this.station.state.kind !== 'running' || this.isToEnd() || this.#untilClaimMs() > 0) return
    if (this.#isHeld()) return
    const free = Math.min(this.sizes.wanted, this.station.breaker.allowance) - this.#atWork
    if (free <= 0) return
    this.#claiming = true
    void this.#claim(free).finally(() => {
      this.#claiming = false
      this.station.wake()
    })
  }

  async #claim(free: number): Promise<void> {
    const claimed = await this.station.claim(free)
    this.#freeSinceMs = this.#now
    if (claimed === null) return
    const { claim, left } = claimed
    if (claim.pairs.length > 0 && this.station.state.kind !== 'running') return this.station.giveBack(claim)
    if (claim.pairs.length > 0) return this.#start(claim)
    if (left > 0) return
    this.#nextLookMs = this.#now + Math.min(IDLE_POLL_MS, claim.nextDueMs ?? IDLE_POLL_MS)
    const isFinished = this.#open.size === 0 && (await this.station.isFinished(claim))
    if (isFinished && this.station.state.kind === 'running') this.station.become({ kind: 'draining' })
  }

  #start(claim: Claim): void {
    this.sizes.takeEffect()
    const unsettled = new Map(claim.pairs.map((pair) => [pair.id, pair]))
    const { batch, release } = this.station.open(
      claim,
      () => [...unsettled.values()],
      (worked) => this.#onWorked(worked, open),
    )
    const open: OpenBatch = { claim, batch, startedMs: this.#now, unsettled, worked: [], tally: NO_TALLY, release }
    this.#open.set(claim.token, open)
    this.#atWork += claim.pairs.length
    void batch.run()
  }

  #onWorked(worked: Worked, of: OpenBatch): void {
    this.sizes.observe(worked)
    if (this.#finished.length === 0) this.#oldestFinishedMs = this.#now
    if (this.#atWork >= this.sizes.wanted) this.#freeSinceMs = this.#now
    this.#finished.push({ worked, of })
    this.#atWork -= 1
    if (this.#untilSettleMs() <= 0 || this.#untilClaimMs() <= 0) this.station.wake()
  }

  /** Claiming more while nothing is let through would only hold pairs that other engines could work. */
  #isHeld(): boolean {
    const report = this.station.options.pace?.report()
    const isHeld = report !== undefined && report.heldForMs > LONGEST_HOLD_MS
    if (isHeld && this.#heldWhy === null) this.station.emit({ type: 'held', forMs: report.heldForMs, why: report.why })
    this.#heldWhy = isHeld ? report.why : null
    if (isHeld) this.#nextLookMs = this.#now + Math.min(IDLE_POLL_MS, report.heldForMs)
    return isHeld
  }

  #heldForMs(): number {
    return Math.round(this.station.options.pace?.report().heldForMs ?? 0)
  }

  /** Until what is finished is to be settled. */
  #untilSettleMs(): number {
    const isEnough = this.#finished.length >= this.sizes.wanted / GROUPS || this.#atWork === 0
    if (isEnough || this.station.state.kind === 'stopping') return 0
    return this.#oldestFinishedMs + LONGEST_UNSETTLED_MS - this.#now
  }

  #untilClaimMs(): number {
    const { allowance, retryInMs } = this.station.breaker
    const lookMs = Math.max(retryInMs, this.#nextLookMs - this.#now)
    if (lookMs > 0) return lookMs
    const wanted = Math.min(this.sizes.wanted, allowance)
    const free = wanted - this.#atWork
    if (free <= 0) return Infinity
    return this.#atWork === 0 || free >= wanted / GROUPS ? 0 : this.#freeSinceMs + LONGEST_FREE_MS - this.#now
  }

  #untilNextTurnMs(): number {
    const settleMs = this.#settling || this.#finished.length === 0 ? Infinity : this.#untilSettleMs()
    const mayClaim = this.station.state.kind === 'running' && !this.#claiming && !this.isToEnd()
    return Math.max(1, Math.min(settleMs, mayClaim ? this.#untilClaimMs() : Infinity))
  }

  get #now(): number {
    return this.station.options.clock.nowMs()
  }
}
