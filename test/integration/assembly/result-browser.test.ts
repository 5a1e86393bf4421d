import { describe, expect, it } from 'vitest'
import { csvWriter } from '../../../src/main/assembly/csv-writer'
import { ResultBrowser } from '../../../src/main/assembly/result-browser'
import { ResultPages } from '../../../src/main/queue/result-pages'
import { ResultIndex } from '../../../src/main/result-index/result-index'
import { RESULT_COLUMNS, type PairResult } from '../../../src/shared/result'
import type { ResultQuery } from '../../../src/shared/results-query'
import { entry, freshPipeline, type Pipeline } from '../../support/pipeline'
import { ScratchFolder } from '../../support/scratch-folder'
import { readFileSync } from 'node:fs'

const EMPTY = Object.fromEntries(RESULT_COLUMNS.map(({ name }) => [name, null])) as PairResult
const NEWEST: ResultQuery = { filter: {}, sort: { by: 'analyzed_at', descending: true }, distribution: 'win_rate' }
const BEST: ResultQuery = { ...NEWEST, sort: { by: 'total_pnl_usd', descending: true } }

/** Works pairs as the engine does, each with the P&L that is named. */
async function done({ queue }: Pipeline, pnl: Readonly<Record<string, number>>, { reanalyze = false } = {}) {
  await queue.enqueue(Object.keys(pnl).map((wallet) => entry(wallet)), { reanalyze })
  const { pairs } = await queue.claim(10_000)
  const settlements = pairs.map(({ id, token, entry: { chain, wallet_address, token_address } }) => {
    const analyzed_at = new Date(Date.now()).toISOString()
    const result = { ...EMPTY, chain, wallet_address, token_address, analyzed_at, total_pnl_usd: String(pnl[wallet_address]) }
    return { id, token, disposition: { to: 'done' as const, result } }
  })
  await queue.settle(settlements)
}

/** Waits for the server's clock to move on: no pair is analysed twice within a millisecond. */
async function nextMillisecond({ redis }: Pipeline): Promise<void> {
  const nowMs = async () => {
    const [seconds, microseconds] = await redis.time()
    return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000)
  }
  const before = await nowMs()
  while ((await nowMs()) === before);
}

async function browserOf(pipeline: Pipeline) {
  const browser = new ResultBrowser(new ResultPages(pipeline.redis, pipeline.queue.keys), new ResultIndex())
  const readAll = async () => {
    while (await browser.readOn());
  }
  const walletsOf = async (query: ResultQuery, from = 0, count = 100) => {
    const { selection } = await browser.query(query)
    return (await browser.rows({ selection, from, count }))?.map(({ wallet_address }) => wallet_address)
  }
  return { browser, readAll, walletsOf }
}

describe('browsing results', () => {
  it('shows the newest at once, before anything has been read', async () => {
    const pipeline = await freshPipeline()
    await done(pipeline, { A: 1 })
    await done(pipeline, { B: 2 })
    await done(pipeline, { C: 3 })
    const { browser, walletsOf } = await browserOf(pipeline)
    expect(await walletsOf(NEWEST)).toHaveLength(3)
    expect(await browser.query(NEWEST)).toMatchObject({ matching: 3, total: 3 })
    expect(await walletsOf(NEWEST, 3)).toEqual([])
  })

  it('orders and filters everything that it has read', async () => {
    const pipeline = await freshPipeline()
    await done(pipeline, { A: -5, B: 20, C: 3 })
    const { browser, readAll, walletsOf } = await browserOf(pipeline)
    await readAll()
    expect(await walletsOf(BEST)).toEqual(['B', 'C', 'A'])
    expect(await walletsOf(BEST, 1, 1)).toEqual(['C'])
    expect(await walletsOf({ ...BEST, filter: { ranges: { total_pnl_usd: { min: 0 } } } })).toEqual(['B', 'C'])
    expect((await browser.query(BEST)).totals).toMatchObject({ pairs: 3, totalPnlUsd: 18 })
  })

  it('follows what is done later, and what is done again', async () => {
    const pipeline = await freshPipeline()
    await done(pipeline, { A: 1, B: 2 })
    const { browser, readAll, walletsOf } = await browserOf(pipeline)
    await readAll()
    await done(pipeline, { C: 3 })
    await nextMillisecond(pipeline)
    await done(pipeline, { A: 10 }, { reanalyze: true })
    await readAll()
    expect(await walletsOf(BEST)).toEqual(['A', 'C', 'B'])
    expect(await browser.query(BEST)).toMatchObject({ matching: 3, indexed: 3, total: 3 })
  })

  it('reads thousands that were done in the same millisecond, each once', async () => {
    const pipeline = await freshPipeline()
    await done(pipeline, Object.fromEntries(Array.from({ length: 9000 }, (_, i) => [`W${i}`, i])))
    const { browser, readAll } = await browserOf(pipeline)
    await readAll()
    expect(await browser.query(BEST)).toMatchObject({ matching: 9000, indexed: 9000, totals: { pairs: 9000, totalPnlUsd: 40_495_500 } })
  })

  it('keeps the rows of a selection as they were, and says when it has been forgotten', async () => {
    const pipeline = await freshPipeline()
    await done(pipeline, { A: 1 })
    const { browser, readAll } = await browserOf(pipeline)
    const newest = await browser.query(NEWEST)
    await done(pipeline, { B: 2 })
    await readAll()
    expect(await browser.rows({ ...newest, from: 0, count: 10 })).toHaveLength(1)
    for (let i = 0; i < 4; i++) await browser.query(BEST)
    expect(await browser.rows({ ...newest, from: 0, count: 10 })).toBeNull()
  })
})

describe('an export of a selection', () => {
  it('has its rows and its columns, and the order of time', async () => {
    const folder = new ScratchFolder()
    const pipeline = await freshPipeline()
    await done(pipeline, { A: -5, B: 20, C: 3 })
    const plan = { kind: 'results', filter: { ranges: { total_pnl_usd: { min: 0 } } }, columns: ['wallet_address', 'total_pnl_usd'] } as const
    const written = await csvWriter(pipeline.reader)({
      plan: { ...plan, columns: [...plan.columns] },
      file: folder.at('out.csv'),
      signal: new AbortController().signal,
      onProgress: () => {},
    })
    expect(written.rows).toBe(2)
    expect(readFileSync(folder.at('out.csv'), 'utf8').split('\r\n').toSorted()).toEqual(['', 'B,20', 'C,3', 'wallet_address,total_pnl_usd'])
    folder.remove()
  })
})
