import { excerptOf } from './lines'
import type { Validate } from './pair-rows'
import { readPairs } from './read-pairs'

/** Entries that are queued by one command. */
const QUEUED_AT_ONCE = 1000

export interface RejectedRow {
  readonly line: number
  readonly reason: string
  readonly excerpt: string
}

/** What became of an entry that was handed to the queue. */
export type Verdict = 'enqueued' | 'duplicate' | { readonly rejected: string }

export interface ImportOptions {
  readonly file: string
  readonly validate: Validate
  /** Queues entries; answers what became of each, in order. */
  enqueue(entries: readonly string[]): Promise<readonly Verdict[]>
  onReject(row: RejectedRow): void
  /** Told after each command to the queue. `readBytes` are of the file. */
  onProgress?(counts: ImportCounts, readBytes: number): void
  /** Ends the import between two commands; what is queued by then stays queued. */
  readonly signal?: AbortSignal | undefined
}

export interface ImportCounts {
  readonly enqueued: number
  readonly duplicates: number
  readonly rejected: number
}

/**
 * Queues the pairs of a file, some hundred at a time, so that memory stays flat for a file of any size. Every row is
 * counted once: queued, known already, or rejected with its line and reason. Rejects with ImportRefused when the file
 * itself cannot be used, and with the signal's reason when that aborts; rows queued by then stay queued, and importing the
 * file again skips them as duplicates.
 */
export async function importPairs({ file, validate, enqueue, onReject, onProgress, signal }: ImportOptions): Promise<ImportCounts> {
  const counts = { enqueued: 0, duplicates: 0, rejected: 0 }
  let waiting: { line: number; raw: string }[] = []
  let readBytes = 0
  const reject = (row: RejectedRow) => {
    counts.rejected += 1
    onReject(row)
  }
  const flush = async () => {
    const verdicts = await enqueue(waiting.map(({ raw }) => raw))
    for (const [i, { line, raw }] of waiting.entries()) {
      const verdict = verdicts[i]
      if (verdict === undefined) throw new Error(`The queue did not say what became of line ${line} of ${file}`)
      if (verdict === 'enqueued') counts.enqueued += 1
      else if (verdict === 'duplicate') counts.duplicates += 1
      else reject({ line, reason: verdict.rejected, excerpt: excerptOf(raw) })
    }
    waiting = []
    onProgress?.({ ...counts }, readBytes)
  }
  for await (const row of readPairs(file, validate, (bytes) => (readBytes += bytes))) {
    signal?.throwIfAborted()
    if ('reason' in row) reject(row)
    else waiting.push(row)
    if (waiting.length === QUEUED_AT_ONCE) await flush()
  }
  if (waiting.length > 0) await flush()
  return counts
}
