import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { inTemporaryFolder, runAlone } from './process'

const MEBIBYTE = 1024 * 1024
/** What the import may take at most, and by how much it may grow from the first tenth of the file to the last. */
const MOST_BYTES = 250 * MEBIBYTE
const MOST_GROWTH_BYTES = 32 * MEBIBYTE
/** Every so many rows one of ten megabytes, which is refused. */
const LONG_ROW_EVERY = 500_000

interface Sample {
  readonly rows: number
  readonly rssBytes: number
  readonly mostBytes: number
  readonly seconds: number
  readonly counts?: { readonly enqueued: number; readonly duplicates: number; readonly rejected: number }
}

/** The memory that importing a file of `--mebibytes` (1024) takes, for CSV and for JSON lines. Fails beyond its limits. */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...argv], options: { mebibytes: { type: 'string' } } })
  const bytes = Number(values.mebibytes ?? 1024) * MEBIBYTE
  for (const kind of ['csv', 'jsonl'] as const) {
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, `pairs.${kind}`)
      const { good, long } = await writeRows(file, kind, bytes)
      const samples = await runAlone<Sample>('import/worker.ts', [file, String(good)], folder)
      judge(kind, samples, { enqueued: good, duplicates: 0, rejected: long })
    })
  }
}

async function writeRows(file: string, kind: 'csv' | 'jsonl', bytes: number): Promise<{ good: number; long: number }> {
  const handle = await open(file, 'w')
  const count = { good: 0, long: 0 }
  const write = async (text: string) => (await handle.write(text)).bytesWritten
  let written = kind === 'csv' ? await write('\uFEFFwallet,token,token_symbol\r\n') : 0
  do {
    const rows = Array.from({ length: 10_000 }, (_, i) => rowOf(kind, count.good + i))
    written += await write(`${rows.join('\r\n')}\r\n`)
    count.good += rows.length
    if (count.good % LONG_ROW_EVERY === 0) {
      written += await write(`${'x'.repeat(10_000_000)}\r\n`)
      count.long += 1
    }
  } while (written < bytes)
  await handle.close()
  return count
}

function rowOf(kind: 'csv' | 'jsonl', n: number): string {
  const wallet = `So${String(n).padStart(42, '1')}`
  if (kind === 'csv') return n % 10 === 0 ? `${wallet},T,"s""${n}"` : `${wallet},T,s${n}`
  return `{"wallet":"${wallet}","token":"T","token_symbol":"s${n}"}`
}

function judge(kind: string, samples: readonly Sample[], expected: NonNullable<Sample['counts']>): void {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last) throw new Error('Nothing was measured')
  const mebibytes = (bytes: number) => `${Math.round(bytes / MEBIBYTE)} MiB`
  for (const { rows, rssBytes, seconds } of samples) console.log(`${kind}: ${rows} rows, ${mebibytes(rssBytes)} after ${seconds.toFixed(1)} s`)
  const growth = last.mostBytes - first.mostBytes
  console.log(`${kind}: at most ${mebibytes(last.mostBytes)}; ${mebibytes(growth)} of it after the first tenth`)
  const isRight = JSON.stringify(last.counts) === JSON.stringify(expected)
  if (isRight && last.mostBytes <= MOST_BYTES && growth <= MOST_GROWTH_BYTES) return
  console.log(`${kind}: NOT MET: at most ${mebibytes(MOST_BYTES)}, ${mebibytes(MOST_GROWTH_BYTES)} of growth, and ${JSON.stringify(expected)}; was ${JSON.stringify(last.counts)}`)
  process.exitCode = 1
}
