import { CsvError, parse } from 'csv-parse/sync'
import { MAX_LINE_BYTES, type Line } from './lines'

/** A row of a CSV file: its cells, or what is wrong with it. `line` is the one that it begins on. */
export type CsvRecord =
  | { readonly line: number; readonly text: string; readonly cells: readonly string[] }
  | { readonly line: number; readonly text: string; readonly problem: string }

/** Lines that one row may span. */
const MAX_RECORD_LINES = 100

const UNCLOSED = 'has a quote that is not closed'
const MISPLACED = 'has a quote in the middle of a cell'
type CsvProblem = typeof UNCLOSED | typeof MISPLACED

/**
 * 1. Reads rows from lines; blank lines between rows are passed over.
 * 2. A quoted cell may span lines (RFC 4180), but never a line that is a good row when it is read alone: then, or when the
 *    quote is not closed within MAX_RECORD_LINES, the quote counts as forgotten.
 * 3. A row that is spoiled by a forgotten quote costs its first line only: reading goes on at the second.
 */
export class CsvRecords {
  #ahead: Line[] = []

  constructor(
    private readonly lines: AsyncIterator<Line>,
    private readonly delimiter: string,
    private readonly isGoodRow: (cells: readonly string[]) => boolean,
  ) {}

  async *read(): AsyncGenerator<CsvRecord> {
    for (let line = await this.#next(); line !== null; line = await this.#next()) {
      if ('problem' in line) yield { line: line.number, text: line.excerpt, problem: line.problem }
      else if (line.text.trim() !== '') yield await this.#record(line)
    }
  }

  async #record({ number: line, text }: { readonly number: number; readonly text: string }): Promise<CsvRecord> {
    const alone = cellsOf(text, this.delimiter)
    if (typeof alone !== 'string') return { line, text, cells: alone }
    const whole = alone === UNCLOSED ? await this.#restOf(text) : null
    return whole ? { line, ...whole } : { line, text, problem: alone }
  }

  /** The row that begins with an open quote; null when nothing sensible closes it: then the lines are read again. */
  async #restOf(begin: string): Promise<{ text: string; cells: readonly string[] } | null> {
    const taken: Line[] = []
    let text = begin
    while (taken.length < MAX_RECORD_LINES && text.length <= MAX_LINE_BYTES) {
      const line = await this.#next()
      if (line === null) break
      taken.push(line)
      if ('problem' in line) break
      text += `\n${line.text}`
      if (hasEvenQuotes(line.text)) {
        const alone = cellsOf(line.text, this.delimiter)
        if (typeof alone !== 'string' && this.isGoodRow(alone)) break
        continue
      }
      const cells = cellsOf(text, this.delimiter)
      if (typeof cells !== 'string') return { text, cells }
      break
    }
    this.#ahead.unshift(...taken)
    return null
  }

  async #next(): Promise<Line | null> {
    const line = this.#ahead.shift()
    if (line) return line
    const { done, value } = await this.lines.next()
    return done ? null : value
  }
}

/** The cells of one row, or what is wrong with it. */
export function cellsOf(row: string, delimiter: string): string[] | CsvProblem {
  const text = row.endsWith('\r') ? row.slice(0, -1) : row
  if (!text.includes('"')) return text.split(delimiter)
  try {
    const records = parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true })
    return (records as string[][])[0] ?? [] // no columns option: arrays
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return error.code === 'CSV_QUOTE_NOT_CLOSED' ? UNCLOSED : MISPLACED
  }
}

/** Such a line leaves a quoted cell open that it found open. */
function hasEvenQuotes(text: string): boolean {
  let count = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count += 1
  return count % 2 === 0
}
