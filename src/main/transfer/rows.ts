import type { BatchRecord } from '../../shared/frames'
import type { PairEntry } from '../../shared/pair'
import { RESULT_COLUMNS } from '../../shared/result'
import type { Cell } from './csv-cells'

type CsvRow = Readonly<Record<string, Cell>>

/** A failed pair as the queue keeps it. */
interface Failure {
  readonly entry: PairEntry
  readonly reason: string
  readonly message: string
  readonly attempts: number
  readonly refusals: number
  readonly recoveries: number
  readonly failedAtMs: number
}

export const RESULT_COLUMN_NAMES: readonly string[] = RESULT_COLUMNS.map(({ name }) => name)

/** The columns that existing tools read: results and failures have them in common, in this order. */
const COMMON_COLUMNS = RESULT_COLUMN_NAMES.slice(0, RESULT_COLUMN_NAMES.indexOf('error_message') + 1)

export const FAILED_COLUMNS: readonly string[] = [
  ...COMMON_COLUMNS,
  'chain',
  'token_address',
  'token_symbol',
  'reason',
  'attempts',
  'refusals',
  'recoveries',
  'failed_at',
  'trader_volume_usd',
  'trader_trades',
  'discovered_at',
]

/** The figures of a failed pair are empty: it has none. */
export function rowOfFailure({ entry, message, failedAtMs, ...failure }: Failure): CsvRow {
  return {
    wallet_address: entry.wallet_address,
    status: 'failed',
    error_message: message,
    chain: entry.chain,
    token_address: entry.token_address,
    token_symbol: entry.token_symbol ?? null,
    reason: failure.reason,
    attempts: failure.attempts,
    refusals: failure.refusals,
    recoveries: failure.recoveries,
    failed_at: new Date(failedAtMs).toISOString(),
    trader_volume_usd: entry.trader_volume_usd ?? null,
    trader_trades: entry.trader_trades ?? null,
    discovered_at: entry.discovered_at ?? null,
  }
}

export const BATCH_COLUMNS: readonly string[] = [
  'batch',
  'size',
  'succeeded',
  'rate_limited',
  'transient',
  'timed_out',
  'permanent',
  'untouched',
  'started_at',
  'took_ms',
  'wait_ms',
  'why',
]

export function rowOfBatch(batch: BatchRecord): CsvRow {
  return {
    batch: batch.number,
    size: batch.size,
    succeeded: batch.succeeded,
    rate_limited: batch.rateLimited,
    transient: batch.transient,
    timed_out: batch.timedOut,
    permanent: batch.permanent,
    untouched: batch.untouched,
    started_at: new Date(batch.startedAtMs).toISOString(),
    took_ms: batch.tookMs,
    wait_ms: batch.waitMs,
    why: batch.why,
  }
}
