import { existsSync, readFileSync } from 'node:fs'
import { base58 } from '@scure/base'
import { parse } from 'csv-parse/sync'
import { describe, expect, it, onTestFinished } from 'vitest'
import { PairIntakeDesk } from '../../../src/main/assembly/pair-intake'
import { MAX_ENTRY_BYTES } from '../../../src/shared/pair'
import type { ImportFigures } from '../../../src/shared/pair-import'
import { freshPipeline } from '../../support/pipeline'
import { ScratchFolder } from '../../support/scratch-folder'

/** A Solana address of the test's own. */
const address = (n: number) => base58.encode(Uint8Array.from({ length: 32 }, (_, i) => (i < 4 ? (n >> (8 * i)) & 255 : 7)))
const TOKEN = address(999_999)

async function intake() {
  const folder = new ScratchFolder()
  onTestFinished(() => folder.remove())
  const pipeline = await freshPipeline()
  const desk = new PairIntakeDesk({ ...pipeline, droppedFolder: folder.at('dropped') })
  let figures: Partial<ImportFigures> = {}
  const abort = new AbortController()
  const watch = { signal: abort.signal, onProgress: (news: Partial<ImportFigures>) => void (figures = { ...figures, ...news }) }
  return { ...pipeline, folder, desk, watch, abort, figures: () => figures }
}

const csv = (rows: readonly string[]) => ['wallet_address,token_address,token_symbol,priority', ...rows].join('\r\n')
const rowOf = (n: number, more = 'FOX,3') => `${address(n)},${TOKEN},${more}`

describe('a file of pairs', () => {
  it('is looked through without queueing anything, and does then what was told', async () => {
    const { desk, queue, folder, watch, figures } = await intake()
    await queue.enqueue([JSON.stringify({ wallet_address: address(1), token_address: TOKEN })])
    const path = folder.write('pairs.csv', csv([rowOf(1), rowOf(2), rowOf(2), rowOf(3), 'nobody,at,all,1', rowOf(4, 'FOX,12')]))
    const file = await desk.open(path)
    expect(file).toMatchObject({ name: 'pairs.csv', bytes: readFileSync(path).length })
    await desk.check(file, watch)
    const told = { fresh: 2, duplicates: 2, rejected: 2 }
    expect(figures()).toMatchObject({ counts: told, comparesAll: true })
    expect(figures().sample?.map(({ line, symbol, priority, isFresh }) => [line, symbol, priority, isFresh])).toEqual([
      [2, 'FOX', 3, false],
      [3, 'FOX', 3, true],
      [4, 'FOX', 3, false],
      [5, 'FOX', 3, true],
    ])
    expect(figures().rejections).toEqual([
      { line: 6, reason: expect.stringContaining('is not an address on solana'), excerpt: 'nobody,at,all,1' },
      { line: 7, reason: 'priority "12" is not a whole number from 0 to 9', excerpt: expect.any(String) },
    ])
    expect(await queue.audit()).toMatchObject({ enqueued: 1, duplicates: 0 })
    await desk.queue(file, watch)
    expect(figures()).toMatchObject({ counts: told })
    expect(await queue.audit()).toMatchObject({ enqueued: 3, duplicates: 2, lost: 0 })
  })

  it('is said to have rows that the queue would refuse for their length, which are then not handed to it', async () => {
    const { desk, queue, folder, watch, figures } = await intake()
    const text = (n: number, bytes: number) => {
      const row = { wallet_address: address(n), token_address: TOKEN, token_symbol: '' }
      return JSON.stringify({ ...row, token_symbol: 'é'.repeat(4) + 'x'.repeat(bytes - JSON.stringify(row).length - 8) })
    }
    const [longest, tooLong] = [text(1, MAX_ENTRY_BYTES), text(2, MAX_ENTRY_BYTES + 1)]
    const file = await desk.open(folder.write('pairs.jsonl', `${longest}\n${tooLong}\n`))
    await desk.check(file, watch)
    expect(figures().counts).toEqual({ fresh: 1, duplicates: 0, rejected: 1 })
    expect(figures().rejections).toEqual([{ line: 2, reason: expect.stringContaining('takes 65537 bytes in the queue'), excerpt: expect.any(String) }])
    await desk.queue(file, watch)
    expect(figures().counts).toEqual({ fresh: 1, duplicates: 0, rejected: 1 })
    expect(await queue.audit()).toMatchObject({ enqueued: 1, rejected: 0 })
    // It is the queue's own limit.
    expect(await queue.enqueue([longest, tooLong])).toEqual(['duplicate', { rejected: expect.stringContaining('longer than 65536 bytes') }])
  })

  it('has its rejected rows saved with line and reason', async () => {
    const { desk, folder } = await intake()
    const file = await desk.open(folder.write('pairs.csv', csv(['=cmd,at,all,1', rowOf(1), 'short'])))
    expect(await desk.saveRejected(file, folder.at('rejected.csv'))).toBe(2)
    const rows = parse(readFileSync(folder.at('rejected.csv')), { columns: true }) as Record<string, string>[] // `columns` makes records
    expect(rows.map(({ line, row }) => [line, row])).toEqual([
      ['2', "'=cmd,at,all,1"],
      ['4', 'short'],
    ])
  })

  it('that comes in pieces is taken as its name says, and its copy is gone afterwards', async () => {
    const { desk, folder, watch, figures } = await intake()
    const bytes = new TextEncoder().encode(JSON.stringify({ wallet: address(5), token: TOKEN }))
    const file = await desk.receive('pairs.jsonl', bytes.length)
    await file.take(0, bytes.subarray(0, 9))
    await file.take(9, bytes.subarray(9))
    await file.finish()
    await desk.check(file, watch)
    expect(figures().counts).toEqual({ fresh: 1, duplicates: 0, rejected: 0 })
    await file.remove()
    expect(existsSync(folder.at('dropped'))).toBe(true)
    await expect(desk.check(file, watch)).rejects.toThrow('pairs.jsonl cannot be imported: there is no such file')
  })

  it('is named by its own name in what is wrong with it, never by that of its copy', async () => {
    const { desk, watch, folder } = await intake()
    const file = await desk.receive('nothing.csv', 0)
    await file.finish()
    const problem = await desk.check(file, watch).catch((error: Error) => error.message)
    expect(problem).toMatch(/^nothing\.csv is empty/)
    expect(problem).not.toContain(folder.path)
  })

  it('is queued in the order of the file, and no further when it is cancelled', async () => {
    const { desk, queue, folder, abort } = await intake()
    const file = await desk.open(folder.write('pairs.csv', csv(Array.from({ length: 2500 }, (_, n) => rowOf(n)))))
    const cancelling = { signal: abort.signal, onProgress: () => abort.abort(new Error('enough')) }
    await expect(desk.queue(file, cancelling)).rejects.toThrow('enough')
    expect(await queue.audit()).toMatchObject({ enqueued: 1000, lost: 0 })
    const { pairs } = await queue.claim(3)
    expect(pairs.map(({ entry }) => entry.wallet_address)).toEqual([address(0), address(1), address(2)])
  })

  it('that is not there is refused in words', async () => {
    const { desk, folder } = await intake()
    await expect(desk.open(folder.at('missing.csv'))).rejects.toThrow('missing.csv cannot be read')
  })
})
