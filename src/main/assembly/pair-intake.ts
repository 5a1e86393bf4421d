import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { MAX_SAMPLE_ROWS, MAX_TOLD_REJECTIONS, type ImportRejection, type ImportSampleRow } from '../../shared/pair-import'
import { pairProblem } from '../analysis/addresses'
import { OperatorRefused, type ImportFile, type ImportWatch, type PairIntake, type ReceivedFile } from '../operator/ports'
import type { QueueReader } from '../queue/reads'
import type { RedisWorkQueue } from '../queue/redis-work-queue'
import { DroppedFile } from '../transfer/dropped-file'
import { exportCsv, unlessAborted } from '../transfer/export-csv'
import { importPairs } from '../transfer/import-pairs'
import { previewPairs, type GoodRow } from '../transfer/preview-pairs'
import { readPairs } from '../transfer/read-pairs'

const REJECTED_COLUMNS = ['line', 'reason', 'row'] as const

interface PairIntakeParts {
  readonly queue: RedisWorkQueue
  readonly reader: QueueReader
  /** Where copies of dropped files are; nothing else is kept there. */
  readonly droppedFolder: string
}

/** A file that can be read, under the name that the person knows. */
interface FileAtPath extends ImportFile {
  readonly path: string
}

/** Files of pairs for the window: checked, queued, and their rejected rows saved. */
export class PairIntakeDesk implements PairIntake {
  readonly #paths = new WeakMap<ImportFile, string>()

  constructor(private readonly parts: PairIntakeParts) {}

  async open(path: string): Promise<ImportFile> {
    const facts = await stat(path).catch((error: unknown) => {
      throw new OperatorRefused(`${basename(path)} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    })
    return this.#remembered({ path, name: basename(path), bytes: facts.size, remove: async () => {} })
  }

  async receive(name: string, bytes: number): Promise<ReceivedFile> {
    const dropped = await DroppedFile.begin(this.parts.droppedFolder, name, bytes).catch((error: unknown) => {
      throw new OperatorRefused(`${name} cannot be copied: ${error instanceof Error ? error.message : String(error)}`)
    })
    return this.#remembered({
      path: dropped.path,
      name,
      bytes,
      take: (at: number, piece: Uint8Array) => dropped.take(at, piece),
      finish: () => dropped.finish(),
      remove: () => dropped.remove(),
    })
  }

  check(file: ImportFile, { signal, onProgress }: ImportWatch): Promise<void> {
    const told = new Told()
    return this.#inWords(file, (path) =>
      previewPairs({
        file: path,
        validate: pairProblem,
        known: (ids) => unlessAborted(signal, this.parts.reader.known(ids)),
        onReject: (row) => told.reject(row),
        onGood: (row) => told.show(row),
        onProgress: (counts, readBytes, comparesAll) => onProgress({ counts, readBytes, comparesAll, ...told.figures }),
        signal,
      }),
    )
  }

  queue(file: ImportFile, { signal, onProgress }: ImportWatch): Promise<void> {
    const told = new Told()
    return this.#inWords(file, async (path) => {
      const { enqueued: fresh, ...counts } = await importPairs({
        file: path,
        validate: pairProblem,
        // Redis may be away: who cancels does not wait for it.
        enqueue: (entries) => unlessAborted(signal, this.parts.queue.enqueue(entries)),
        onReject: (row) => told.reject(row),
        onProgress: ({ enqueued, duplicates, rejected }, readBytes) =>
          onProgress({ counts: { fresh: enqueued, duplicates, rejected }, readBytes, rejections: told.figures.rejections }),
        signal,
      })
      onProgress({ counts: { fresh, ...counts }, rejections: told.figures.rejections })
    })
  }

  saveRejected(file: ImportFile, target: string): Promise<number> {
    const { signal } = new AbortController()
    return this.#inWords(file, async (path) => {
      const rows = rejectedRows(path)
      return (await exportCsv({ file: target, columns: REJECTED_COLUMNS, rows, totalRows: 0, signal, onProgress: () => {} })).rows
    })
  }

  #remembered<F extends FileAtPath>(file: F): F {
    this.#paths.set(file, file.path)
    return file
  }

  /** What is wrong with a copy is told of the file that it is one of. */
  async #inWords<T>(file: ImportFile, work: (path: string) => Promise<T>): Promise<T> {
    const path = this.#paths.get(file)
    if (path === undefined) throw new Error('That file was opened by another desk')
    try {
      return await work(path)
    } catch (error) {
      if (error instanceof Error) error.message = error.message.replaceAll(path, file.name)
      throw error
    }
  }
}

/** What the window is shown of the rows: the first of each kind. */
class Told {
  #rejections: readonly ImportRejection[] = []
  #sample: readonly ImportSampleRow[] = []

  get figures() {
    return { rejections: this.#rejections, sample: this.#sample }
  }

  reject({ line, reason, excerpt }: ImportRejection): void {
    if (this.#rejections.length < MAX_TOLD_REJECTIONS) this.#rejections = [...this.#rejections, { line, reason, excerpt }]
  }

  show({ line, entry, isFresh }: GoodRow): void {
    if (this.#sample.length === MAX_SAMPLE_ROWS) return
    const { chain, wallet_address: wallet, token_address: token, token_symbol: symbol = null, priority = 0 } = entry
    this.#sample = [...this.#sample, { line, chain, wallet, token, symbol, priority, isFresh }]
  }
}

async function* rejectedRows(path: string) {
  for await (const row of readPairs(path, pairProblem)) {
    yield 'reason' in row ? { line: row.line, reason: row.reason, row: row.excerpt } : null
  }
}
