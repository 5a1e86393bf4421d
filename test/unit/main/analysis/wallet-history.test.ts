import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Accounts } from '../../../../src/main/analysis/accounts'
import { BirdeyeClient } from '../../../../src/main/analysis/birdeye-client'
import { readHistory, type WalletHistory } from '../../../../src/main/analysis/wallet-history'
import { ManualClock } from '../../../support/manual-clock'
import { json, type ScriptedApi, type Script, startScriptedApi } from '../../../support/scripted-api'
import { trade, WALLET } from '../../../support/swap-items'

type Item = ReturnType<typeof trade>
const NOW_SECONDS = 1_750_000_000

let api: ScriptedApi

beforeEach(async () => {
  api = await startScriptedApi()
})

afterEach(() => api.close())

async function read(maxTransactions = 500, signal = new AbortController().signal) {
  const clock = new ManualClock()
  const accounts = new Accounts({ accounts: [], clock, onNotice: () => undefined })
  const client = new BirdeyeClient({
    baseUrl: api.url,
    accounts,
    requestTimeoutMs: 30_000,
    clock,
    onRequest: () => undefined,
  })
  return readHistory(client, { chain: 'solana', wallet: WALLET, maxTransactions, beforeSeconds: NOW_SECONDS }, signal)
}

async function readWhole(maxTransactions?: number): Promise<WalletHistory> {
  const history = await read(maxTransactions)
  if (history.kind !== 'history') throw new Error(history.message)
  return history
}

/** The endpoint as it is documented, over a wallet's items. `holds` decides whether `before_time` itself is in. */
function wallet(
  items: Item[],
  options: { holdsBeforeTime?: boolean; pageSize?: number; page?: (data: object) => object } = {},
): Script {
  return (request, response) => {
    const number = (name: string) => Number(request.query.get(name))
    const [offset, limit, before] = [number('offset'), number('limit'), number('before_time')]
    if (request.query.has('after_time') || offset + limit > 10_000 || limit < 1 || limit > 100) {
      return json(422, { success: false, message: 'Invalid data.' })(request, response)
    }
    const last = options.holdsBeforeTime ? before : before - 1
    const all = items.filter((item) => Number(item.block_unix_time) <= last)
    const end = offset + Math.min(limit, options.pageSize ?? limit)
    const data = { items: all.slice(offset, end), has_next: end < all.length }
    json(200, { success: true, data: options.page?.(data) ?? data })(request, response)
  }
}

/** `count` swaps, newest first, one every `everySeconds`. */
const swaps = (count: number, everySeconds = 60) =>
  Array.from({ length: count }, (_, index) =>
    trade(NOW_SECONDS - 1 - Math.floor(index * everySeconds), 1 + index, 1, { tx_hash: `tx${index}` }),
  )
const hashes = (history: WalletHistory) => history.swaps.map(({ txHash }) => txHash)
const parameter = (name: string) => api.seen.map(({ query }) => query.get(name))

describe('paging', () => {
  it('reads page after page to the end, with before_time standing still', async () => {
    api.script = wallet(swaps(250))
    const history = await readWhole()
    expect(hashes(history)).toEqual(swaps(250).map((item) => item.tx_hash))
    expect(history).toMatchObject({ truncated: false, requests: 3, unreadable: 0 })
    expect(api.seen[0]?.path).toBe('/trader/txs/seek_by_time')
    expect(Object.fromEntries(api.seen[0]?.query ?? [])).toEqual({
      address: WALLET,
      offset: '0',
      limit: '100',
      before_time: String(NOW_SECONDS),
      tx_type: 'swap',
    })
    expect(parameter('offset')).toEqual(['0', '100', '200'])
    expect(new Set(parameter('before_time'))).toEqual(new Set([String(NOW_SECONDS)]))
  })

  it.each(['has_next', 'hasNext'])('goes on as long as %s says, however full a page is', async (name) => {
    const page = ({ has_next, ...data }: { has_next?: boolean }) => ({ ...data, [name]: has_next })
    api.script = wallet(swaps(160), { page, pageSize: 80 })
    expect(await readWhole()).toMatchObject({ truncated: false, requests: 2, swaps: { length: 160 } })
  })

  it('goes on until a page is not full where nothing is said', async () => {
    api.script = wallet(swaps(150), { page: (data) => ({ ...data, has_next: undefined }) })
    expect(await readWhole()).toMatchObject({ truncated: false, requests: 2, swaps: { length: 150 } })
  })

  it.each([1, 7, 99, 100])('reads the same swaps from pages of %i', async (pageSize) => {
    api.script = wallet(swaps(100, 0.4), { pageSize })
    expect(hashes(await readWhole())).toEqual(swaps(100).map((item) => item.tx_hash))
  })

  it('reads each swap once when new ones push the pages on', async () => {
    const late = trade(NOW_SECONDS - 1, 9, 9, { tx_hash: 'late' })
    let items = swaps(150)
    api.script = (request, response) => {
      wallet(items)(request, response)
      items = [late, ...swaps(150)]
    }
    expect(hashes(await readWhole())).toEqual(swaps(150).map((item) => item.tx_hash))
  })

  it('keeps the swaps of one transaction, told apart by their indexes', async () => {
    const inOne = [7, 4, null].map((inner_ins_index) =>
      trade(5, 1, 1, { tx_hash: 'same', ins_index: 2, inner_ins_index }),
    )
    api.script = wallet(inOne)
    expect((await readWhole()).swaps.map(({ innerInsIndex }) => innerInsIndex)).toEqual([7, 4, null])
  })
})

describe('the limit', () => {
  it('cuts the history, and says so, while there is more', async () => {
    api.script = wallet(swaps(501))
    expect(await readWhole(500)).toMatchObject({ truncated: true, requests: 5, swaps: { length: 500 } })
  })

  it('that is just enough cuts nothing', async () => {
    api.script = wallet(swaps(500))
    expect(await readWhole(500)).toMatchObject({ truncated: false, requests: 5, swaps: { length: 500 } })
  })

  it('holds within a page', async () => {
    api.script = wallet(swaps(200))
    expect(await readWhole(130)).toMatchObject({ truncated: true, requests: 2, swaps: { length: 130 } })
  })

  it('below a page asks for no more than it needs', async () => {
    api.script = wallet(swaps(10))
    expect(await readWhole(3)).toMatchObject({ truncated: true, requests: 1, swaps: { length: 3 } })
    expect(parameter('limit')).toEqual(['3'])
  })
})

describe('beyond offset 10000', () => {
  // Three swaps a second, so that the seam falls within a second.
  const long = swaps(12_345, 1 / 3)

  it.each([true, false])(
    'goes on from the last time, losing and doubling nothing (before_time itself included: %s)',
    async (holdsBeforeTime) => {
      api.script = wallet(long, { holdsBeforeTime })
      const history = await readWhole(20_000)
      expect(hashes(history)).toEqual(long.map((item) => item.tx_hash))
      expect(history.truncated).toBe(false)
      expect(parameter('after_time').every((value) => value === null)).toBe(true)
      expect(new Set(parameter('before_time')).size).toBe(2)
    },
  )
})

describe('an API that contradicts itself', () => {
  it('an empty page that claims more is the end', async () => {
    api.script = wallet(swaps(100), { page: (data) => ({ ...data, has_next: true }) })
    expect(await readWhole()).toMatchObject({ truncated: false, requests: 2, swaps: { length: 100 } })
  })

  it('the same page again and again ends the reading, as truncated', async () => {
    api.script = json(200, { success: true, data: { items: swaps(100), has_next: true } })
    expect(await readWhole()).toMatchObject({ truncated: true, requests: 2, swaps: { length: 100 } })
  })

  it('items that are no swaps are left out, items that cannot be read are counted', async () => {
    const [first, second] = swaps(2)
    const items = [first, { block_unix_time: 7 }, { ...second, tx_type: 'add' }, 'junk']
    api.script = json(200, { success: true, data: { items, has_next: false } })
    expect(await readWhole()).toMatchObject({ swaps: { length: 1 }, unreadable: 2 })
  })

  it('a page without a list of items is malformed', async () => {
    api.script = json(200, { success: true, data: { items: null, has_next: false } })
    expect(await read()).toMatchObject({ kind: 'transient', message: expect.stringContaining('items') })
  })
})

describe('a page that fails', () => {
  it.each([
    [429, 'rate-limited'],
    [500, 'transient'],
    [422, 'permanent'],
  ])('with %i: nothing is made of the pages before', async (status, kind) => {
    api.script = (request, response) =>
      (request.query.get('offset') === '0' ? wallet(swaps(150)) : json(status, { success: false, message: 'no' }))(
        request,
        response,
      )
    expect(await read()).toMatchObject({ kind })
  })

  it('ends the reading with the reason when the pair is given up between two pages', async () => {
    const abort = new AbortController()
    api.script = (request, response) => {
      if (api.seen.length === 2) abort.abort('given up')
      wallet(swaps(300))(request, response)
    }
    await expect(read(500, abort.signal)).rejects.toBe('given up')
    expect(api.seen).toHaveLength(2)
  })
})
