import { createPairAnalyzer, type PairAnalyzer } from '../../src/main/analysis/pair-analyzer'
import { PairAttempt } from '../../src/main/engine/pair-attempt'
import { demoPairs } from '../../src/main/simulator/demo-pairs'
import { startSimulator, type Simulator } from '../../src/main/simulator/simulator'
import { systemClock } from '../../src/main/system-clock'
import type { Pipeline } from './pipeline'

/** The real analyzer over a simulated API, without keys and unpaced. */
export function analyzerOver({ url }: Simulator): PairAnalyzer {
  const nothing = () => undefined
  return createPairAnalyzer({
    baseUrl: url,
    accounts: [],
    requestTimeoutMs: 5000,
    maxTransactions: 5000,
    clock: systemClock,
    onRequest: nothing,
    onNotice: nothing,
  })
}

/**
 * Works pairs of the demo's world through the real analyzer into the pipeline, without an engine: what succeeds is done.
 * Answers the API that knows them, which is fast and refuses nothing, and how many there are.
 */
export async function analyzedPairs({ queue }: Pipeline, count: number): Promise<{ readonly simulator: Simulator; readonly done: number }> {
  const simulator = await startSimulator({ latencyMs: 0, rps: 100_000 })
  const analyzer = analyzerOver(simulator)
  await queue.enqueue(demoPairs(count).map((pair) => JSON.stringify(pair)))
  const { pairs } = await queue.claim(count)
  let done = 0
  for (const { id, token, entry } of pairs) {
    const outcome = await analyzer.analyze(entry, new PairAttempt())
    if (outcome.kind === 'succeeded') {
      await queue.settle([{ id, token, disposition: { to: 'done', result: outcome.result } }])
      done++
    } else {
      const { message } = outcome
      await queue.settle([{ id, token, disposition: { to: 'failed', reason: 'permanent', message } }])
    }
  }
  analyzer.close()
  return { simulator, done }
}
