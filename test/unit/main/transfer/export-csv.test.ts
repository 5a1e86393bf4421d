import { once } from 'node:events'
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Cell, withoutGuard } from '../../../../src/main/transfer/csv-cells'
import { exportCsv, ExportFailed, type CsvOptions } from '../../../../src/main/transfer/export-csv'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-export-'))
  file = join(folder, 'out.csv')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Row = Record<string, Cell>

async function* stream(rows: Iterable<Row | null>): AsyncGenerator<Row | null> {
  yield* rows
}

function* numbered(count: number): Generator<Row> {
  for (let i = 0; i < count; i += 1) yield { n: i, text: `row ${i}` }
}

function write(rows: Iterable<Row | null>, options: Partial<CsvOptions> = {}) {
  return exportCsv({
    file,
    columns: ['n', 'text'],
    rows: stream(rows),
    totalRows: 0,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...options,
  })
}

describe('an exported CSV', () => {
  it('has a header, CRLF line ends, quotes where needed and no byte-order mark', async () => {
    const written = await write([
      { n: 1, text: 'plain' },
      { n: -12.5, text: 'a "b", c' },
      { n: null, text: null },
      { n: 0, text: 'größer 🐶' },
    ])
    const text = 'n,text\r\n1,plain\r\n-12.5,"a ""b"", c"\r\n,\r\n0,größer 🐶\r\n'
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(written).toEqual({ rows: 4, bytes: Buffer.byteLength(text) })
  })

  it.each(['a\nb', 'a\rb', 'a\r\nb'])('keeps the line break of %j within its cell', async (text) => {
    await write([{ n: 1, text }])
    expect(readFileSync(file, 'utf8')).toBe(`n,text\r\n1,"${text}"\r\n`)
  })

  it('has its header even when there is no row', async () => {
    expect(await write([])).toEqual({ rows: 0, bytes: 8 })
    expect(readFileSync(file, 'utf8')).toBe('n,text\r\n')
  })

  it('has the columns asked for, in their order, and an empty cell for what a row has not', async () => {
    await write([{ a: 1, b: 2, c: 3 }], { columns: ['c', 'missing', 'a'] })
    expect(readFileSync(file, 'utf8')).toBe('c,missing,a\r\n3,,1\r\n')
  })

  it('read back is what was written, whatever the cells hold', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text.replaceAll('\0', '')).toString()), // no NUL, no lone surrogates
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', "'", '=', ';', 'a') }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ n: cell, text: cell })), async (rows) => {
        await write(rows)
        const read = parse(readFileSync(file), { columns: true, record_delimiter: '\r\n' }) as Row[]
        expect(read.map(({ n, text }) => ({ n: withoutGuard(String(n)), text: withoutGuard(String(text)) }))).toEqual(rows)
      }),
      { numRuns: 300 },
    )
  })
})

describe('an export', () => {
  it('tells its progress, up to every row', async () => {
    const seen: [number, number][] = []
    await write(numbered(2500), { totalRows: 2400, onProgress: ({ rows, totalRows }) => seen.push([rows, totalRows]) })
    expect(seen[0]).toEqual([0, 2400])
    expect(seen.at(-1)).toEqual([2500, 2500])
    expect(seen.length).toBeGreaterThan(2)
    expect(seen.length).toBeLessThan(10)
  })

  it('leaves out what is left out, and tells how much it has looked at', async () => {
    const told: [number, number][] = []
    const rows = [...numbered(2000)].map((row, i) => (i % 2 === 0 ? row : null))
    await write(rows, { totalRows: 2000, onProgress: ({ rows: written, seen }) => told.push([written, seen]) })
    expect(told).toEqual([[0, 0], [500, 1000], [1000, 2000], [1000, 2000]])
    expect(readFileSync(file, 'utf8').trim().split('\r\n')).toHaveLength(1001)
  })

  it('takes rows no faster than the disk takes them', async () => {
    let taken = 0
    const reported: number[] = []
    function* counted() {
      for (const row of numbered(5000)) {
        taken += 1
        yield row
      }
    }
    await write(counted(), { onProgress: ({ rows }) => reported.push(taken - rows) })
    expect(Math.max(...reported)).toBe(0)
  })

  it('replaces an older file', async () => {
    writeFileSync(file, 'old')
    await write([{ n: 1, text: 'new' }])
    expect(readFileSync(file, 'utf8')).toBe('n,text\r\n1,new\r\n')
    expect(readdirSync(folder)).toEqual(['out.csv'])
  })

  it('is on the disk before it takes the place of an older file', async () => {
    writeFileSync(file, 'old')
    const handle = await open(file)
    await handle.close()
    const sync = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync') // the class of all of them, which node:fs does not export
    onTestFinished(() => sync.mockRestore())
    let before: readonly string[] = []
    sync.mockImplementation(async () => void (before = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))))
    await write([{ n: 1, text: 'new' }])
    expect(before.toSorted()).toEqual(['n,text\r\n1,new\r\n', 'old'])
    expect(readFileSync(file, 'utf8')).toBe('n,text\r\n1,new\r\n')
  })

  it.skipIf(process.platform === 'win32')('in place of an older file may be read by nobody who could not read that one', async () => {
    writeFileSync(file, 'old', { mode: 0o600 })
    await write(numbered(3))
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('has no file of its name, whole or half, before it ends', async () => {
    const seen: string[][] = []
    await write(numbered(3000), { onProgress: () => seen.push(readdirSync(folder)) })
    expect(seen.flat().every((name) => name.startsWith('.'))).toBe(true)
    expect(readdirSync(folder)).toEqual(['out.csv'])
  })

  it('that is cancelled leaves the older file and nothing else', async () => {
    writeFileSync(file, 'old')
    const abort = new AbortController()
    const cancelled = write(numbered(100_000), {
      signal: abort.signal,
      onProgress: ({ rows }) => {
        if (rows > 0) abort.abort(new Error('cancelled'))
      },
    })
    await expect(cancelled).rejects.toThrow('cancelled')
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['out.csv'])
  })

  it('that is cancelled after its last row leaves nothing', async () => {
    const abort = new AbortController()
    const onProgress = ({ rows }: { readonly rows: number }) => {
      if (rows === 3) abort.abort(new Error('cancelled'))
    }
    await expect(write(numbered(3), { signal: abort.signal, onProgress })).rejects.toThrow('cancelled')
    expect(readdirSync(folder)).toEqual([])
  })

  it('that is cancelled while its rows keep it waiting ends at once', async () => {
    const abort = new AbortController()
    async function* stuck(): AsyncGenerator<Row> {
      yield { n: 1, text: 'x' }
      abort.abort(new Error('cancelled'))
      await new Promise(() => {})
    }
    await expect(write([], { rows: stuck(), signal: abort.signal })).rejects.toThrow('cancelled')
    expect(readdirSync(folder)).toEqual([])
  })

  it('that is cancelled before it begins leaves nothing', async () => {
    await expect(write([], { signal: AbortSignal.abort(new Error('cancelled')) })).rejects.toThrow('cancelled')
    expect(readdirSync(folder)).toEqual([])
  })

  it('whose rows fail rejects with their error, leaves no file, and lets the source go', async () => {
    let released = false
    // Its code is one that files have too: it must not be told as a fault of the file.
    const lost = Object.assign(new Error('Redis went away'), { code: 'ENOENT' })
    async function* failing(): AsyncGenerator<Row> {
      try {
        yield { n: 1, text: 'x' }
        throw lost
      } finally {
        released = true
      }
    }
    await expect(write([], { rows: failing() })).rejects.toBe(lost)
    expect(readdirSync(folder)).toEqual([])
    expect(released).toBe(true)
  })

  it('into a missing folder says so', async () => {
    file = join(folder, 'nowhere', 'out.csv')
    await expect(write([])).rejects.toThrow(`${file} was not written: its folder does not exist. Choose one that does`)
  })

  it('onto a folder says so', async () => {
    mkdirSync(file)
    await expect(write([])).rejects.toThrow(new ExportFailed(`${file} is a folder: choose a file name in it`))
  })

  it.skipIf(process.platform === 'win32')('onto what is no file is refused: to replace it would harm the system', async () => {
    const socket = join(folder, 'socket')
    const server = createServer().listen(socket)
    await once(server, 'listening')
    const refused = new ExportFailed(`${socket} is a device or a pipe: choose the name of a file`)
    await expect(write([], { file: socket })).rejects.toThrow(refused)
    expect(lstatSync(socket).isSocket()).toBe(true)
    server.close()
  })

  it.skipIf(process.platform === 'win32')('onto a link writes the file that the link names', async () => {
    const link = join(folder, 'link.csv')
    writeFileSync(file, 'old')
    symlinkSync(file, link)
    await write([], { file: link })
    expect(readFileSync(file, 'utf8')).toBe('n,text\r\n')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
  })

  it('below a file says so', async () => {
    writeFileSync(file, '')
    file = join(file, 'out.csv')
    await expect(write([])).rejects.toThrow('a part of its path is not a folder')
  })

  it('with a name that is too long says so', async () => {
    file = join(folder, `${'n'.repeat(300)}.csv`)
    await expect(write([])).rejects.toThrow('the name is too long')
    expect(readdirSync(folder)).toEqual([])
  })

  it('can have the longest name that the disk takes', async () => {
    file = join(folder, `${'n'.repeat(251)}.csv`)
    await write([])
    expect(readdirSync(folder)).toEqual([`${'n'.repeat(251)}.csv`])
  })
})
