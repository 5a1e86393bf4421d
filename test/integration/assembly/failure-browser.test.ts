import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { csvWriter } from '../../../src/main/assembly/csv-writer'
import { FailureBrowser } from '../../../src/main/assembly/failure-browser'
import type { FailureKind } from '../../../src/shared/failures'
import { collect, entry, freshPipeline, idOf } from '../../support/pipeline'
import { ScratchFolder } from '../../support/scratch-folder'

interface Failed {
  readonly reason: FailureKind
  readonly message: string
}

/** A pipeline in which these wallets have failed. */
async function failed(wallets: Readonly<Record<string, Failed>>) {
  const pipeline = await freshPipeline()
  const { queue, reader } = pipeline
  await queue.enqueue(Object.keys(wallets).map((wallet) => entry(wallet)))
  const { pairs } = await queue.claim(10_000)
  await queue.settle(
    pairs.map(({ id, token, entry: { wallet_address: wallet } }) => {
      const { reason, message } = wallets[wallet] ?? { reason: 'permanent', message: '' }
      if (reason === 'crashed') throw new Error('a crash is no settlement')
      return { id, token, disposition: { to: 'failed' as const, reason, message } }
    }),
  )
  return { ...pipeline, browser: new FailureBrowser(reader, queue) }
}

const many = (count: number, of: (n: number) => Failed) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`W${n}`, of(n)]))
const THREE_ERRORS = (n: number): Failed =>
  n % 4 === 0
    ? { reason: 'timeout', message: `not finished within ${n} s` }
    : { reason: 'permanent', message: n % 4 === 1 ? `422 request ${n} is not valid` : `404 no wallet ${n}` }

describe('the failures', () => {
  it('show two thousand as the three errors that they are, the most frequent first', async () => {
    const { browser } = await failed(many(2000, THREE_ERRORS))
    const found = await browser.query({})
    expect(found).toMatchObject({ total: 2000, matching: 2000, groupCount: 3 })
    expect(found.groups.map(({ words, count }) => [words, count])).toEqual([
      ['404 no wallet #', 1000],
      ['422 request # is not valid', 500],
      ['not finished within # s', 500],
    ])
  })

  it('are retried as a whole selection, those that are on no page too, and nothing is lost', async () => {
    const { browser, queue } = await failed(many(2500, THREE_ERRORS))
    const { selection } = await browser.query({ group: '404 no wallet #' })
    expect(await browser.rows({ selection, from: 0, count: 50 })).toHaveLength(50)
    expect(await browser.retry({ selection })).toBe(1250)
    expect(await queue.audit()).toMatchObject({ failed: 1250, ready: 1250, lost: 0 })
    expect(await browser.query({})).toMatchObject({ total: 1250, groupCount: 2 })
  })

  it('are failed again as they were when a retry is taken back, but for those that are worked by then', async () => {
    const { browser, queue, reader } = await failed(many(1500, THREE_ERRORS))
    const asTheyWere = async () => (await collect(reader.failures())).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const before = await asTheyWere()
    const { selection } = await browser.query({})
    await browser.retry({ selection })
    expect(await browser.undoRetry()).toBe(1500)
    expect(await asTheyWere()).toEqual(before)
    expect(await queue.audit()).toMatchObject({ failed: 1500, ready: 0, lost: 0 })
    await browser.retry({ ids: [idOf('W1'), idOf('W2')] })
    const { pairs } = await queue.claim(1)
    expect(await browser.undoRetry()).toBe(1)
    expect(await queue.audit()).toMatchObject({ failed: 1499, inFlight: 1, ready: 0, lost: 0 })
    expect(pairs).toHaveLength(1)
    await expect(browser.undoRetry()).rejects.toThrow('nothing left to undo')
  })

  it('are discarded one by one, and counted as discarded', async () => {
    const { browser, queue } = await failed(many(4, THREE_ERRORS))
    expect(await browser.discard({ ids: [idOf('W1'), idOf('W2'), 'solana:nobody:T'] })).toBe(2)
    expect(await queue.audit()).toMatchObject({ failed: 2, discarded: 2, lost: 0 })
  })

  it('are searched by wallet, token and words, in any case', async () => {
    const { browser } = await failed(many(8, THREE_ERRORS))
    expect(await browser.query({ text: 'NO WALLET' })).toMatchObject({ matching: 4, total: 8 })
    expect(await browser.query({ text: 'w7' })).toMatchObject({ matching: 1 })
    expect(await browser.query({ text: 'w7', reason: 'timeout' })).toMatchObject({ matching: 0, groups: [] })
  })

  it('tell poison from bad luck, and count both whichever is looked at', async () => {
    const { browser } = await failed(many(8, THREE_ERRORS))
    const byNature = { poison: 6, 'bad-luck': 2 }
    expect(await browser.query({})).toMatchObject({ matching: 8, groupCount: 3, byNature })
    expect(await browser.query({ nature: 'bad-luck' })).toMatchObject({ matching: 2, groupCount: 1, byNature })
    expect(await browser.query({ nature: 'poison', text: 'not valid' })).toMatchObject({ matching: 2, groupCount: 1, byNature: { poison: 2, 'bad-luck': 0 } })
  })

  it('say that a list is out of date rather than moving other pairs than were meant', async () => {
    const { browser } = await failed(many(4, THREE_ERRORS))
    const { selection } = await browser.query({})
    for (let i = 0; i < 4; i++) await browser.query({})
    expect(await browser.rows({ selection, from: 0, count: 1 })).toBeNull()
    await expect(browser.discard({ selection })).rejects.toThrow('out of date')
  })

  it('are exported as they are filtered', async () => {
    const folder = new ScratchFolder()
    onTestFinished(() => folder.remove())
    const { reader } = await failed(many(8, THREE_ERRORS))
    const { signal } = new AbortController()
    const plan = { kind: 'failed', filter: { group: 'not finished within # s' } } as const
    const { rows } = await csvWriter(reader)({ plan, file: folder.at('failed.csv'), signal, onProgress: () => {} })
    expect(rows).toBe(2)
    expect(readFileSync(folder.at('failed.csv'), 'utf8')).not.toContain('404 no wallet')
  })
})
