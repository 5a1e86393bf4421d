import type { BreakerReport } from '../../shared/frames'
import { Breaker, type BreakerRules } from './breaker'
import type { EngineEvent } from './events'
import type { Clock, Outcome, Pace } from './ports'

interface BreakerWatchParts {
  readonly rules: BreakerRules
  readonly clock: Clock
  /** Who tells of refusals beyond explanation; null where nobody paces. */
  readonly pace: Pace | null
  emit(event: EngineEvent): void
}

/** The breaker on the engine's clock: whoever looks at it hears of it as it is now, and all hear when it changes. */
export class BreakerWatch {
  readonly #breaker: Breaker
  #toldKind: BreakerReport['kind'] = 'closed'

  constructor(private readonly parts: BreakerWatchParts) {
    this.#breaker = new Breaker(parts.rules)
  }

  /** How many pairs it lets be in flight; Infinity while it is closed. */
  get allowance(): number {
    return this.#breaker.allowance(this.#look())
  }

  /** Until it tries again. */
  get retryInMs(): number {
    return this.#breaker.retryInMs(this.#look())
  }

  get report(): BreakerReport {
    return this.#breaker.report(this.#look())
  }

  /** See `Breaker`. */
  sparesAttempt(outcome: Outcome): boolean {
    return this.#breaker.sparesAttempt(outcome)
  }

  record(outcome: Outcome): void {
    this.#breaker.record(outcome, this.parts.clock.nowMs())
    this.#tell()
  }

  reset(): void {
    this.#breaker.reset()
    this.#tell()
  }

  /** Answers the present, with all that time and refusals have done to it until then. */
  #look(): number {
    const nowMs = this.parts.clock.nowMs()
    this.#breaker.hearRefusals(this.parts.pace?.report().unexplainedRefusalMs ?? 0, nowMs)
    this.#breaker.allowance(nowMs)
    this.#tell()
    return nowMs
  }

  #tell(): void {
    if (this.#breaker.kind === this.#toldKind) return
    this.#toldKind = this.#breaker.kind
    this.parts.emit({ type: 'breaker-changed', breaker: this.#breaker.report(this.parts.clock.nowMs()) })
  }
}
