import type { PairAnalyzer } from '../analysis/pair-analyzer'
import type { PairEntry } from '../../shared/pair'
import type { PairResult } from '../../shared/result'
import type { PairLens } from '../operator/ports'
import type { ResultPages } from '../queue/result-pages'

interface PairLensParts {
  readonly pages: ResultPages
  readonly analyzer: Pick<PairAnalyzer, 'trades' | 'birdeyeFigures'>
}

/** What is shown of one pair: its result from Redis, the rest asked of the API through the app's own client and quota. */
export class PairDesk implements PairLens {
  readonly #closed = new AbortController()

  constructor(private readonly parts: PairLensParts) {}

  async result(id: string): Promise<PairResult | null> {
    return (await this.parts.pages.byIds([id]))[0] ?? null
  }

  async trades(id: string) {
    return this.parts.analyzer.trades(await this.#entryOf(id), this.#closed.signal)
  }

  async birdeyeFigures(id: string) {
    return this.parts.analyzer.birdeyeFigures(await this.#entryOf(id), this.#closed.signal)
  }

  /** Ends what is being asked. */
  close(): void {
    this.#closed.abort(new Error('Sluice is being closed'))
  }

  async #entryOf(id: string): Promise<PairEntry> {
    const result = await this.result(id)
    if (result === null) throw new Error(`There is no result of ${id} any more. Go back and look for it again`)
    const { chain, wallet_address: wallet, token_address: token } = result
    return { chain: String(chain), wallet_address: String(wallet), token_address: String(token) }
  }
}
