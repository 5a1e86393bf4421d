import type { BatchRecord, EpochRecord } from '../../shared/frames'
import type { PairEntry } from '../../shared/pair'
import { ATTEMPT_COLUMNS, type Attempt } from '../../shared/attempt'
import { RESULT_COLUMNS } from '../../shared/result'
import type { Cell } from './csv-cells'

type CsvRow = Readonly<Record<string, Cell>>
/** Columns in their order, each with what stands in it. */
type Cells<T> = Readonly<Record<string, (item: T) => Cell>>

/** A failed pair as the queue keeps it. */
interface Failure {
  readonly entry: PairEntry
  readonly reason: string
  readonly message: string
  readonly attempts: number
  readonly refusals: number
  readonly recoveries: number
  readonly failedAtMs: number
  readonly epoch?: number | undefined
}

export const RESULT_COLUMN_NAMES: readonly string[] = RESULT_COLUMNS.map(({ name }) => name)

/** The columns that existing tools read: results and failures have them in common, in this order. */
const COMMON_COLUMNS = RESULT_COLUMN_NAMES.slice(0, RESULT_COLUMN_NAMES.indexOf('error_message') + 1)

/** The other common columns are figures, and empty: a failed pair has none. */
const FAILED_CELLS: Cells<Failure> = {
  wallet_address: ({ entry }) => entry.wallet_address,
  status: () => 'failed',
  error_message: ({ message }) => message,
  chain: ({ entry }) => entry.chain,
  token_address: ({ entry }) => entry.token_address,
  token_symbol: ({ entry }) => entry.token_symbol ?? null,
  reason: ({ reason }) => reason,
  attempts: ({ attempts }) => attempts,
  refusals: ({ refusals }) => refusals,
  recoveries: ({ recoveries }) => recoveries,
  failed_at: ({ failedAtMs }) => new Date(failedAtMs).toISOString(),
  epoch: ({ epoch }) => epoch ?? null,
  trader_volume_usd: ({ entry }) => entry.trader_volume_usd ?? null,
  trader_trades: ({ entry }) => entry.trader_trades ?? null,
  discovered_at: ({ entry }) => entry.discovered_at ?? null,
}

const ATTEMPT_CELLS: Readonly<Record<(typeof ATTEMPT_COLUMNS)[number]['name'], (attempt: Attempt) => Cell>> = {
  wallet_address: ({ entry }) => entry.wallet_address,
  chain: ({ entry }) => entry.chain,
  token_address: ({ entry }) => entry.token_address,
  token_symbol: ({ entry }) => entry.token_symbol ?? null,
  place: ({ place }) => place,
  priority: ({ entry }) => entry.priority ?? 0,
  attempts: ({ attempts }) => attempts,
  refusals: ({ refusals }) => refusals,
  recoveries: ({ recoveries }) => recoveries,
  last_error: ({ lastError }) => lastError,
  reason: ({ reason }) => reason,
  queued_at: ({ queuedAtMs }) => timeOf(queuedAtMs),
  due_at: ({ dueAtMs }) => timeOf(dueAtMs),
  lease_ends_at: ({ leaseEndsAtMs }) => timeOf(leaseEndsAtMs),
  failed_at: ({ failedAtMs }) => timeOf(failedAtMs),
  batch: ({ batch }) => batch,
  epoch: ({ epoch }) => epoch,
}

const BATCH_CELLS: Cells<BatchRecord> = {
  batch: ({ number }) => number,
  epoch: ({ epoch }) => epoch,
  size: ({ size }) => size,
  succeeded: ({ succeeded }) => succeeded,
  rate_limited: ({ rateLimited }) => rateLimited,
  transient: ({ transient }) => transient,
  timed_out: ({ timedOut }) => timedOut,
  permanent: ({ permanent }) => permanent,
  untouched: ({ untouched }) => untouched,
  started_at: ({ startedAtMs }) => new Date(startedAtMs).toISOString(),
  took_ms: ({ tookMs }) => tookMs,
  wait_ms: ({ waitMs }) => waitMs,
  why: ({ why }) => why,
}

const EPOCH_CELLS: Cells<EpochRecord> = {
  epoch: ({ number }) => number,
  pacing: ({ pacing }) => pacing,
  sizing: ({ sizing }) => sizing,
  batch_size: ({ batchSize }) => batchSize,
  mean_batch_size: ({ meanBatchSize }) => meanBatchSize,
  started_at: ({ startedAtMs }) => new Date(startedAtMs).toISOString(),
  ended_at: ({ endedAtMs }) => endedAtMs && new Date(endedAtMs).toISOString(),
  worked_seconds: ({ workedSeconds }) => workedSeconds,
  finished: ({ finished }) => finished,
  done: ({ done }) => done,
  goodput_per_second: ({ goodputPerSecond }) => goodputPerSecond,
  refusals_per_success: ({ refusalsPerSuccess }) => refusalsPerSuccess,
  requests_per_pair: ({ requestsPerPair }) => requestsPerPair,
  yield: ({ yieldShare }) => yieldShare,
  pair_ms_p95: ({ pairMsP95 }) => pairMsP95,
}

export const FAILED_COLUMNS: readonly string[] = [...new Set([...COMMON_COLUMNS, ...Object.keys(FAILED_CELLS)])]
export const ATTEMPT_COLUMN_NAMES: readonly string[] = ATTEMPT_COLUMNS.map(({ name }) => name)
export const BATCH_COLUMNS: readonly string[] = Object.keys(BATCH_CELLS)
export const EPOCH_COLUMNS: readonly string[] = Object.keys(EPOCH_CELLS)

export function rowOfFailure(failure: Failure): CsvRow {
  return rowOf(FAILED_CELLS, failure)
}

export function rowOfAttempt(attempt: Attempt): CsvRow {
  return rowOf(ATTEMPT_CELLS, attempt)
}

export function rowOfBatch(batch: BatchRecord): CsvRow {
  return rowOf(BATCH_CELLS, batch)
}

export function rowOfEpoch(epoch: EpochRecord): CsvRow {
  return rowOf(EPOCH_CELLS, epoch)
}

function timeOf(unixMs: number | null): string | null {
  return unixMs === null ? null : new Date(unixMs).toISOString()
}

function rowOf<T>(cells: Cells<T>, item: T): CsvRow {
  return Object.fromEntries(Object.entries(cells).map(([column, cellOf]) => [column, cellOf(item)]))
}
