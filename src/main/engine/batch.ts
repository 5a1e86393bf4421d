import { PairAttempt } from './pair-attempt'
import type { Analyzer, Claim, ClaimedPair, Clock, Effort, Outcome } from './ports'

/** A pair with what came of it. */
export interface Worked {
  readonly pair: ClaimedPair
  readonly outcome: Outcome
  readonly tookMs: number
  readonly effort: Readonly<Effort>
  /** The epoch that it was claimed in, and the batch size in force. */
  readonly epoch: number
  readonly batchSize: number
}

/** A pair of which the outcome is not known yet. */
interface AtWork {
  readonly attempt: PairAttempt
  decide(outcome: Outcome): void
}

interface BatchOptions {
  readonly analyzer: Analyzer
  readonly clock: Clock
  readonly pairTimeoutMs: number
  readonly epoch: number
  readonly batchSize: number
  /** Called as each pair gets its outcome. */
  onWorked(worked: Worked): void
}

/** One batch at work: everything in it at once, each pair under its own time limit. */
export class Batch {
  readonly startedAtMs: number
  readonly #atWork = new Map<string, AtWork>()

  constructor(
    private readonly claim: Claim,
    private readonly options: BatchOptions,
  ) {
    this.startedAtMs = options.clock.wallMs()
  }

  get size(): number {
    return this.claim.pairs.length
  }

  /** Resolves when each pair has an outcome; never rejects. */
  async run(): Promise<Worked[]> {
    const { clock, pairTimeoutMs } = this.options
    // One for all of them, as they start together.
    const callOff = clock.after(pairTimeoutMs, () => this.#abort(this.#atWork.keys(), timedOut(pairTimeoutMs)))
    const worked = await this.#allOf(this.claim.pairs)
    callOff()
    return worked
  }

  /**
   * Gives up these pairs (all of them without a list): requests are aborted, the outcome is "released". Answers how many of
   * them were still at work.
   */
  release(why: string, ids: Iterable<string> = this.#atWork.keys()): number {
    return this.#abort(ids, { kind: 'released', message: why })
  }

  #abort(ids: Iterable<string>, outcome: Outcome): number {
    const given = [...ids].flatMap((id) => this.#atWork.get(id) ?? [])
    for (const { attempt, decide } of given) {
      // The limit is real even for an analyzer that does not listen to its signal.
      decide(outcome)
      attempt.giveUp(outcome)
    }
    return given.length
  }

  /** The pairs in their order, once each has finished. A promise for each would be half of what the garbage collector has to do. */
  #allOf(pairs: readonly ClaimedPair[]): Promise<Worked[]> {
    return new Promise((resolve) => {
      const worked: Worked[] = []
      let left = pairs.length
      if (left === 0) resolve(worked)
      const startedMs = this.options.clock.nowMs()
      for (const [i, pair] of pairs.entries()) {
        this.#work(pair, startedMs, (one) => {
          worked[i] = one
          left -= 1
          this.options.onWorked(one)
          if (left === 0) resolve(worked)
        })
      }
    })
  }

  #work(pair: ClaimedPair, startedMs: number, note: (worked: Worked) => void): void {
    const { analyzer, clock, epoch, batchSize } = this.options
    const attempt = new PairAttempt()
    const decide = (outcome: Outcome) => {
      // What comes after the first is too late.
      if (this.#atWork.delete(pair.id)) note({ pair, outcome, tookMs: clock.nowMs() - startedMs, effort: attempt, epoch, batchSize })
    }
    this.#atWork.set(pair.id, { attempt, decide })
    const fail = (error: unknown) => decide(attempt.givenUpAs ?? unexpected(error))
    // Rather than an async function around it: that is two promises more for each pair.
    try {
      void analyzer.analyze(pair.entry, attempt).then(decide, fail)
    } catch (error) {
      fail(error)
    }
  }
}

function timedOut(pairTimeoutMs: number): Outcome {
  return {
    kind: 'timed-out',
    message: `not finished within ${pairTimeoutMs / 1000} s (setting [engine] pair_timeout_seconds)`,
  }
}

/** A bug in the analysis must not lose the pair or stop the others; it is tried again, then set aside with its message. */
function unexpected(error: unknown): Outcome {
  return { kind: 'transient', message: `unexpected: ${error instanceof Error ? error.message : String(error)}` }
}
