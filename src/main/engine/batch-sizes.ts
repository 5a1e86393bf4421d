import type { Worked } from './batch'
import type { EngineEvent } from './events'
import type { Pace } from './ports'
import { Sizing, type Advice } from './sizing'

export type SizingKind = 'auto' | 'manual'

/** Who chose a batch size. */
export type ChosenBy = 'operator' | 'auto'

/** The batch size as it is asked for, as it is in force, and as auto would have it. */
export class BatchSizes {
  #inForce: number
  readonly #law: Sizing

  constructor(
    private asked: number,
    private kind: SizingKind,
    maxBatchSize: number,
    /** Who paces requests just now; null where nobody does: then every size is the operator's. */
    private readonly pace: () => Pace | null,
    private readonly emit: (event: EngineEvent) => void,
  ) {
    this.#inForce = asked
    this.#law = new Sizing(maxBatchSize)
  }

  get report() {
    return { asked: this.#isAuto ? this.wanted : this.asked, inForce: this.#inForce, sizing: this.sizing, advised: this.pace() === null ? null : this.#law.advice }
  }

  /** Who chooses, as far as it has an effect. */
  get sizing(): SizingKind {
    return this.#isAuto ? 'auto' : 'manual'
  }

  /** What the next claim is to have. */
  get wanted(): number {
    return this.#isAuto ? (this.#advise()?.size ?? this.asked) : this.asked
  }

  /** By the operator, who thereby takes over from auto. */
  ask(size: number): void {
    const from = this.report.asked
    this.setSizing('manual')
    if (size === from && size === this.asked) return
    this.asked = size
    this.emit({ type: 'batch-size-asked', from, to: size })
  }

  setSizing(kind: SizingKind): void {
    if (kind === this.kind) return
    // Manual goes on with what is in force.
    if (kind === 'manual' && this.#isAuto) this.asked = this.#inForce
    this.kind = kind
    this.emit({ type: 'sizing-changed', sizing: kind })
  }

  /** A batch of the wanted size starts. */
  takeEffect(): void {
    const to = this.wanted
    if (to === this.#inForce) return
    const from = this.#inForce
    this.#inForce = to
    const why = this.#isAuto ? (this.#law.advice?.why ?? '') : 'asked for by the operator'
    this.emit({ type: 'batch-size-in-force', from, to, by: this.#isAuto ? 'auto' : 'operator', why })
  }

  /** The size that the operator asked for is kept to from now on; auto's takes effect with its next batch, as it wanders. */
  takeOver(): void {
    if (!this.#isAuto) this.takeEffect()
  }

  observe(worked: Worked): void {
    if (worked.outcome.kind === 'succeeded') this.#law.observe(worked)
    this.#advise()
  }

  get #isAuto(): boolean {
    return this.kind === 'auto' && this.pace() !== null
  }

  #advise(): Advice | null {
    const pace = this.pace()
    return pace === null ? null : this.#law.advise(pace.report())
  }
}
