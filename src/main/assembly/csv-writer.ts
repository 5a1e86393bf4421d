import type { ExportPlan } from '../../shared/export-plan'
import type { PairResult } from '../../shared/result'
import type { WriteCsv } from '../operator/ports'
import type { QueueReader } from '../queue/reads'
import { matchesFailure } from './failure-filter'
import { isWanted, readyFilter } from '../result-index/result-filter'
import { exportCsv, unlessAborted } from '../transfer/export-csv'
import { SeenIds } from '../transfer/seen-ids'
import {
  ATTEMPT_COLUMN_NAMES,
  BATCH_COLUMNS,
  EPOCH_COLUMNS,
  FAILED_COLUMNS,
  RESULT_COLUMN_NAMES,
  rowOfAttempt,
  rowOfBatch,
  rowOfEpoch,
  rowOfFailure,
} from '../transfer/rows'

/** Writes what the queue keeps as CSV. */
export function csvWriter(reader: QueueReader): WriteCsv {
  return async ({ plan, file, signal, onProgress }) => {
    // Redis may be away: who cancels does not wait for it.
    const totalRows = await unlessAborted(signal, reader.count(plan.kind))
    const common = { file, totalRows, signal, onProgress }
    switch (plan.kind) {
      case 'results':
        return exportCsv({ ...common, columns: plan.columns ?? RESULT_COLUMN_NAMES, rows: wantedOf(reader.results(), plan) })
      case 'failed':
        return exportCsv({ ...common, columns: FAILED_COLUMNS, rows: mapped(reader.failures(), (failure) => (matchesFailure(plan.filter ?? {}, failure) ? rowOfFailure(failure) : null)) })
      case 'attempts':
        return exportCsv({ ...common, columns: ATTEMPT_COLUMN_NAMES, rows: mapped(eachOnce(reader.attempts()), rowOfAttempt) })
      case 'batches':
        return exportCsv({ ...common, columns: BATCH_COLUMNS, rows: mapped(reader.batches(), rowOfBatch) })
      case 'epochs':
        return exportCsv({ ...common, columns: EPOCH_COLUMNS, rows: mapped(reader.epochs(), rowOfEpoch) })
    }
  }
}

/** Null for what the filter leaves out: it has been looked at, which the progress tells. */
async function* wantedOf(results: AsyncIterable<PairResult>, { filter }: Extract<ExportPlan, { kind: 'results' }>): AsyncGenerator<PairResult | null> {
  const ready = readyFilter(filter ?? {})
  for await (const result of results) yield isWanted(ready, result) ? result : null
}

/** A pair that moved while it was read is told where it was seen first. */
async function* eachOnce<T extends { readonly id: string }>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const seen = new SeenIds()
  for await (const item of items) if (!seen.add(item.id)) yield item
}

async function* mapped<A, B>(items: AsyncIterable<A>, map: (item: A) => B): AsyncGenerator<B> {
  for await (const item of items) yield map(item)
}
