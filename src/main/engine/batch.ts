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
  readonly #aborts = new Map<string, AbortController>()

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
  run(): Promise<Worked[]> {
    return Promise.all(this.claim.pairs.map((pair) => this.#work(pair)))
  }

  /**
   * Gives up these pairs (all of them without a list): requests are aborted, the outcome is "released". Answers how many of
   * them were still at work.
   */
  release(why: string, ids: Iterable<string> = this.#aborts.keys()): number {
    const atWork = [...ids].flatMap((id) => this.#aborts.get(id) ?? [])
    for (const abort of atWork) abort.abort({ kind: 'released', message: why } satisfies Outcome)
    return atWork.length
  }

  async #work(pair: ClaimedPair): Promise<Worked> {
    const { analyzer, clock, pairTimeoutMs, epoch, batchSize } = this.options
    const startedMs = clock.nowMs()
    const abort = new AbortController()
    const finished = new AbortController()
    const effort: Effort = { requests: 0, refused: 0, waitedMs: 0 }
    this.#aborts.set(pair.id, abort)
    void clock.sleep(pairTimeoutMs, finished.signal).then(() => {
      if (!finished.signal.aborted) abort.abort(timedOut(pairTimeoutMs))
    })
    // The race makes the limit real even for an analyzer that does not listen to its signal.
    const outcome = await Promise.race([whenAborted(abort.signal), analyze(analyzer, pair, abort.signal, effort)])
    finished.abort()
    this.#aborts.delete(pair.id)
    const worked = { pair, outcome, tookMs: clock.nowMs() - startedMs, effort, epoch, batchSize }
    this.options.onWorked(worked)
    return worked
  }
}

function timedOut(pairTimeoutMs: number): Outcome {
  return {
    kind: 'timed-out',
    message: `not finished within ${pairTimeoutMs / 1000} s (setting [engine] pair_timeout_seconds)`,
  }
}

function whenAborted(signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(signal.reason as Outcome), { once: true }) // only Outcomes abort it
  })
}

async function analyze(
  analyzer: Analyzer,
  pair: ClaimedPair,
  signal: AbortSignal,
  effort: Effort,
): Promise<Outcome> {
  try {
    return await analyzer.analyze(pair.entry, signal, effort)
  } catch (error) {
    if (signal.aborted) return signal.reason as Outcome
    // A bug in the analysis must not lose the pair or stop the others; it is tried again, then set aside with its message.
    return { kind: 'transient', message: `unexpected: ${error instanceof Error ? error.message : String(error)}` }
  }
}
