import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { exportCsv } from '../../../src/main/transfer/export-csv'
import { readPairs } from '../../../src/main/transfer/read-pairs'
import { FAILED_COLUMNS, rowOfFailure } from '../../../src/main/transfer/rows'
import { pairEntrySchema, type PairEntry } from '../../../src/shared/pair'
import { collect } from '../../support/collect'
import { ScratchFolder } from '../../support/scratch-folder'

const folder = new ScratchFolder()
afterAll(() => folder.remove())

async function exportFailed(entries: readonly PairEntry[]): Promise<string> {
  const file = folder.at('failed.csv')
  async function* rows() {
    for (const entry of entries) {
      yield rowOfFailure({ entry, reason: 'timeout', message: 'a "long"\nstory', attempts: 1, refusals: 0, recoveries: 0, failedAtMs: 0 })
    }
  }
  const signal = new AbortController().signal
  await exportCsv({ file, columns: FAILED_COLUMNS, rows: rows(), totalRows: entries.length, signal, onProgress: () => {} })
  return file
}

/** Text as a CSV keeps it: in UTF-8, without NUL, and trimmed. */
function kept(text: string): string {
  return Buffer.from(text).toString().replaceAll('\0', '\uFFFD').trim()
}

describe('the CSV of failed pairs', () => {
  it('can be imported again: the same pairs, to the last character of their symbols', async () => {
    const risky = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', "'", '=', '-', '@', '1', 'a'), maxLength: 12 })
    const symbol = fc.oneof(risky, fc.string({ unit: 'binary' })).map(kept)
    const entry = fc.record(
      {
        wallet_address: fc.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/),
        token_address: fc.stringMatching(/^0x[0-9a-fA-F]{40}$/),
        chain: fc.constantFrom('solana', 'base'),
        token_symbol: symbol.filter((text) => text !== ''),
        trader_volume_usd: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant('1234567890123456789.05')),
        trader_trades: fc.nat(),
        discovered_at: fc.oneof(fc.nat(), fc.constant('2026-01-02T03:04:05Z')),
      },
      { requiredKeys: ['wallet_address', 'token_address', 'chain'] },
    )
    const comparable = ({ trader_volume_usd: volume, discovered_at: discovered, ...others }: PairEntry) => ({
      ...others,
      volume: typeof volume === 'number' ? Math.abs(volume) : volume, // no CSV knows -0
      discovered: discovered === undefined ? undefined : String(discovered),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 10 }), async (made) => {
        const entries = made.map((each) => pairEntrySchema.parse(each))
        const rows = await collect(readPairs(await exportFailed(entries), () => null))
        const read = rows.map((row) => pairEntrySchema.parse('raw' in row ? JSON.parse(row.raw) : row))
        const asWritten = read.map((each, i) => {
          // Numbers come back as text, with the same value.
          const isNumber = typeof entries[i]?.trader_volume_usd === 'number'
          return isNumber ? { ...each, trader_volume_usd: Number(each.trader_volume_usd) } : each
        })
        expect(asWritten.map(comparable)).toEqual(entries.map(comparable))
      }),
      { numRuns: 1000 },
    )
  })
})
