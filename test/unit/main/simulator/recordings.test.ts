import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRecordings } from '../../../../src/main/simulator/recordings'
import type { World } from '../../../../src/main/simulator/world'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-recordings-'))
})

afterEach(() => rm(folder, { recursive: true }))

/** Puts a file into the folder; objects become JSON. */
async function put(name: string, content: unknown): Promise<void> {
  await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
}

function answer(...items: unknown[]): unknown {
  return { data: { items, has_next: false }, success: true }
}

function swap(owner: string, unixTime: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { owner, block_unix_time: unixTime, tx_hash: `hash${unixTime}`, tx_type: 'swap', ins_index: 1, ...more }
}

function itemsOf(world: World, wallet: string, txType: 'swap' | 'all' | 'add' = 'swap'): Record<string, unknown>[] {
  return JSON.parse(world.history(wallet, txType).page({ offset: 0, limit: 100, beforeTime: null, afterTime: null })).items
}

function timesOf(world: World, wallet: string): unknown[] {
  return itemsOf(world, wallet).map((item) => item['block_unix_time'])
}

describe('recordings', () => {
  it('of one wallet are joined newest first, no swap twice, even where a price was revised since', async () => {
    await put('b.json', answer(swap('W', 30), swap('W', 20, { base_price: 1 }), swap('W', 10)))
    await put('a.json', answer(swap('W', 40), swap('W', 30), swap('W', 20, { base_price: 2 })))
    const { world, notes } = await readRecordings(folder)
    expect(timesOf(world, 'W')).toEqual([40, 30, 20, 10])
    expect(notes).toEqual([])
  })

  it('keep swaps of one transaction apart by their place in it', async () => {
    const places = [{ ins_index: 1 }, { ins_index: 2 }, { ins_index: 2, inner_ins_index: 3 }]
    await put('a.json', answer(...places.map((place) => swap('W', 10, place))))
    await put('b.json', answer(...places.map((place) => swap('W', 10, place))))
    expect(itemsOf((await readRecordings(folder)).world, 'W')).toHaveLength(3)
  })

  it('keep what one answer shows twice', async () => {
    await put('a.json', answer(swap('W', 10), swap('W', 10)))
    await put('b.json', answer(swap('W', 10)))
    expect(itemsOf((await readRecordings(folder)).world, 'W')).toHaveLength(2)
  })

  it('of several wallets may share a file', async () => {
    await put('a.json', answer(swap('W', 30), swap('V', 20), swap('W', 10)))
    const { world } = await readRecordings(folder)
    expect(timesOf(world, 'W')).toEqual([30, 10])
    expect(timesOf(world, 'V')).toEqual([20])
  })

  it('lend an item without owner to the only owner of its file', async () => {
    const { owner: _, ...orphan } = swap('W', 5)
    await put('a.json', answer(swap('W', 10), orphan))
    expect(timesOf((await readRecordings(folder)).world, 'W')).toEqual([10, 5])
  })

  it('find an EVM wallet in either case', async () => {
    await put('a.json', answer(swap(`0x${'aB'.repeat(20)}`, 10)))
    expect(timesOf((await readRecordings(folder)).world, `0x${'AB'.repeat(20)}`)).toEqual([10])
  })

  it('are served by type; an item without a type is a swap', async () => {
    await put('a.json', answer(swap('W', 30, { tx_type: 'add' }), swap('W', 20, { tx_type: null }), swap('W', 10)))
    const { world } = await readRecordings(folder)
    expect(timesOf(world, 'W')).toEqual([20, 10])
    expect(itemsOf(world, 'W', 'add')).toHaveLength(1)
    expect(itemsOf(world, 'W', 'all')).toHaveLength(3)
  })

  it('keep the digits of every number as they were written', async () => {
    const numbers = '123456789012345678901234567890,4.833567124695375e-06,0.10,1E+2,-0,18446744073709551615'
    await put('a.json', `\uFEFF{"data":{"items":[{"owner":"W","block_unix_time":1,"numbers":[${numbers}]}]}}`)
    const { world } = await readRecordings(folder)
    const page = world.history('W', 'swap').page({ offset: 0, limit: 1, beforeTime: null, afterTime: null })
    expect(page).toContain(`"numbers":[${numbers}]`)
  })

  it('know no prices and no wallet that was not recorded', async () => {
    await put('a.json', answer(swap('W', 10, { base: { address: 'T', price: 3 } })))
    const { world } = await readRecordings(folder)
    expect(world.priceUsd('T')).toBeNull()
    expect(itemsOf(world, 'V')).toEqual([])
    expect(world.trending()).toEqual([])
  })

  it('that cannot be used are named with the reason, and the others served', async () => {
    await put('bad.json', '{"data":')
    await put('empty.json', answer())
    await put('other.json', { prices: [] })
    await put('timeless.json', answer({ owner: 'W', block_unix_time: null }))
    await put('ownerless.json', answer({ block_unix_time: 1 }))
    await put('words.json', answer('hello'))
    await put('notes.txt', 'not looked at')
    await put('good.json', answer(swap('W', 10)))
    const { world, notes } = await readRecordings(folder)
    expect(timesOf(world, 'W')).toEqual([10])
    expect(notes).toEqual([
      expect.stringMatching(/^bad\.json: not JSON: /),
      'empty.json: data.items is empty, so it names no wallet',
      'other.json: no data.items',
      'ownerless.json: data.items[0] has no owner',
      'timeless.json: data.items[0] has no block_unix_time',
      'words.json: data.items[0] is not an object',
    ])
  })

  it('are missed in words, with the folder and the files', async () => {
    await expect(readRecordings(join(folder, 'nowhere'))).rejects.toThrow(`the folder ${folder}/nowhere does not exist`)
    await expect(readRecordings(folder)).rejects.toThrow(`the folder ${folder} holds no *.json file`)
    await put('a.json', '[]')
    await expect(readRecordings(folder)).rejects.toThrow(
      `the folder ${folder} holds no usable recording of /trader/txs/seek_by_time (a.json: no data.items)`,
    )
    await expect(readRecordings(join(folder, 'a.json'))).rejects.toThrow(`${folder}/a.json cannot be read (ENOTDIR)`)
  })
})
