import { randomUUID } from 'node:crypto'
import { open, readdir, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { stringify, type Options as StringifyOptions } from 'csv-stringify/sync'
import { cellText, type Cell } from './csv-cells'

export interface CsvOptions {
  readonly file: string
  readonly columns: readonly string[]
  /** Null for an item that is left out. */
  readonly rows: AsyncIterable<Readonly<Record<string, Cell>> | null>
  /** For the progress; rows that come and go meanwhile may make it a little wrong. */
  readonly totalRows: number
  readonly signal: AbortSignal
  onProgress(progress: { readonly rows: number; readonly seen: number; readonly totalRows: number }): void
}

/** A file that could not be written. The message says why and what to do; the old file, if there was one, is intact. */
export class ExportFailed extends Error {
  override readonly name = 'ExportFailed'
}

/** Rows that are written, and told of, at once. */
const ROWS_AT_ONCE = 1000
const UNFINISHED = /^\.sluice-[0-9a-f-]{36}\.part$/
/** An unfinished file that nobody has written to for a day has nobody who would: exports wait for Redis, but not that long. */
const ABANDONED_MS = 24 * 60 * 60 * 1000
/**
 * A lone CR or LF ends a row for some readers, so cells with one are quoted as well as those with a whole CRLF; so are those with
 * what parts cells for others.
 */
const CSV_FORMAT: StringifyOptions = { record_delimiter: 'windows', quoted_match: /[\r\n;\t]/ }

/**
 * Writes a CSV (RFC 4180: header, CRLF, quotes where needed; UTF-8 without a byte-order mark, which Python and DuckDB would
 * take for a part of the first name). It is written next to the target and renamed at the end: a cancelled or failed export
 * leaves no half file, and what was there before intact. Rejects with ExportFailed when the file cannot be written, with
 * the signal's reason, or with what the rows failed with.
 */
export async function exportCsv(options: CsvOptions): Promise<{ rows: number; bytes: number }> {
  const { file, signal } = options
  const { target, mode } = await targetOf(file)
  await clearAbandoned(dirname(target))
  const unfinished = join(dirname(target), `.sluice-${randomUUID()}.part`)
  const handle = await onDisk(file, () => open(unfinished, 'wx', mode))
  try {
    const written = await unlessAborted(signal, writeRows(handle, options)).finally(() => onDisk(file, () => handle.close()))
    signal.throwIfAborted()
    await onDisk(file, () => rename(unfinished, target))
    return written
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw error
  }
}

async function writeRows(handle: FileHandle, { file, columns, rows, totalRows, signal, onProgress }: CsvOptions) {
  let count = 0
  let seen = 0
  let bytes = 0
  let waiting: string[][] = [[...columns]]
  const flush = async () => {
    if (waiting.length === 0) return
    const text = Buffer.from(stringify(waiting, CSV_FORMAT))
    await onDisk(file, () => handle.writeFile(text))
    bytes += text.length
    waiting = []
  }
  const tell = () => onProgress({ rows: count, seen, totalRows: Math.max(seen, totalRows) })
  signal.throwIfAborted()
  await flush()
  tell()
  for await (const row of rows) {
    signal.throwIfAborted()
    seen += 1
    if (row !== null) {
      waiting.push(columns.map((column) => cellText(row[column] ?? null)))
      count += 1
    }
    if (seen % ROWS_AT_ONCE !== 0) continue
    await flush()
    tell()
  }
  await flush()
  await onDisk(file, () => handle.sync())
  tell()
  return { rows: count, bytes }
}

/** Removes what exports that were killed (`kill -9`, a power cut) left here. It only tidies: what it cannot do is let be. */
async function clearAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((candidate) => UNFINISHED.test(candidate))) {
    const file = join(folder, name)
    const facts = await stat(file).catch(() => null)
    if (facts && Date.now() - facts.mtimeMs > ABANDONED_MS) await rm(file, { force: true }).catch(() => undefined)
  }
}

/**
 * The file itself where a link was named, so that the link stays one. Only what a rename may replace. What takes the place of a file
 * may be read by nobody who could not read that file.
 */
async function targetOf(file: string): Promise<{ readonly target: string; readonly mode: number }> {
  const facts = await stat(file).catch(() => null)
  if (facts === null) return { target: file, mode: 0o666 }
  if (facts.isDirectory()) throw new ExportFailed(`${file} is a folder: choose a file name in it`)
  if (!facts.isFile()) throw new ExportFailed(`${file} is a device or a pipe: choose the name of a file`)
  return { target: await onDisk(file, () => realpath(file)), mode: facts.mode & 0o777 }
}

/** Work that may be waiting for a Redis that is away, until the signal aborts; rejects with its reason then. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some room, or choose another disk',
  EDQUOT: 'the disk quota is used up. Free some room, or choose another disk',
  EACCES: 'this user may not write there. Choose another folder',
  EPERM: 'this user may not write there, or another program has the file open. Close it, or choose another name',
  EBUSY: 'another program has the file open. Close it, or choose another name',
  EROFS: 'that disk is read-only. Choose another one',
  EFBIG: 'it would be larger than this disk or user may have. Choose another disk',
  ENOENT: 'its folder does not exist. Choose one that does',
  ENOTDIR: 'a part of its path is not a folder. Choose another one',
  ENAMETOOLONG: 'the name is too long. Choose a shorter one',
}

/** Explains what the disk refuses. Only that: the rows come from Redis, whose errors have the same codes. */
async function onDisk<T>(file: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException // what node:fs throws
    throw new ExportFailed(`${file} was not written: ${REASONS[code] ?? message}`)
  }
}
