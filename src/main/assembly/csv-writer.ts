import { exportCsv, unlessAborted } from '../transfer/export-csv'
import { BATCH_COLUMNS, FAILED_COLUMNS, RESULT_COLUMN_NAMES, rowOfBatch, rowOfFailure } from '../transfer/rows'
import type { WriteCsv } from '../operator/ports'
import type { QueueReader } from '../queue/reads'

/** Writes what the queue keeps as CSV. */
export function csvWriter(reader: QueueReader): WriteCsv {
  return async ({ kind, file, signal, onProgress }) => {
    // Redis may be away: who cancels does not wait for it.
    const totalRows = await unlessAborted(signal, reader.count(kind))
    const common = { file, totalRows, signal, onProgress }
    switch (kind) {
      case 'results':
        return exportCsv({ ...common, columns: RESULT_COLUMN_NAMES, rows: reader.results() })
      case 'failed':
        return exportCsv({ ...common, columns: FAILED_COLUMNS, rows: mapped(reader.failures(), rowOfFailure) })
      case 'batches':
        return exportCsv({ ...common, columns: BATCH_COLUMNS, rows: mapped(reader.batches(), rowOfBatch) })
    }
  }
}

async function* mapped<A, B>(items: AsyncIterable<A>, map: (item: A) => B): AsyncGenerator<B> {
  for await (const item of items) yield map(item)
}
