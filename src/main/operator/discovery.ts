import type { DiscoveryCounts, DiscoveryPlan, DiscoveryPreview, DiscoveryProgress, DiscoverySkip } from '../../shared/discovery'
import type { PairSource } from './ports'
import type { Spoken } from './narration'

/** The discovery of this session: one at a time, previewed, started, followed, cancelled. */
export class Discovery {
  #progress: DiscoveryProgress | null = null
  #running: { readonly cancel: AbortController; readonly ended: Promise<void> } | null = null

  constructor(
    private readonly source: PairSource,
    private readonly say: (line: Spoken) => void,
  ) {}

  /** How the present one stands, or how the last one ended; null before the first. */
  get progress(): DiscoveryProgress | null {
    return this.#progress
  }

  preview(plan: DiscoveryPlan): DiscoveryPreview {
    return this.source.preview(plan)
  }

  /** Begins and answers at once; how it goes is in `progress`. False, and nothing else, while another one runs. */
  start(plan: DiscoveryPlan): boolean {
    if (this.#running !== null) return false
    const cancel = new AbortController()
    this.say(info(`Discovering pairs: ${plan.tokens} trending tokens on ${plan.chain}, ${plan.traders} top traders of each`))
    this.#running = { cancel, ended: this.#run(plan, cancel.signal) }
    return true
  }

  cancel(): void {
    this.#running?.cancel.abort()
  }

  /** Cancels, and waits for what is being queued. */
  async close(): Promise<void> {
    this.cancel()
    await this.#running?.ended
  }

  async #run(plan: DiscoveryPlan, signal: AbortSignal): Promise<void> {
    const end = await this.source.fill(plan, {
      signal,
      onProgress: (progress) => (this.#progress = progress),
      onSkip: (skip) => this.say(warn(wordsOf(skip))),
    })
    this.#running = null
    this.say(endingOf(end))
  }
}

const info = (text: string): Spoken => ({ level: 'info', text })
const warn = (text: string): Spoken => ({ level: 'warn', text })

/** For example `Discovery skipped the token FOX: 500 Internal server error`. */
export function wordsOf({ what, name, reason }: DiscoverySkip): string {
  return what === 'token' ? `Discovery skipped the token ${name}: ${reason}` : `Discovery skipped ${name}: ${reason}`
}

/** For example `960 new pairs of 1,000 traders; 40 known already; 0 found twice; 0 skipped; 20 tokens read, 0 skipped`. */
export function sumOf({ traders, enqueued, known, repeated, tradersSkipped, tokensRead, tokensSkipped }: DiscoveryCounts): string {
  const n = (count: number) => count.toLocaleString('en-US')
  const parts = [
    `${n(enqueued)} new pairs of ${n(traders)} traders`,
    `${n(known)} known already`,
    `${n(repeated)} found twice`,
    `${n(tradersSkipped)} skipped`,
    `${n(tokensRead)} tokens read, ${n(tokensSkipped)} skipped`,
  ]
  return parts.join('; ')
}

function endingOf({ state, counts }: DiscoveryProgress): Spoken {
  const sum = sumOf(counts)
  if (state.kind === 'failed') return warn(`Discovery ended early: ${state.message}. Until then: ${sum}`)
  return info(state.kind === 'cancelled' ? `Discovery cancelled: ${sum}` : `Discovery finished: ${sum}`)
}
