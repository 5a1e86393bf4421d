import { afterAll, describe, expect, it } from 'vitest'
import type { RejectedRow } from '../../../../src/main/transfer/import-pairs'
import { previewPairs, type GoodRow, type PreviewOptions } from '../../../../src/main/transfer/preview-pairs'
import { ScratchFolder } from '../../../support/scratch-folder'

const folder = new ScratchFolder()
afterAll(() => folder.remove())

/** Looks through a file whose wallets "known…" are known to the queue, and "bad…" are no addresses. */
async function preview(name: string, content: string, options: Partial<PreviewOptions> = {}) {
  const rejected: RejectedRow[] = []
  const good: GoodRow[] = []
  const told: Parameters<PreviewOptions['onProgress']>[] = []
  await previewPairs({
    file: folder.write(name, content),
    validate: ({ wallet_address: wallet }) => (wallet.startsWith('bad') ? 'is bad' : null),
    known: (ids) => Promise.resolve(ids.map((id) => id.startsWith('solana:known'))),
    onReject: (row) => rejected.push(row),
    onGood: (row) => good.push(row),
    onProgress: (...progress) => told.push(progress),
    signal: new AbortController().signal,
    ...options,
  })
  return { rejected, good, told, counts: told.at(-1)?.[0] }
}

const csv = (...rows: string[]) => ['wallet,token', ...rows].join('\n')

describe('the preview of an import', () => {
  it('counts every row once: new, known to the queue, earlier in the file, or rejected', async () => {
    const { counts, rejected, good } = await preview('pairs.csv', csv('a,t', 'known,t', 'a,t', 'bad,t', 'short', 'b,t'))
    expect(counts).toEqual({ fresh: 2, duplicates: 2, rejected: 2 })
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'is bad'],
      [6, 'has 1 column where the header has 2'],
    ])
    expect(good.map(({ line, isFresh }) => [line, isFresh])).toEqual([
      [2, true],
      [3, false],
      [4, false],
      [7, true],
    ])
  })

  it('compares pairs as the queue does: the case of EVM addresses is their checksum', async () => {
    const row = (wallet: string) => JSON.stringify({ wallet_address: wallet, token_address: '0xT', chain: 'base' })
    const { counts } = await preview('pairs.jsonl', [row('0xAB'), row('0xab')].join('\n'))
    expect(counts).toEqual({ fresh: 1, duplicates: 1, rejected: 0 })
  })

  it('goes on looking and telling while there are only bad rows', async () => {
    const { told } = await preview('bad.csv', csv(...Array.from({ length: 1200 }, (_, n) => `bad${n},t`)))
    expect(told.map(([{ rejected }]) => rejected)).toEqual([500, 1000, 1200])
  })

  it('ends when it is aborted, with the reason', async () => {
    const abort = new AbortController()
    const content = csv(...Array.from({ length: 1200 }, (_, n) => `w${n},t`))
    const told: number[] = []
    const onProgress: PreviewOptions['onProgress'] = ({ fresh }) => {
      told.push(fresh)
      abort.abort(new Error('enough'))
    }
    await expect(preview('long.csv', content, { signal: abort.signal, onProgress })).rejects.toThrow('enough')
    expect(told).toEqual([500])
  })

  it('of an empty file says what is missing', async () => {
    await expect(preview('empty.csv', '')).rejects.toThrow('is empty')
  })
})
