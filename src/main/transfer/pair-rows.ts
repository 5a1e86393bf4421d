import { isLosslessNumber, parse, stringify } from 'lossless-json'
import { MAX_ENTRY_BYTES, MAX_PRIORITY, pairEntrySchema, type PairEntry } from '../../shared/pair'
import { wholeCharacters } from '../../shared/whole-characters'
import { withoutGuard } from './csv-cells'
import { excerptOf } from './lines'

/** Says what is wrong with the addresses of an entry, null when nothing is. */
export type Validate = (entry: PairEntry) => string | null

/** A row as the queue takes it, JSON text with the inbox's field names; or why it cannot. */
export type Row = { readonly raw: string } | { readonly reason: string }

/** The columns that are read, under the names that producers use; others are passed over. */
export const PAIR_COLUMNS = [
  'wallet_address',
  'token_address',
  'token_symbol',
  'chain',
  'trader_volume_usd',
  'trader_trades',
  'discovered_at',
  'priority',
] as const
export type PairColumn = (typeof PAIR_COLUMNS)[number]

const ALIASES = new Map<string, PairColumn>([
  ['wallet', 'wallet_address'],
  ['token', 'token_address'],
])

/** The column that a header cell or a JSON field names; null for one that is passed over. */
export function columnOf(name: string): PairColumn | null {
  const plain = name.trim().toLowerCase()
  return ALIASES.get(plain) ?? PAIR_COLUMNS.find((column) => column === plain) ?? null
}

/** A CSV row: cells by position, the columns that the header gave them. Empty cells are left out. */
export function rowOfCells(cells: readonly string[], columns: readonly (PairColumn | null)[], validate: Validate): Row {
  if (cells.length !== columns.length) {
    return { reason: `has ${cells.length} ${cells.length === 1 ? 'column' : 'columns'} where the header has ${columns.length}` }
  }
  const fields: Record<string, unknown> = {}
  for (const [i, column] of columns.entries()) {
    const cell = cells[i]?.trim()
    if (column && cell) fields[column] = withoutGuard(cell)
  }
  return rowOfFields(fields, validate)
}

/** A line of JSON. Numbers keep their digits. */
export function rowOfJson(text: string, validate: Validate): Row {
  let parsed: unknown
  try {
    parsed = parse(text)
  } catch (error) {
    // A RangeError comes of brackets nested too deep for the parser.
    return { reason: `is not JSON: ${error instanceof SyntaxError ? excerptOf(error.message) : 'nested too deep'}` }
  }
  if (!isNested(parsed) || Array.isArray(parsed)) return { reason: 'is not a JSON object' }
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(parsed)) {
    const column = columnOf(name)
    if (column === null || value === null) continue
    if (column in fields) return { reason: `names ${column} twice` }
    if (isNested(value)) return { reason: `${column} is a list or an object, not text or a number` }
    fields[column] = typeof value === 'string' ? wholeCharacters(value) : value
  }
  return rowOfFields(fields, validate)
}

/** Stricter than the inbox: who imports a file can be told, and can mend it. */
function rowOfFields(fields: Readonly<Record<string, unknown>>, validate: Validate): Row {
  for (const column of ['wallet_address', 'token_address'] as const) {
    if (fields[column] === undefined || fields[column] === '') return { reason: `${column} is empty` }
    if (typeof fields[column] !== 'string') return { reason: `${column} is not text` }
  }
  const { chain, priority } = fields
  if (chain !== undefined && !(typeof chain === 'string' && /^[a-z0-9-]+$/i.test(chain))) {
    return { reason: `chain ${shown(chain)} is not a name made of letters, digits and hyphens` }
  }
  if (priority !== undefined && !/^\d$/.test(String(priority))) {
    return { reason: `priority ${shown(priority)} is not a whole number from 0 to ${MAX_PRIORITY}` }
  }
  // Never undefined: everything in it came from text or from JSON.
  const raw = stringify(fields) ?? ''
  const bytes = Buffer.byteLength(raw)
  if (bytes > MAX_ENTRY_BYTES) return { reason: `takes ${bytes} bytes in the queue, where ${MAX_ENTRY_BYTES} are the most: shorten its longest cell` }
  const entry = pairEntrySchema.safeParse(JSON.parse(raw))
  if (!entry.success) return { reason: entry.error.issues.map(({ message }) => message).join('; ') }
  const problem = validate(entry.data)
  return problem === null ? { raw } : { reason: problem }
}

/** A list or an object; a number that keeps its digits is an object to JavaScript only. */
function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isLosslessNumber(value)
}

function shown(value: unknown): string {
  return JSON.stringify(excerptOf(String(value), 40))
}
