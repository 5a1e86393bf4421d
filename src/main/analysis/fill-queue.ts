import {
  MAX_TOLD_SKIPS,
  type DiscoveryCounts,
  type DiscoveryPlan,
  type DiscoveryProgress,
  type DiscoverySkip,
  type DiscoveryState,
} from '../../shared/discovery'
import { wholeCharacters } from '../../shared/whole-characters'
import type { Clock } from '../engine/ports'
import type { BirdeyeClient } from './birdeye-client'
import { discover, widthFor, type DiscoveryEvent } from './discovery'
import { previewOf, tradersPages } from './discovery-cost'
import { PatientClient } from './patient-client'

/** How long a cancelled discovery waits for the queue's word on its last group. */
const CANCEL_GRACE_MS = 2000

/** What became of an entry that was handed to the queue. */
export type Verdict = 'enqueued' | 'duplicate' | { readonly rejected: string }

export interface FillOptions {
  readonly client: Pick<BirdeyeClient, 'get'>
  readonly clock: Clock
  /** Requests per second of all accounts together; null where it is not known. */
  readonly quotaPerSecond: number | null
  /** Queues entries; answers what became of each, in order. */
  enqueue(entries: readonly string[]): Promise<readonly Verdict[]>
  /** Ends it between two groups; what is queued by then stays queued. */
  readonly signal: AbortSignal
  onProgress(progress: DiscoveryProgress): void
  /** Hears of everything that is left out. */
  onSkip(skip: DiscoverySkip): void
}

/**
 * Finds pairs by the plan and queues each group as it is found. Answers how it ended; never rejects: a cancelled signal, a
 * refused key, a spent allowance and a queue that cannot be had are endings, with what was queued before them.
 */
export async function fillQueue(plan: DiscoveryPlan, options: FillOptions): Promise<DiscoveryProgress> {
  const filling = new Filling(plan, options)
  try {
    return await filling.run()
  } catch (error) {
    if (options.signal.aborted) return filling.end({ kind: 'cancelled' })
    return filling.end({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}

/**
 * 1. Takes what the discovery finds, group by group, and queues it.
 * 2. Counts everything once, and tells how far it is.
 */
class Filling {
  readonly #client: PatientClient
  #counts: DiscoveryCounts
  #skips: readonly DiscoverySkip[] = []
  #state: DiscoveryState = { kind: 'running', waiting: null }

  constructor(
    private readonly plan: DiscoveryPlan,
    private readonly options: FillOptions,
  ) {
    const onWait = (message: string, waitMs: number) => {
      this.#state = { kind: 'running', waiting: `${message}; again in ${waitMs / 1000} s` }
      this.#tell()
    }
    this.#client = new PatientClient({ client: options.client, clock: options.clock, onWait })
    const { requests } = previewOf(plan, null)
    this.#counts = { ...NOTHING, requestsExpected: requests }
  }

  async run(): Promise<DiscoveryProgress> {
    const { clock, signal, quotaPerSecond } = this.options
    this.#tell()
    const means = { client: this.#client, clock, width: widthFor(quotaPerSecond) }
    for await (const event of discover(this.plan, means, signal)) {
      if (event.kind === 'failed') return this.end(event)
      await this.#take(event)
      this.#state = { kind: 'running', waiting: null }
      this.#tell()
      signal.throwIfAborted()
    }
    return this.end({ kind: 'finished' })
  }

  end(state: DiscoveryState): DiscoveryProgress {
    this.#state = state
    this.#tell()
    return this.#progress
  }

  async #take(event: Exclude<DiscoveryEvent, { kind: 'failed' }>): Promise<void> {
    switch (event.kind) {
      case 'tokens': {
        const requestsExpected = this.#client.requests + event.tokens * tradersPages(this.plan)
        this.#add({ tokens: event.tokens })
        this.#counts = { ...this.#counts, requestsExpected }
        return
      }
      case 'token-read':
        return this.#add({ tokensRead: 1 })
      case 'token-skipped':
        this.#skip(event.skip)
        return this.#add({ tokensSkipped: 1 })
      case 'pairs':
        return this.#queue(event)
    }
  }

  async #queue({ pairs, traders, repeated, skips }: Extract<DiscoveryEvent, { kind: 'pairs' }>): Promise<void> {
    const entries = pairs.map((pair) => JSON.stringify(pair, (_name, value: unknown) => (typeof value === 'string' ? wholeCharacters(value) : value)))
    const verdicts = await withGrace(this.options.enqueue(entries), this.options)
    const rejected = verdicts.flatMap((verdict, i) =>
      typeof verdict === 'string' ? [] : [skipOf(pairs[i]?.token_symbol, verdict.rejected)],
    )
    for (const skip of [...skips, ...rejected]) this.#skip(skip)
    const enqueued = verdicts.filter((verdict) => verdict === 'enqueued').length
    const known = verdicts.filter((verdict) => verdict === 'duplicate').length
    this.#add({ traders, repeated, enqueued, known, tradersSkipped: skips.length + rejected.length })
  }

  #skip(skip: DiscoverySkip): void {
    this.#skips = [...this.#skips, skip].slice(-MAX_TOLD_SKIPS)
    this.options.onSkip(skip)
  }

  #add(more: Partial<DiscoveryCounts>): void {
    const sums = Object.entries(more).map(([name, count]) => [name, this.#counts[name as keyof DiscoveryCounts] + count]) // keys of `more`
    this.#counts = { ...this.#counts, ...Object.fromEntries(sums) }
  }

  #tell(): void {
    this.options.onProgress(this.#progress)
  }

  get #progress(): DiscoveryProgress {
    const counts = { ...this.#counts, requests: this.#client.requests }
    return { plan: this.plan, counts, skips: this.#skips, state: this.#state }
  }
}

/** A queue that waits for its connection must not hold up a cancel: then the last group may or may not be queued. */
function withGrace<T>(work: Promise<T>, { signal, clock }: Pick<FillOptions, 'signal' | 'clock'>): Promise<T> {
  return new Promise((resolve, reject) => {
    const over = new AbortController()
    const giveUp = () => void clock.sleep(CANCEL_GRACE_MS, over.signal).then(() => reject(signal.reason))
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, { once: true, signal: over.signal })
    void work.then(resolve, reject).finally(() => over.abort())
  })
}

const NOTHING: DiscoveryCounts = {
  requests: 0,
  requestsExpected: 0,
  tokens: 0,
  tokensRead: 0,
  tokensSkipped: 0,
  traders: 0,
  enqueued: 0,
  known: 0,
  repeated: 0,
  tradersSkipped: 0,
}

function skipOf(symbol: string | undefined, reason: string): DiscoverySkip {
  return { what: 'trader', name: `a trader of ${symbol ?? 'a token'}`, reason: `the queue refused it: ${reason}` }
}
