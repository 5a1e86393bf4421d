import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPairs } from '../../../src/main/simulator/demo-pairs'
import { EPOCH } from '../../../src/main/simulator/market'
import { startSimulator, type Simulator } from '../../../src/main/simulator/simulator'
import { mintWallet } from '../../../src/main/simulator/wallets'

const SOL = 'So11111111111111111111111111111111111111112'
const WALLET = mintWallet(1, 3, 0)
const EVM_WALLET = `0x${'a'.repeat(40)}`

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({ latencyMs: 0, allowance: 1_000_000 })
})

afterAll(() => simulator.close())

/** Status and body of one request. */
async function get(path: string, params: Record<string, string | number>, chain = 'solana') {
  const query = new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)]))
  const answer = await fetch(`${simulator.url}${path}?${query}`, { headers: { 'x-api-key': 'k1', 'x-chain': chain } })
  return { status: answer.status, body: JSON.parse(await answer.text()) }
}

function swaps(params: Record<string, string | number>, chain?: string) {
  return get('/trader/txs/seek_by_time', { address: WALLET, ...params }, chain)
}

async function tokensTradedBy(wallet: string): Promise<string[]> {
  const tokens: string[] = []
  for (let offset = 0; ; offset += 100) {
    const page = (await swaps({ address: wallet, offset, limit: 100 })).body.data
    for (const { base, quote } of page.items) tokens.push(base.address, quote.address)
    if (!page.has_next) return tokens
  }
}

async function data(path: string, params: Record<string, string | number>) {
  const { status, body } = await get(path, params)
  expect(status).toBe(200)
  expect(body.success).toBe(true)
  return body.data
}

describe('/trader/txs/seek_by_time', () => {
  it('pages through a wallet by offset, the same as in one piece', async () => {
    const whole = (await swaps({ limit: 100 })).body.data.items
    const pages = []
    for (let offset = 0; ; offset += 7) {
      const { items, has_next } = (await swaps({ offset, limit: 7, tx_type: 'swap', before_time: EPOCH })).body.data
      pages.push(...items)
      if (!has_next) break
    }
    expect(pages.slice(0, 100)).toEqual(whole)
  })

  it('answers the same from another simulator of the same seed, and otherwise for another seed', async () => {
    const again = await startSimulator({ latencyMs: 0 })
    const other = await startSimulator({ latencyMs: 0, seed: 2 })
    const path = `/trader/txs/seek_by_time?address=${WALLET}&limit=100`
    const texts = await Promise.all([simulator, again, other].map(async ({ url }) => (await fetch(url + path)).text()))
    expect(texts[1]).toBe(texts[0])
    expect(texts[2]).not.toBe(texts[0])
    await Promise.all([again.close(), other.close()])
  })

  it.each([
    [{ address: '' }, 400, 'address is invalid format'],
    [{ address: 'nonsense' }, 400, 'address is invalid format'],
    [{ address: EVM_WALLET }, 400, 'address is invalid format'],
    [{ limit: 0 }, 400, 'Invalid request parameters or payload.'],
    [{ limit: 101 }, 400, 'Invalid request parameters or payload.'],
    [{ limit: 'many' }, 400, 'Invalid request parameters or payload.'],
    [{ offset: -1 }, 400, 'Invalid request parameters or payload.'],
    [{ offset: 9_901, limit: 100 }, 400, 'Invalid request parameters or payload.'],
    [{ tx_type: 'gift' }, 400, 'Invalid request parameters or payload.'],
    [{ before_time: 'now' }, 400, 'Invalid request parameters or payload.'],
    [{ before_time: 2, after_time: 1 }, 422, 'Invalid data. Please check the provided data and try again.'],
  ])('refuses %j with %i', async (params, status, message) => {
    expect(await swaps(params)).toEqual({ status, body: { success: false, message } })
  })

  it('reaches to offset + limit = 10000 and no further', async () => {
    expect(await swaps({ offset: 9_900, limit: 100 })).toMatchObject({ status: 200, body: { data: { items: [] } } })
  })

  it('takes addresses of the chain that the request names', async () => {
    expect(await swaps({ address: EVM_WALLET }, 'ethereum')).toMatchObject({ status: 200, body: { data: { items: [] } } })
    expect(await swaps({}, 'ethereum')).toMatchObject({ status: 400 })
  })

  it('has nothing to add or remove', async () => {
    expect((await swaps({ tx_type: 'add' })).body.data).toEqual({ items: [], has_next: false })
    expect((await swaps({ tx_type: 'all' })).body.data.items.length).toBeGreaterThan(0)
  })
})

describe('prices', () => {
  it('are the same alone and together, with null for what has none', async () => {
    const unknown = mintWallet(1, 5, 5)
    const [pair] = demoPairs(1)
    const token = pair?.token_address ?? ''
    const one = await data('/defi/price', { address: token })
    expect(one).toMatchObject({ value: expect.any(Number), updateUnixTime: EPOCH })
    expect(await data('/defi/multi_price', { list_address: [SOL, token, unknown].join(',') })).toEqual({
      [SOL]: await data('/defi/price', { address: SOL }),
      [token]: one,
      [unknown]: null,
    })
    expect(await data('/defi/price', { address: unknown })).toBeNull()
  })

  it('are given for 1 to 100 addresses at once', async () => {
    const hundred = Array(100).fill(SOL)
    expect((await get('/defi/multi_price', { list_address: hundred.join(',') })).status).toBe(200)
    expect((await get('/defi/multi_price', { list_address: [...hundred, SOL].join(',') })).status).toBe(400)
    expect((await get('/defi/multi_price', { list_address: '' })).status).toBe(400)
    expect((await get('/defi/price', { address: 'nonsense' })).status).toBe(400)
  })
})

describe('discovery', () => {
  it('leads from trending tokens over their top traders to wallets that traded them', async () => {
    const byRank = { sort_by: 'rank', sort_type: 'asc', offset: 0, limit: 20 }
    const { tokens, total } = await data('/defi/token_trending', byRank)
    expect(tokens).toHaveLength(20)
    expect(total).toBe(60)
    expect(tokens[0]).toMatchObject({ rank: 1, symbol: expect.any(String), decimals: expect.any(Number) })
    const address: string = tokens[7].address
    const byVolume = { time_frame: '24h', sort_type: 'desc', sort_by: 'volume' }
    const { items } = await data('/defi/v2/tokens/top_traders', { address, ...byVolume })
    expect(items).toHaveLength(10)
    expect(items[0]).toMatchObject({ tokenAddress: address, type: '24h', tags: [] })
    expect(items[0].volumeBuy + items[0].volumeSell).toBeCloseTo(items[0].volume, 6)
    expect(items[0].tradeBuy + items[0].tradeSell).toBe(items[0].trade)
    for (const { owner } of items) expect(await tokensTradedBy(owner)).toContain(address)
  })

  it('sorts traders by trades on request, and pages', async () => {
    const path = '/defi/v2/tokens/top_traders'
    const { tokens } = await data('/defi/token_trending', { limit: 1 })
    const { address } = tokens[0]
    const { items } = await data(path, { address, sort_by: 'trade', limit: 10 })
    const trades = items.map((item: { trade: number }) => item.trade)
    expect(trades).toEqual(trades.toSorted((one: number, other: number) => other - one))
    const { items: second } = await data(path, { address, sort_by: 'trade', offset: 1, limit: 1 })
    expect(second).toEqual([items[1]])
  })

  it.each([
    ['/defi/token_trending', { limit: 21 }],
    ['/defi/v2/tokens/top_traders', { address: SOL, limit: 11 }],
    ['/defi/v2/tokens/top_traders', { address: 'nonsense' }],
  ])('refuses %s %j with 400', async (path, params) => {
    expect((await get(path, params)).status).toBe(400)
  })
})

describe('/utils/v1/credits', () => {
  it('tells what is spent and what is left', async () => {
    const before = await data('/utils/v1/credits', {})
    await swaps({})
    const after = await data('/utils/v1/credits', {})
    expect(after.usage.total - before.usage.total).toBe(13)
    expect(after.remaining.total).toBe(1_000_000 - after.usage.total)
  })
})
