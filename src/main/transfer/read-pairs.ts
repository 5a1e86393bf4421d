import { extname } from 'node:path'
import { cellsOf, CsvRecords } from './csv-records'
import { excerptOf, readLines, type Line } from './lines'
import { columnOf, PAIR_COLUMNS, rowOfCells, rowOfJson, type PairColumn, type Validate } from './pair-rows'

/** A row of the file with its line, from 1. `excerpt` is the beginning of a row that was refused. */
export type PairRow =
  | { readonly line: number; readonly raw: string }
  | { readonly line: number; readonly reason: string; readonly excerpt: string }

/** A file that cannot be imported at all. The message names it and says what to do. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused'
}

const JSON_LINES_EXTENSIONS = ['.jsonl', '.ndjson', '.json']
const DELIMITERS = [',', ';', '\t']
const [WALLET, TOKEN, ...OPTIONAL_COLUMNS] = PAIR_COLUMNS
const NEEDED = `${WALLET} and ${TOKEN} (optional: ${OPTIONAL_COLUMNS.join(', ')})`

/**
 * The pairs of a CSV file with a header, or of a JSON-lines file, in order: every line that is not blank is part of one
 * row, accepted or refused, and no broken row hides a good one. Rejects with ImportRefused when the file itself cannot be
 * used.
 */
export async function* readPairs(file: string, validate: Validate, onRead?: (bytes: number) => void): AsyncGenerator<PairRow> {
  const lines = readLines(file, onRead)
  try {
    const first = await firstLine(file, lines)
    if (isJsonLines(file, first)) yield* jsonRows(first, lines, validate)
    else yield* csvRows(file, first, lines, validate)
  } catch (error) {
    throw explained(file, error)
  } finally {
    await lines.return(undefined)
  }
}

async function firstLine(file: string, lines: AsyncGenerator<Line>): Promise<Line> {
  for (;;) {
    const { done, value } = await lines.next()
    if (done) throw new ImportRefused(`${file} is empty: it needs a header with the columns ${NEEDED}, or JSON lines`)
    if ('problem' in value || value.text.trim() !== '') return value
  }
}

function isJsonLines(file: string, first: Line): boolean {
  const begin = ('problem' in first ? first.excerpt : first.text).trimStart()
  const isJson = JSON_LINES_EXTENSIONS.includes(extname(file).toLowerCase())
  // Among JSON lines a list without objects is a broken line like any other.
  if (isJson ? /^\[\s*([{[]|$)/.test(begin) : begin.startsWith('[')) {
    throw new ImportRefused(`${file} is a JSON array: write one JSON object a line instead (jq -c '.[]' does it)`)
  }
  return isJson || begin.startsWith('{')
}

async function* jsonRows(first: Line, others: AsyncIterable<Line>, validate: Validate): AsyncGenerator<PairRow> {
  const rowOfLine = (line: Line): PairRow => {
    if ('problem' in line) return { line: line.number, reason: line.problem, excerpt: line.excerpt }
    const row = rowOfJson(line.text, validate)
    return 'raw' in row ? { line: line.number, ...row } : { line: line.number, ...row, excerpt: excerptOf(line.text) }
  }
  yield rowOfLine(first)
  for await (const line of others) {
    if ('problem' in line || line.text.trim() !== '') yield rowOfLine(line)
  }
}

async function* csvRows(file: string, first: Line, others: AsyncIterator<Line>, validate: Validate): AsyncGenerator<PairRow> {
  if ('problem' in first) {
    throw new ImportRefused(`${file} cannot be imported: its first line ${first.problem}. Save it as CSV in UTF-8`)
  }
  const { columns, delimiter } = headerOf(file, first.text)
  const rowOf = (cells: readonly string[]) => rowOfCells(cells, columns, validate)
  const records = new CsvRecords(others, delimiter, (cells) => 'raw' in rowOf(cells))
  for await (const record of records.read()) {
    const row = 'problem' in record ? { reason: record.problem } : rowOf(record.cells)
    yield 'raw' in row ? { line: record.line, ...row } : { line: record.line, ...row, excerpt: excerptOf(record.text) }
  }
}

/** The columns by position, null for those that are passed over. */
function headerOf(file: string, header: string): { columns: readonly (PairColumn | null)[]; delimiter: string } {
  if (/\r[^\r]/.test(header)) {
    throw new ImportRefused(`${file} cannot be imported: its lines end with CR alone. Save it with LF or CRLF line ends`)
  }
  const delimiter = DELIMITERS.find((candidate) => header.includes(candidate)) ?? ','
  const names = cellsOf(header, delimiter)
  if (typeof names === 'string') throw new ImportRefused(`${file} cannot be imported: its header ${names}`)
  const columns = names.map(columnOf)
  const missing = [WALLET, TOKEN].filter((column) => !columns.includes(column))
  if (missing.length > 0) {
    const found = excerptOf(names.join(', '), 300)
    throw new ImportRefused(`${file} has no column ${missing.join(' and no ')}: it has ${found}; needed are ${NEEDED}`)
  }
  const twice = columns.find((column, i) => column !== null && columns.indexOf(column) !== i)
  if (twice) throw new ImportRefused(`${file} names the column ${twice} twice: remove one of them`)
  return { columns, delimiter }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check its path',
  ENOTDIR: 'a part of its path is not a folder. Check its path',
  EISDIR: 'it is a folder. Name a CSV or JSON-lines file in it',
  EACCES: 'this user may not read it. Give it leave to, or copy the file',
  EPERM: 'this user may not read it. Give it leave to, or copy the file',
  EIO: 'the disk could not be read. Copy the file to another one',
}

function explained(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  const { code = '' } = error as NodeJS.ErrnoException // it has a system call
  return new ImportRefused(`${file} cannot be imported: ${REASONS[code] ?? error.message}`)
}
