import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bundle } from '../../support/bundle'
import { ScratchFolder } from '../../support/scratch-folder'

const MEBIBYTE = 1024 * 1024
const FILE_BYTES = 300 * MEBIBYTE
/** A heap that has no room for a tenth of the file. */
const HEAP_MEBIBYTES = 24
/** Node itself, the heap, and buffers that wait for the collector. */
const MEMORY_BYTES = 200 * MEBIBYTE
/** The user who may do least: root may do everything. */
const NOBODY = 65534

const run = promisify(execFile)
const folder = new ScratchFolder()
beforeAll(() => {
  chmodSync(folder.path, 0o755)
  return bundle(
    { 'import-pairs': 'src/main/transfer/import-pairs.ts', 'export-csv': 'src/main/transfer/export-csv.ts' },
    folder.at('bundle'),
  )
})
afterAll(() => folder.remove())

/** Runs a script in a Node of its own, with the import and the export at hand. Answers what it prints as JSON. */
async function inNode(script: string, { before = '' } = {}): Promise<unknown> {
  const importing = `
    import { importPairs } from ${JSON.stringify(folder.at('bundle/import-pairs.mjs'))}
    import { exportCsv } from ${JSON.stringify(folder.at('bundle/export-csv.mjs'))}
    const options = { columns: ['n', 'text'], totalRows: 0, signal: new AbortController().signal, onProgress: () => {} }
    async function* rows(count) { for (let n = 0; n < count; n++) yield { n, text: 'x'.repeat(1000) } }
    const told = (error) => ({ [error.name]: error.message })
  `
  const node = [process.execPath, `--max-old-space-size=${HEAP_MEBIBYTES}`, '--input-type=module', '--eval', importing + script]
  const { stdout } = await run('/bin/sh', ['-c', `${before} exec "$@"`, 'sh', ...node], { cwd: folder.path })
  return JSON.parse(stdout)
}

/** A place for a big file, which is gone when its test has finished. */
function passingFile(name: string): string {
  onTestFinished(() => rmSync(folder.at(name), { force: true }))
  return folder.at(name)
}

/** A big file of rows made by `row`, with one line in the middle that is far too long. */
function writeBigFile(name: string, header: string, row: (n: number) => string): { file: string; rows: number } {
  const file = passingFile(name)
  const handle = openSync(file, 'w')
  let rows = 0
  let bytes = writeSync(handle, header)
  while (bytes < FILE_BYTES) {
    const text = Array.from({ length: 1000 }, (_, i) => `${row(rows + i)}\n`).join('')
    bytes += writeSync(handle, text)
    if (rows === 50_000) bytes += writeSync(handle, `${'x'.repeat(150 * MEBIBYTE)}\n`)
    rows += 1000
  }
  closeSync(handle)
  return { file, rows }
}

const padding = 'y'.repeat(1500)

describe.skipIf(process.platform === 'win32')('a small heap is enough', () => {
  it.each([
    ['pairs.csv', 'wallet,token,note\n', (n: number) => `w${n},t,${padding}`],
    ['pairs.jsonl', '', (n: number) => JSON.stringify({ wallet: `w${n}`, token: 't', note: padding })],
  ])('to import %s of 300 MiB, whatever it holds', async (name, header, row) => {
    const { file, rows } = writeBigFile(name, header, row)
    const script = `
      const enqueue = async (entries) => entries.map(() => 'enqueued')
      const counts = await importPairs({ file: ${JSON.stringify(file)}, validate: () => null, enqueue, onReject: () => {} })
      console.log(JSON.stringify({ counts, memoryBytes: process.resourceUsage().maxRSS * 1024 }))
    `
    const { counts, memoryBytes } = (await inNode(script)) as { counts: unknown; memoryBytes: number }
    expect(counts).toEqual({ enqueued: rows, duplicates: 0, rejected: 1 })
    expect(memoryBytes).toBeLessThan(MEMORY_BYTES)
  })

  it('to export 300 MiB', async () => {
    const file = passingFile('big.csv')
    const script = `
      const written = await exportCsv({ ...options, file: ${JSON.stringify(file)}, rows: rows(300_000) })
      console.log(JSON.stringify({ ...written, memoryBytes: process.resourceUsage().maxRSS * 1024 }))
    `
    const { rows, bytes, memoryBytes } = (await inNode(script)) as Record<'rows' | 'bytes' | 'memoryBytes', number>
    expect(rows).toBe(300_000)
    expect(statSync(file).size).toBe(bytes)
    expect(memoryBytes).toBeLessThan(MEMORY_BYTES)
  })
})

describe.skipIf(process.platform === 'win32')('an export that the disk refuses', () => {
  it('in the middle leaves the older file and nothing else', async () => {
    mkdirSync(folder.at('limited'))
    const file = folder.write('limited/out.csv', 'old')
    // The limit on the size of a file is the one fault of a disk that any user can set up: here 1 or 2 MiB, as the shell counts.
    const script = `
      process.on('SIGXFSZ', () => {})
      await exportCsv({ ...options, file: ${JSON.stringify(file)}, rows: rows(10_000) }).catch((error) => console.log(JSON.stringify(told(error))))
    `
    expect(await inNode(script, { before: 'ulimit -f 2048;' })).toEqual({
      ExportFailed: `${file} was not written: it would be larger than this disk or user may have. Choose another disk`,
    })
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(folder.at('limited'))).toEqual(['out.csv'])
  })
})

/** A folder on a disk of one mebibyte; null where this user may not have one. */
function tinyDisk(): string | null {
  mkdirSync(folder.at('tiny'), { recursive: true })
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder.at('tiny')]).status !== 0) return null
  onTestFinished(() => void spawnSync('umount', ['-l', folder.at('tiny')]))
  return folder.at('tiny')
}

describe.skipIf(process.platform !== 'linux')('an export onto a disk that fills up', () => {
  it('says so, leaves the older file and nothing else, and can be repeated elsewhere', async (context) => {
    const disk = tinyDisk()
    if (disk === null) return context.skip()
    const file = folder.write('tiny/out.csv', 'old')
    const script = `
      await exportCsv({ ...options, file: ${JSON.stringify(file)}, rows: rows(10_000) }).catch((error) => console.log(JSON.stringify(told(error))))
    `
    expect(await inNode(script)).toEqual({
      ExportFailed: `${file} was not written: the disk is full. Free some room, or choose another disk`,
    })
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(disk)).toEqual(['out.csv'])
  })
})

describe.skipIf(process.platform === 'win32')('an export whose process is killed in the middle', () => {
  it('leaves the older file, and what it began is cleared away by a later export', async () => {
    mkdirSync(folder.at('killed'))
    const file = folder.write('killed/out.csv', 'old')
    const endless = `
      async function* killed() { yield* rows(5000); process.kill(process.pid, 'SIGKILL'); await new Promise(() => {}) }
      await exportCsv({ ...options, file: ${JSON.stringify(file)}, rows: killed() })
    `
    await expect(inNode(endless)).rejects.toMatchObject({ signal: 'SIGKILL' })
    expect(readFileSync(file, 'utf8')).toBe('old')
    const [unfinished = ''] = readdirSync(folder.at('killed')).filter((name) => name.endsWith('.part'))
    expect(unfinished).not.toBe('')
    const again = () => inNode(`console.log(JSON.stringify(await exportCsv({ ...options, file: ${JSON.stringify(file)}, rows: rows(1) })))`)
    await again()
    expect(readdirSync(folder.at('killed')), 'it may be that of an export that goes on').toContain(unfinished)
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400
    utimesSync(folder.at(`killed/${unfinished}`), twoDaysAgo, twoDaysAgo)
    await again()
    expect(readdirSync(folder.at('killed'))).toEqual(['out.csv'])
  })
})

describe.skipIf(process.platform === 'win32')('an export whose folder vanishes meanwhile', () => {
  it('says so', async () => {
    mkdirSync(folder.at('vanishing'))
    const file = folder.at('vanishing/out.csv')
    const script = `
      import { rmSync } from 'node:fs'
      async function* vanishing() { yield* rows(5000); rmSync(${JSON.stringify(folder.at('vanishing'))}, { recursive: true }) }
      await exportCsv({ ...options, file: ${JSON.stringify(file)}, rows: vanishing() }).catch((error) => console.log(JSON.stringify(told(error))))
    `
    expect(await inNode(script)).toEqual({
      ExportFailed: `${file} was not written: its folder does not exist. Choose one that does`,
    })
  })
})

describe.skipIf(process.platform === 'win32')('without leave', () => {
  const asOrdinaryUser = `if (process.getuid() === 0) process.setuid(${NOBODY});`

  it('to write in its folder an export says so', async () => {
    mkdirSync(folder.at('closed'), { mode: 0o555 })
    const file = folder.at('closed/out.csv')
    const script = `${asOrdinaryUser} await exportCsv({ ...options, file: ${JSON.stringify(file)}, rows: rows(1) }).catch((error) => console.log(JSON.stringify(told(error))))`
    expect(await inNode(script)).toEqual({
      ExportFailed: `${file} was not written: this user may not write there. Choose another folder`,
    })
  })

  it('to read the file an import says so', async () => {
    const file = folder.write('closed.csv', 'wallet,token\n')
    chmodSync(file, 0)
    const script = `${asOrdinaryUser} await importPairs({ file: ${JSON.stringify(file)} }).catch((error) => console.log(JSON.stringify(told(error))))`
    expect(await inNode(script)).toEqual({
      ImportRefused: `${file} cannot be imported: this user may not read it. Give it leave to, or copy the file`,
    })
  })
})
