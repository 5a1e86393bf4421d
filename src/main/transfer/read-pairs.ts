import { stat } from 'node:fs/promises'
import { parse as parseCsv } from 'csv-parse/sync'
import { readLines } from './lines'
import { columnOf, PAIR_COLUMNS, rowOfCells, rowOfJson, type Row, type Validate } from './pair-rows'

/** A row of the file with its line, from 1. `excerpt` is the beginning of a row that was refused. */
export type PairRow =
  | { readonly line: number; readonly raw: string }
  | { readonly line: number; readonly reason: string; readonly excerpt: string }

/** A file that cannot be imported at all. The message names it and says what to do. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused'
}

const EXCERPT_LENGTH = 80
const DELIMITERS = [',', ';', '\t']

/**
 * The pairs of a CSV file with a header, or of a JSON-lines file, in order. A row is a line: a quote that is not closed
 * spoils its own row and no other. Rejects with ImportRefused when the file itself cannot be used.
 */
export async function* readPairs(file: string, validate: Validate): AsyncGenerator<PairRow> {
  await checkFile(file)
  let read: ((text: string) => Row) | null = null
  for await (const line of readLines(file)) {
    if ('problem' in line) {
      yield { line: line.number, reason: line.problem, excerpt: '' }
      continue
    }
    if (line.text.trim() === '') continue
    if (read === null) {
      const isJson = line.text.trimStart().startsWith('{')
      read = isJson ? (text) => rowOfJson(text, validate) : csvReader(file, line.text, validate)
      if (!isJson) continue
    }
    const row = read(line.text)
    yield 'raw' in row
      ? { line: line.number, raw: row.raw }
      : { line: line.number, reason: row.reason, excerpt: line.text.slice(0, EXCERPT_LENGTH) }
  }
  if (read === null) throw new ImportRefused(`${file} is empty: it needs a header with the columns ${needed()}, or JSON lines`)
}

async function checkFile(file: string): Promise<void> {
  const facts = await stat(file).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : `it cannot be opened (${error.code})`
    throw new ImportRefused(`${file} cannot be imported: ${why}`)
  })
  if (facts.isDirectory()) throw new ImportRefused(`${file} is a folder: name a CSV or JSON-lines file in it`)
}

/** Reads the header; answers the reader of the rows below it. */
function csvReader(file: string, header: string, validate: Validate): (text: string) => Row {
  if (header.trimStart().startsWith('[')) {
    throw new ImportRefused(`${file} is a JSON array: write one JSON object a line instead (jq -c '.[]' does it)`)
  }
  const delimiter = DELIMITERS.find((candidate) => header.includes(candidate)) ?? ','
  const names = cellsOf(header, delimiter)
  if (typeof names === 'string') throw new ImportRefused(`${file}: the header ${names}`)
  const columns = names.map(columnOf)
  for (const column of ['wallet_address', 'token_address'] as const) {
    const times = columns.filter((candidate) => candidate === column).length
    if (times === 0) {
      throw new ImportRefused(`${file} has no column ${column}: it has ${names.join(', ')}; needed are ${needed()}`)
    }
  }
  const twice = columns.find((column, i) => column !== null && columns.indexOf(column) !== i)
  if (twice) throw new ImportRefused(`${file} names the column ${twice} twice: remove one of them`)
  return (text) => {
    const cells = cellsOf(text, delimiter)
    return typeof cells === 'string' ? { reason: cells } : rowOfCells(cells, columns, validate)
  }
}

/** The cells of one line, or what is wrong with it. */
function cellsOf(line: string, delimiter: string): string[] | string {
  if (!line.includes('"')) return line.split(delimiter)
  try {
    const [cells] = parseCsv(line, { delimiter, relax_column_count: true }) as string[][] // no columns option: arrays
    return cells ?? []
  } catch {
    return 'has a quote that is not closed or stands in the middle of a cell'
  }
}

function needed(): string {
  const [wallet, token, ...optional] = PAIR_COLUMNS
  return `${wallet} and ${token} (optional: ${optional.join(', ')})`
}
