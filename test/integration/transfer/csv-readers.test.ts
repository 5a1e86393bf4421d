import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cell, cellText } from '../../../src/main/transfer/csv-cells'
import { exportCsv } from '../../../src/main/transfer/export-csv'
import { BATCH_COLUMNS, FAILED_COLUMNS, RESULT_COLUMN_NAMES, rowOfBatch, rowOfFailure } from '../../../src/main/transfer/rows'
import type { BatchRecord } from '../../../src/shared/frames'
import { RESULT_COLUMNS, type PairResult } from '../../../src/shared/result'

const WALLET = '5Q544fKrFoe6tsEbD7S8EmxGTJYAKtTVhAW5Q5pge4j1'
const TOKEN = 'DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB263ymfbW263'
const READ_WITH_PYTHON = `
import csv, json, sys
with open(sys.argv[1], newline='', encoding='utf-8') as file:
    json.dump(list(csv.reader(file, strict=True)), sys.stdout)
`

interface Reader {
  readonly name: string
  read(file: string): string[][]
}

const csvParse: Reader = { name: 'csv-parse', read: (file) => parse(readFileSync(file), { record_delimiter: '\r\n' }) }
const python: Reader = {
  name: "Python's csv",
  read: (file) => JSON.parse(execFileSync('python3', ['-c', READ_WITH_PYTHON, file], { encoding: 'utf8' })),
}
const hasPython = spawnSync('python3', ['--version']).status === 0
const readers = hasPython ? [csvParse, python] : [{ ...csvParse, name: 'csv-parse (no python3 on the PATH to read with)' }]

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sluice-csv-readers-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function readBack(reader: Reader, columns: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]) {
  const file = join(folder, 'out.csv')
  async function* stream() {
    yield* rows
  }
  const signal = new AbortController().signal
  await exportCsv({ file, columns, rows: stream(), totalRows: rows.length, signal, onProgress: () => {} })
  return reader.read(file)
}

const unknownResult = Object.fromEntries(RESULT_COLUMNS.map(({ name }) => [name, null])) as PairResult // every column is set

describe.each(readers)('$name reads', (reader) => {
  it('every cell as it was written: quotes, separators, line breaks, other scripts, numbers', async () => {
    const cells: Cell[] = [
      'plain',
      'a,b;c\td',
      'say "hi"',
      '"',
      'one\ntwo',
      'one\rtwo',
      'one\r\ntwo',
      '\n',
      ' kept ',
      'größer 犬 🐶',
      '\uFEFF',
      '=1+1',
      '-cmd',
      -12.5,
      1e-9,
      1e21,
      '-0.000000000000000001',
      true,
      null,
      '',
    ]
    const rows = cells.map((cell, i) => ({ first: i, cell, last: 'end' }))
    expect(await readBack(reader, ['first', 'cell', 'last'], rows)).toEqual([
      ['first', 'cell', 'last'],
      ...cells.map((cell, i) => [String(i), cellText(cell), 'end']),
    ])
  })

  it('results: all columns in order, decimals to the last digit, flags as true and false, unknown as empty', async () => {
    const result: PairResult = {
      ...unknownResult,
      wallet_address: WALLET,
      status: 'success',
      total_pnl_usd: '-12.500000000000000001',
      total_trades: 3,
      token_symbol: '=WIF',
      truncated: false,
      confidence_reason: 'no price, "stale"\nsince May',
    }
    const [header, row = []] = await readBack(reader, RESULT_COLUMN_NAMES, [result])
    expect(header).toEqual(RESULT_COLUMNS.map(({ name }) => name))
    const read = Object.fromEntries(RESULT_COLUMNS.map(({ name }, i) => [name, row[i]]))
    expect(read).toMatchObject({
      wallet_address: WALLET,
      total_pnl_usd: '-12.500000000000000001',
      total_trades: '3',
      token_symbol: "'=WIF",
      truncated: 'false',
      confidence_reason: 'no price, "stale"\nsince May',
      current_price_usd: '',
    })
  })

  it('failures: the first fourteen columns of the results with empty figures, then why', async () => {
    const failure = rowOfFailure({
      entry: { wallet_address: WALLET, token_address: TOKEN, chain: 'solana', token_symbol: 'Bonk', trader_volume_usd: 1234.5 },
      reason: 'attempts-exhausted',
      message: 'HTTP 503, "busy"',
      attempts: 5,
      refusals: 2,
      recoveries: 1,
      failedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      epoch: 3,
    })
    const [header = [], row] = await readBack(reader, FAILED_COLUMNS, [failure])
    expect(header.slice(0, 14)).toEqual(RESULT_COLUMNS.slice(0, 14).map(({ name }) => name))
    expect(header.slice(14)).toEqual(
      'chain,token_address,token_symbol,reason,attempts,refusals,recoveries,failed_at,epoch,trader_volume_usd,trader_trades,discovered_at'.split(','),
    )
    const figures = Array<string>(11).fill('')
    const why = ['attempts-exhausted', '5', '2', '1', '2026-01-02T03:04:05.678Z', '3', '1234.5', '', '']
    expect(row).toEqual([WALLET, 'failed', ...figures, 'HTTP 503, "busy"', 'solana', TOKEN, 'Bonk', ...why])
  })

  it('batches: what was in them, when, how long, and the pause after', async () => {
    const batch: BatchRecord = {
      number: 7,
      epoch: 2,
      size: 20,
      succeeded: 12,
      rateLimited: 5,
      transient: 1,
      timedOut: 0,
      permanent: 2,
      untouched: 0,
      startedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
      tookMs: 1501,
      waitMs: 3000,
      why: '5 rate-limited pairs',
    }
    expect(await readBack(reader, BATCH_COLUMNS, [rowOfBatch(batch)])).toEqual([
      'batch,epoch,size,succeeded,rate_limited,transient,timed_out,permanent,untouched,started_at,took_ms,wait_ms,why'.split(','),
      ['7', '2', '20', '12', '5', '1', '0', '2', '0', '2026-01-02T03:04:05.000Z', '1501', '3000', '5 rate-limited pairs'],
    ])
  })
})
