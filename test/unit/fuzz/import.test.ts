import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { pairProblem } from '../../../src/main/analysis/addresses'
import { importPairs, type RejectedRow } from '../../../src/main/transfer/import-pairs'
import { readPairs } from '../../../src/main/transfer/read-pairs'
import { collect } from '../../support/collect'
import { ScratchFolder } from '../../support/scratch-folder'
import { AT_ONCE, CASES, FUZZ_LIMIT_MS, seeded, textOf, TOKEN, WALLET } from './cases'

const folder = new ScratchFolder()
afterAll(() => folder.remove())

const bytes = (text: string) => Buffer.from(text)
const ODD = ['\uFEFF', '\0', '\u2028', '\uD800', '=1+1', "'", 'é', ' ', '\t', '\r', '-1', '1e999']
const anyBytes = fc.uint8Array({ maxLength: 12 }).map((part) => Buffer.from(part.filter((byte) => byte !== 0x0a)))

const goodCsv = fc.nat(999).map((n) => bytes(`${WALLET},${TOKEN},s${n}`))
const csvLine = fc.oneof(
  { weight: 3, arbitrary: goodCsv },
  { weight: 5, arbitrary: textOf(WALLET, TOKEN, ',', ',', '"', '""', '",', ',"', ';', ...ODD).map(bytes) },
  { weight: 1, arbitrary: anyBytes },
)
const goodJson = fc.nat(999).map((n) => bytes(`{"wallet":"${WALLET}","token":"${TOKEN}","token_symbol":"s${n}"}`))
const jsonLine = fc.oneof(
  { weight: 3, arbitrary: goodJson },
  { weight: 5, arbitrary: textOf('{', '}', '"wallet":', '"token":', `"${WALLET}"`, `"${TOKEN}"`, ',', '[', ']', '"', '\\', '1', 'null', '"priority":', ...ODD).map(bytes) },
  { weight: 1, arbitrary: anyBytes },
)
const linesOf = (line: fc.Arbitrary<Buffer>) => fc.array(line, { minLength: AT_ONCE, maxLength: AT_ONCE, size: 'max' })
const lineEnd = fc.constantFrom('\n', '\r\n').map(bytes)

/** A file of these lines, its bytes and what became of its rows. */
async function imported(name: string, lines: readonly Buffer[], end: Buffer) {
  const file = folder.write(name, Buffer.concat(lines.flatMap((line) => [line, end])))
  const rejects: RejectedRow[] = []
  const seen = new Set<string>()
  let handed = 0
  const counts = await importPairs({
    file,
    validate: pairProblem,
    onReject: (row) => rejects.push(row),
    enqueue: async (entries) => {
      handed += entries.length
      return entries.map((raw) => (seen.has(raw) ? 'duplicate' : (seen.add(raw), 'enqueued')))
    },
  })
  const rows = await collect(readPairs(file, pairProblem))
  return { counts, rejects, rows, handed, unique: seen.size }
}

function expectCountsToAddUp({ counts, rejects, rows, handed, unique }: Awaited<ReturnType<typeof imported>>): void {
  expect(counts).toEqual({ enqueued: unique, duplicates: handed - unique, rejected: rejects.length })
  expect(counts.enqueued + counts.duplicates + counts.rejected).toBe(rows.length)
  for (const { line, reason } of rejects) if (line < 1 || reason.trim() === '') expect.fail(`line ${line}: "${reason}"`)
}

const isBlank = (line: Buffer) => line.toString().trim() === '' && !line.includes(0)
const isGood = (line: Buffer) => /^So1{40}2,EPjF\w+,s\d+$/.test(line.toString())
const quotesIn = (lines: readonly Buffer[]) => lines.join('\n').split('"').length - 1

describe(`of ${CASES.toLocaleString('en')} lines of CSV`, () => {
  it('each is a row, or inside the quotes of one; good rows come through; the counts add up', async () => {
    const property = fc.asyncProperty(linesOf(csvLine), lineEnd, fc.boolean(), async (body, end, marked) => {
      const lines = [bytes(`${marked ? '\uFEFF' : ''}wallet,token,token_symbol`), ...body]
      const found = await imported('pairs.csv', lines, end)
      expectCountsToAddUp(found)
      const rows = new Map(found.rows.map((row) => [row.line, row]))
      expect(rows.size).toBe(found.rows.length)
      let begin = 0
      for (const [i, line] of lines.entries()) {
        if (i === 0) continue
        const row = rows.get(i + 1)
        if (row) begin = i
        if (isGood(line) && !(row && 'raw' in row)) expect.fail(`the good line ${i + 1} is lost`)
        if (row || isBlank(line)) continue
        if (begin === 0 || quotesIn(lines.slice(begin, i)) % 2 === 0) expect.fail(`line ${i + 1} was dropped: ${JSON.stringify(String(line))}`)
      }
    })
    await fc.assert(property, seeded(CASES / AT_ONCE))
  }, FUZZ_LIMIT_MS)
})

describe(`of ${CASES.toLocaleString('en')} lines of JSON`, () => {
  it('each is a row, accepted or refused with its line and reason; the counts add up', async () => {
    const property = fc.asyncProperty(linesOf(jsonLine), lineEnd, async (lines, end) => {
      const found = await imported('pairs.jsonl', [bytes('{}'), ...lines], end)
      expectCountsToAddUp(found)
      expect(found.rows.map(({ line }) => line)).toEqual([1, ...lines.flatMap((line, i) => (isBlank(line) ? [] : [i + 2]))])
      for (const { line, ...row } of found.rows) {
        const isWhole = lines[line - 2]?.toString().startsWith(`{"wallet":"${WALLET}","token":"${TOKEN}","token_symbol"`)
        if (isWhole && !('raw' in row)) expect.fail(`the good line ${line} is lost`)
      }
    })
    await fc.assert(property, seeded(CASES / AT_ONCE))
  }, FUZZ_LIMIT_MS)
})
