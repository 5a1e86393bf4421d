import type { Config } from '../../shared/config'
import { DISCOVERY_BOUNDS, type DiscoveryCounts, type DiscoveryPlan, type DiscoveryPreview, type DiscoveryProgress } from '../../shared/discovery'
import { chainProblem } from '../analysis/addresses'
import { previewOf } from '../analysis/discovery-cost'
import { configuredQuota } from '../assembly/api-source'
import type { Assembly } from '../assembly/assemble'
import { sumOf, wordsOf } from '../operator/discovery'
import { EXIT, type Terminal } from './terminal'

/** Prints what the plan would cost with the configured accounts. Needs neither Redis nor the API. */
export function printPreview(plan: DiscoveryPlan, config: Config, json: boolean, terminal: Terminal): number {
  const preview = previewOf(plan, configuredQuota(config))
  terminal.out(json ? JSON.stringify({ plan, preview }) : previewLine(plan, preview))
  return EXIT.ok
}

/**
 * Fills the queue by the plan. The preview and what is skipped go to stderr, the figures to stdout. SIGINT and SIGTERM end
 * it, a second one at once; what is queued by then stays queued. Answers the exit code.
 */
export async function discover(assembly: Assembly, plan: DiscoveryPlan, json: boolean, terminal: Terminal): Promise<number> {
  const { pairSource } = assembly
  const preview = pairSource.preview(plan)
  terminal.err(previewLine(plan, preview))
  const cancel = new AbortController()
  const interrupt = () => {
    if (cancel.signal.aborted) process.exit(EXIT.interrupted)
    cancel.abort()
  }
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  const told = tellerOf(terminal)
  const end = await pairSource.fill(plan, {
    signal: cancel.signal,
    onProgress: told.progress,
    onSkip: (skip) => told.line(wordsOf(skip)),
  })
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  told.end()
  terminal.out(json ? JSON.stringify({ plan, preview, counts: end.counts, state: end.state }) : `${sumOf(end.counts)}.`)
  if (end.state.kind === 'failed') terminal.err(`Discovery ended early: ${end.state.message}`)
  return exitCodeOf(end)
}

/** A whole number within the bounds of this part of a plan. Throws an Error that says what is allowed. */
export function countOf(part: keyof typeof DISCOVERY_BOUNDS, text: string): number {
  const { min, max } = DISCOVERY_BOUNDS[part]
  const count = /^\d{1,6}$/.test(text) ? Number(text) : NaN
  if (count >= min && count <= max) return count
  throw new Error(`allowed are whole numbers from ${min} to ${max}`)
}

/** The chain's name as it is asked for. Throws an Error that names those that are known. */
export function chainOf(text: string): string {
  const problem = chainProblem(text.toLowerCase())
  if (problem !== null) throw new Error(problem)
  return text.toLowerCase()
}

/** For example `20 trending tokens × 50 top traders on solana: at most 101 requests, 3,050 compute units, 1,000 pairs; …`. */
function previewLine({ chain, tokens, traders }: DiscoveryPlan, preview: DiscoveryPreview): string {
  const n = (count: number) => count.toLocaleString('en-US')
  const { requests, computeUnits, pairs, seconds } = preview
  const time = seconds === null ? 'the quota is not known' : `at least ${n(Math.ceil(seconds))} s at the quota`
  const cost = `at most ${n(requests)} requests, ${n(computeUnits)} compute units, ${n(pairs)} pairs`
  return `${n(tokens)} trending tokens × ${n(traders)} top traders on ${chain}: ${cost}; ${time}`
}

/** Progress on one line that is rewritten where there is a screen; else only what must be read, one line each. */
function tellerOf(terminal: Terminal) {
  const rewrite = (text: string) => terminal.isScreen && process.stderr.write(`\r\u001b[2K${text.slice(0, terminal.columns - 1)}`)
  let waiting: string | null = null
  const line = (text: string) => {
    rewrite('')
    terminal.err(text)
  }
  return {
    line,
    progress: ({ counts, state }: DiscoveryProgress) => {
      const reason = state.kind === 'running' ? state.waiting : null
      if (reason !== null && reason !== waiting) line(`Waiting: ${reason}`)
      waiting = reason
      rewrite(progressLine(counts))
    },
    end: () => rewrite(''),
  }
}

function progressLine({ requests, requestsExpected, traders, enqueued }: DiscoveryCounts): string {
  return `${requests}/${requestsExpected} requests · ${traders} traders · ${enqueued} new pairs`
}

function exitCodeOf({ state }: DiscoveryProgress): number {
  if (state.kind === 'cancelled') return EXIT.interrupted
  return state.kind === 'finished' ? EXIT.ok : EXIT.failed
}
