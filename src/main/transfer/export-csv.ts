import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { cellText, type Cell } from './csv-cells'

export interface CsvOptions {
  readonly file: string
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<Readonly<Record<string, Cell>>>
  /** For the progress; rows that come and go meanwhile may make it a little wrong. */
  readonly totalRows: number
  readonly signal: AbortSignal
  onProgress(rows: number, totalRows: number): void
}

/** A file that could not be written. The message says why and what to do; the old file, if there was one, is intact. */
export class ExportFailed extends Error {
  override readonly name = 'ExportFailed'
}

/** Rows that are written, and told of, at once. */
const ROWS_AT_ONCE = 1000

/**
 * Writes a CSV (RFC 4180: header, CRLF, quotes where needed; UTF-8 without a byte-order mark, which Python and DuckDB would
 * take for a part of the first name). It is written next to the target and renamed at the end: a cancelled or failed export
 * leaves no half file, and what was there before intact. Rejects with ExportFailed, or with the signal's reason.
 */
export async function exportCsv(options: CsvOptions): Promise<{ rows: number; bytes: number }> {
  const { file } = options
  const unfinished = join(dirname(file), `.${basename(file)}.${process.pid}-${Date.now()}.part`)
  try {
    await refuseFolder(file)
    const handle = await open(unfinished, 'wx')
    let written
    try {
      written = await writeRows(handle, options)
      await handle.sync()
    } finally {
      await handle.close()
    }
    options.signal.throwIfAborted()
    await rename(unfinished, file)
    return written
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw explained(file, error)
  }
}

async function writeRows(handle: FileHandle, { columns, rows, totalRows, signal, onProgress }: CsvOptions) {
  let count = 0
  let bytes = await write(handle, [columns])
  let waiting: string[][] = []
  const flush = async () => {
    bytes += await write(handle, waiting)
    count += waiting.length
    waiting = []
    onProgress(count, Math.max(count, totalRows))
  }
  onProgress(0, totalRows)
  for await (const row of rows) {
    signal.throwIfAborted()
    waiting.push(columns.map((column) => cellText(row[column] ?? null)))
    if (waiting.length === ROWS_AT_ONCE) await flush()
  }
  if (waiting.length > 0) await flush()
  return { rows: count, bytes }
}

async function write(handle: FileHandle, rows: readonly (readonly string[])[]): Promise<number> {
  const text = Buffer.from(stringify(rows.map((row) => [...row]), { record_delimiter: 'windows' }))
  await handle.writeFile(text)
  return text.length
}

async function refuseFolder(file: string): Promise<void> {
  const facts = await stat(file).catch(() => null)
  if (facts?.isDirectory()) throw new ExportFailed(`${file} is a folder: choose a file name in it`)
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some room, or choose another disk',
  EDQUOT: 'the disk quota is used up. Free some room, or choose another disk',
  EACCES: 'this user may not write there. Choose another folder',
  EPERM: 'this user may not write there, or another program has the file open. Close it, or choose another name',
  EBUSY: 'another program has the file open. Close it, or choose another name',
  EROFS: 'that disk is read-only. Choose another one',
  ENOENT: 'its folder does not exist. Choose one that does',
  ENOTDIR: 'a part of its path is not a folder. Choose another one',
  ENAMETOOLONG: 'the name is too long. Choose a shorter one',
}

function explained(file: string, error: unknown): unknown {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? '']
  return reason === undefined ? error : new ExportFailed(`${file} was not written: ${reason}`)
}
