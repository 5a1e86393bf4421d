import type { Batch, Worked } from './batch'
import type { BatchSizes } from './batch-sizes'
import { classicWait, FIRST_WAIT, type Wait } from './pacing'
import type { Claim } from './ports'
import type { Shift } from './shift'
import { IDLE_POLL_MS, type Station } from './station'
import { recordOf, tallyOf } from './tally'

/** Claims a batch, works all of its pairs at once, settles them in one step, waits as the rule says, and again. */
export class ClassicShift implements Shift {
  #batch: Batch | null = null
  #wait: Wait = FIRST_WAIT
  #notBeforeMs = 0

  constructor(
    private readonly station: Station,
    private readonly sizes: BatchSizes,
    private readonly isToEnd: () => boolean,
  ) {}

  async work(): Promise<void> {
    while (await this.#mayStartABatch()) {
      const claimed = await this.station.claim(Math.min(this.sizes.wanted, this.station.breaker.allowance))
      if (claimed === null) continue
      const { claim, left } = claimed
      if (claim.pairs.length > 0 && this.station.state.kind !== 'running') await this.station.giveBack(claim)
      else if (claim.pairs.length > 0) await this.#workABatch(claim)
      else if (left === 0 && (await this.station.isFinished(claim))) this.#end()
      else if (left === 0) await this.station.sleep(Math.min(IDLE_POLL_MS, claim.nextDueMs ?? IDLE_POLL_MS))
    }
  }

  get inFlight(): number {
    return this.#batch?.size ?? 0
  }

  get wait(): Wait {
    return this.#wait
  }

  release(why: string): void {
    this.#batch?.release(why)
  }

  /** Resolves true when the next batch may start, false when the engine is to end or to work in another way. */
  async #mayStartABatch(): Promise<boolean> {
    for (;;) {
      const { state } = this.station
      switch (state.kind) {
        case 'idle':
        case 'draining':
        case 'stopping':
          return false
        case 'pausing':
          this.station.become({ kind: 'paused', reason: state.reason, by: state.by })
          break
        case 'paused':
          await this.station.sleep(Number.MAX_SAFE_INTEGER)
          break
        case 'running': {
          if (this.isToEnd()) return false
          const untilMs = this.#notBeforeMs - this.station.options.clock.nowMs()
          const restMs = Math.max(untilMs, this.station.breaker.retryInMs)
          if (restMs <= 0) return true
          await this.station.sleep(restMs)
        }
      }
    }
  }

  async #workABatch(claim: Claim): Promise<void> {
    this.sizes.takeEffect()
    const { clock } = this.station.options
    const startedMs = clock.nowMs()
    const { batch, release } = this.station.open(claim, () => claim.pairs, (worked) => this.sizes.observe(worked))
    this.#batch = batch
    const worked = await batch.run()
    await this.#settle(claim, worked, batch.startedAtMs, clock.nowMs() - startedMs)
    release()
    this.#batch = null
    this.station.pauseIfBlocked(worked, false)
  }

  async #settle(claim: Claim, worked: readonly Worked[], startedAtMs: number, tookMs: number): Promise<void> {
    const { queue, clock } = this.station.options
    const wait = classicWait(this.#wait, worked.filter(({ outcome }) => outcome.kind === 'rate-limited').length)
    const settlements = worked.map((one) => this.station.settlementOf(one))
    const record = recordOf({ number: claim.token, worked, startedAtMs, tookMs, wait })
    const receipt = await this.station.patiently(() => queue.settle(settlements, [record]))
    // Given up while stopping: the leases end by themselves, and the pairs come back to the front.
    if (receipt === null) return
    this.#wait = wait
    this.#notBeforeMs = clock.nowMs() + wait.waitMs
    this.station.emit({ type: 'batch-settled', batch: record, tally: tallyOf(settlements, receipt), wait, worked })
  }

  /** Unless the operator has asked for something else meanwhile. */
  #end(): void {
    if (this.station.state.kind === 'running') this.station.become({ kind: 'draining' })
  }
}
