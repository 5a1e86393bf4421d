import { afterAll, describe, expect, it } from 'vitest'
import { importPairs, type ImportOptions, type RejectedRow, type Verdict } from '../../../../src/main/transfer/import-pairs'
import { ScratchFolder } from '../../../support/scratch-folder'

const folder = new ScratchFolder()
afterAll(() => folder.remove())

/** A queue that knows a pair by its wallet, and refuses the wallet "refused". */
class MemoryInbox {
  readonly wallets: string[] = []
  readonly batches: number[] = []

  readonly enqueue = (entries: readonly string[]): Promise<Verdict[]> => {
    this.batches.push(entries.length)
    return Promise.resolve(entries.map((entry) => this.#take(JSON.parse(entry).wallet_address)))
  }

  #take(wallet: string): Verdict {
    if (wallet === 'refused') return { rejected: 'the queue would not have it' }
    if (this.wallets.includes(wallet)) return 'duplicate'
    this.wallets.push(wallet)
    return 'enqueued'
  }
}

async function run(rows: readonly string[], options: Partial<ImportOptions> = {}) {
  const inbox = new MemoryInbox()
  const rejected: RejectedRow[] = []
  const file = folder.write('pairs.csv', ['wallet,token', ...rows].join('\n'))
  const importing = importPairs({
    file,
    validate: ({ wallet_address: wallet }) => (wallet === 'bad' ? 'is bad' : null),
    enqueue: inbox.enqueue,
    onReject: (row) => rejected.push(row),
    ...options,
  })
  return { inbox, rejected, counts: await importing }
}

describe('an import', () => {
  it('counts every row once, and tells of each refused one', async () => {
    const { inbox, rejected, counts } = await run(['a,t', 'bad,t', 'a,t', 'refused,t', 'b,t', 'short'])
    expect(counts).toEqual({ enqueued: 2, duplicates: 1, rejected: 3 })
    expect(inbox.wallets).toEqual(['a', 'b'])
    expect(rejected.sort((a, b) => a.line - b.line)).toEqual([
      { line: 3, reason: 'is bad', excerpt: 'bad,t' },
      { line: 5, reason: 'the queue would not have it', excerpt: '{"wallet_address":"refused","token_address":"t"}' },
      { line: 7, reason: 'has 1 column where the header has 2', excerpt: 'short' },
    ])
  })

  it('queues a thousand entries at a time, in the order of the file', async () => {
    const wallets = Array.from({ length: 2500 }, (_, i) => `w${i}`)
    const { inbox, counts } = await run(wallets.map((wallet) => `${wallet},t`))
    expect(counts).toEqual({ enqueued: 2500, duplicates: 0, rejected: 0 })
    expect(inbox.batches).toEqual([1000, 1000, 500])
    expect(inbox.wallets).toEqual(wallets)
  })

  it('reads on only when the queue has taken what was read', async () => {
    let read = 0
    const readWhenAsked: number[] = []
    const enqueue = async (entries: readonly string[]): Promise<Verdict[]> => {
      await new Promise(setImmediate)
      readWhenAsked.push(read)
      return entries.map(() => 'enqueued')
    }
    const validate = () => ((read += 1), null)
    await run(Array.from({ length: 2500 }, (_, i) => `w${i},t`), { enqueue, validate })
    expect(readWhenAsked).toEqual([1000, 2000, 2500])
  })

  it('of a file without rows queues nothing', async () => {
    const { inbox, counts } = await run([])
    expect(counts).toEqual({ enqueued: 0, duplicates: 0, rejected: 0 })
    expect(inbox.batches).toEqual([])
  })

  it('ends when it is aborted, and what was queued stays queued', async () => {
    const inbox = new MemoryInbox()
    const abort = new AbortController()
    const enqueue = (entries: readonly string[]) => {
      abort.abort(new Error('cancelled'))
      return inbox.enqueue(entries)
    }
    const rows = Array.from({ length: 2500 }, (_, i) => `w${i},t`)
    await expect(run(rows, { enqueue, signal: abort.signal })).rejects.toThrow('cancelled')
    expect(inbox.batches).toEqual([1000])
  })

  it('fails with the error of the queue, whatever its code', async () => {
    const lost = Object.assign(new Error('Redis went away'), { code: 'ENOENT', syscall: 'connect' })
    await expect(run(['a,t'], { enqueue: () => Promise.reject(lost) })).rejects.toBe(lost)
  })

  it('fails when the queue does not say what became of an entry', async () => {
    await expect(run(['a,t'], { enqueue: () => Promise.resolve([]) })).rejects.toThrow('did not say what became of line 2')
  })
})
