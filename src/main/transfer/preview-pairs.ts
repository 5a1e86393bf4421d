import type { ImportCounts } from '../../shared/pair-import'
import { pairEntrySchema, pairId, type PairEntry } from '../../shared/pair'
import type { RejectedRow } from './import-pairs'
import type { Validate } from './pair-rows'
import { readPairs } from './read-pairs'
import { SeenIds } from './seen-ids'

/** Rows that are looked up at once; between two looks the engine has its turn. */
const LOOKED_UP_AT_ONCE = 500

/** A row that could be queued. */
export interface GoodRow {
  readonly line: number
  readonly entry: PairEntry
  readonly isFresh: boolean
}

export interface PreviewOptions {
  readonly file: string
  readonly validate: Validate
  /** Which of these ids the queue knows, in order. */
  known(ids: readonly string[]): Promise<readonly boolean[]>
  onReject(row: RejectedRow): void
  /** Called for each good row, in the order of the file. */
  onGood(row: GoodRow): void
  /** `readBytes` are of the file; `comparesAll` is false once there are more rows than are compared with each other. */
  onProgress(counts: ImportCounts, readBytes: number, comparesAll: boolean): void
  readonly signal: AbortSignal
}

/**
 * What an import of a file would do, without doing it: every row is counted once, and memory stays flat for a file of any
 * size. Rejects with ImportRefused when the file itself cannot be used, and with the signal's reason when that aborts.
 */
export async function previewPairs(options: PreviewOptions): Promise<void> {
  const { file, validate, known, onReject, onGood, onProgress, signal } = options
  const counts = { fresh: 0, duplicates: 0, rejected: 0 }
  const seen = new SeenIds()
  let waiting: { line: number; entry: PairEntry }[] = []
  let looked = 0
  let readBytes = 0
  const flush = async () => {
    const ids = waiting.map(({ entry }) => pairId(entry))
    const isKnown = ids.length === 0 ? [] : await known(ids)
    for (const [i, { line, entry }] of waiting.entries()) {
      const isRepeated = seen.add(ids[i] ?? '')
      const isFresh = !isRepeated && isKnown[i] !== true
      counts[isFresh ? 'fresh' : 'duplicates'] += 1
      onGood({ line, entry, isFresh })
    }
    waiting = []
    looked = 0
    onProgress({ ...counts }, readBytes, seen.knowsAll)
    signal.throwIfAborted()
  }
  for await (const row of readPairs(file, validate, (bytes) => (readBytes += bytes))) {
    if ('reason' in row) {
      counts.rejected += 1
      onReject(row)
    } else {
      // It was made of an entry that was read by this very schema.
      waiting.push({ line: row.line, entry: pairEntrySchema.parse(JSON.parse(row.raw)) })
    }
    // A file of nothing but bad rows must not hold up the rest either.
    if ((looked += 1) === LOOKED_UP_AT_ONCE) await flush()
  }
  await flush()
}
