import { base58 } from '@scure/base'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Accounts } from '../../../../src/main/analysis/accounts'
import { BirdeyeClient } from '../../../../src/main/analysis/birdeye-client'
import { discover, widthFor, type DiscoveryEvent } from '../../../../src/main/analysis/discovery'
import { previewOf } from '../../../../src/main/analysis/discovery-cost'
import { PatientClient } from '../../../../src/main/analysis/patient-client'
import type { PairEntry } from '../../../../src/shared/pair'
import { collect } from '../../../support/collect'
import { ManualClock } from '../../../support/manual-clock'
import { json, startScriptedApi, type Script, type ScriptedApi, type Seen } from '../../../support/scripted-api'

const address = (number: number) => base58.encode(new Uint8Array(32).fill(number))
const never = new AbortController().signal

let api: ScriptedApi
let clock: ManualClock

beforeEach(async () => {
  api = await startScriptedApi()
  clock = new ManualClock()
})

afterEach(() => api.close())

function discovery(plan: { tokens: number; traders: number; chain?: string }, signal = never, width = 2) {
  const accounts = new Accounts({ accounts: [], clock, onNotice: () => undefined })
  const common = { baseUrl: api.url, accounts, requestTimeoutMs: 30_000, clock, onRequest: () => undefined }
  const client = new PatientClient({ client: new BirdeyeClient(common), clock, onWait: () => undefined })
  return discover({ chain: 'solana', ...plan }, { client, clock, width }, signal)
}

interface World {
  readonly tokens?: readonly unknown[]
  traders?(token: string): readonly unknown[]
}

const tokens = (count: number) => Array.from({ length: count }, (_, i) => ({ address: address(i + 1), symbol: `T${i + 1}`, price: 2 }))
const traders = (count: number, from = 100) => Array.from({ length: count }, (_, i) => ({ owner: address(from + i), volumeUsd: 5, trade: 3 }))

/** Pages of a list, as the API cuts them. */
function pages({ tokens: list = tokens(2), traders: tradersOf = () => traders(2) }: World): Script {
  return (request, response) => {
    const from = Number(request.query.get('offset'))
    const limit = Number(request.query.get('limit'))
    const data =
      request.path === '/defi/token_trending'
        ? { tokens: list.slice(from, from + limit) }
        : { items: tradersOf(request.query.get('address') ?? '').slice(from, from + limit) }
    json(200, { success: true, data })(request, response)
  }
}

const pairsOf = (events: readonly DiscoveryEvent[]): PairEntry[] => events.flatMap((event) => (event.kind === 'pairs' ? event.pairs : []))
const skipsOf = (events: readonly DiscoveryEvent[]) =>
  events.flatMap((event) => (event.kind === 'token-skipped' ? [event.skip] : event.kind === 'pairs' ? event.skips : []))
const isTrending = ({ path }: Seen) => path === '/defi/token_trending'
const window = ({ query }: Seen) => [Number(query.get('offset')), Number(query.get('limit'))]

describe('paging', () => {
  it('asks for as much as is wanted, 20 tokens and 10 traders at most at a time', async () => {
    api.script = pages({ tokens: tokens(60), traders: () => traders(60) })
    const events = await collect(discovery({ tokens: 45, traders: 25 }))
    expect(api.seen.filter(isTrending).map(window)).toEqual([[0, 20], [20, 20], [40, 5]])
    const first = api.seen.filter(({ query }) => query.get('address') === address(1))
    expect(first.map(window)).toEqual([[0, 10], [10, 10], [20, 5]])
    expect(first[0]?.query.get('time_frame')).toBe('24h')
    expect(first[0]?.headers['x-chain']).toBe('solana')
    expect(pairsOf(events)).toHaveLength(45 * 25)
    expect(api.seen).toHaveLength(previewOf({ tokens: 45, traders: 25 }, null).requests)
  })

  it('ends with a short page: there is no more', async () => {
    api.script = pages({ tokens: tokens(3), traders: () => traders(12) })
    const events = await collect(discovery({ tokens: 100, traders: 100 }))
    expect(api.seen.filter(isTrending)).toHaveLength(1)
    expect(api.seen).toHaveLength(1 + 3 * 2)
    expect(events).toContainEqual({ kind: 'tokens', tokens: 3 })
    expect(pairsOf(events)).toHaveLength(36)
  })

  it('hands each page on before the next is asked for', async () => {
    api.script = pages({ tokens: tokens(1), traders: () => traders(30) })
    const events = discovery({ tokens: 1, traders: 30 }, never, 1)
    await events.next()
    expect((await events.next()).value).toMatchObject({ kind: 'pairs', traders: 10 })
    expect(api.seen.length).toBeLessThanOrEqual(3)
    await events.return()
  })
})

describe('a pair', () => {
  const only = async (token: object, trader: object) => {
    api.script = pages({ tokens: [{ address: address(1), ...token }], traders: () => [{ owner: address(9), ...trader }] })
    return pairsOf(await collect(discovery({ tokens: 1, traders: 10 })))
  }

  it("has the inbox's field names", async () => {
    expect(await only({ symbol: 'FOX', price: 0.5 }, { volumeUsd: 1234.5, volume: 7, trade: 42, tags: [] })).toEqual([
      {
        wallet_address: address(9),
        token_address: address(1),
        token_symbol: 'FOX',
        chain: 'solana',
        trader_volume_usd: '1234.5',
        trader_trades: 42,
        discovered_at: '2025-07-25T12:00:00.000Z',
      },
    ])
  })

  it('has volume × price where the API does not say the volume in USD, exactly', async () => {
    expect(await only({ price: 0.1 }, { volume: 123456789.3 })).toMatchObject([{ trader_volume_usd: '12345678.93' }])
  })

  it('leaves out what is not known', async () => {
    const bare = { wallet_address: address(9), token_address: address(1), chain: 'solana', discovered_at: expect.any(String) }
    expect(await only({ symbol: null, price: null }, { volume: 5, trade: 'many', volumeUsd: null })).toEqual([bare])
    expect(await only({}, {})).toEqual([bare])
  })

  it('comes once, though the API names a trader twice', async () => {
    api.script = pages({ tokens: tokens(1), traders: () => [...traders(3), ...traders(2)] })
    const events = await collect(discovery({ tokens: 1, traders: 10 }))
    expect(pairsOf(events)).toHaveLength(3)
    expect(events).toContainEqual(expect.objectContaining({ kind: 'pairs', traders: 5, repeated: 2 }))
  })
})

describe('what cannot be used is told', () => {
  it('entries without an address, or with one of another chain', async () => {
    const evm = `0x${'a'.repeat(40)}`
    api.script = pages({
      tokens: [{ symbol: 'X' }, { address: evm, symbol: 'EVM' }, ...tokens(1), ...tokens(1)],
      traders: () => [{ volume: 1 }, { owner: evm }, ...traders(1)],
    })
    const events = await collect(discovery({ tokens: 20, traders: 10 }))
    expect(skipsOf(events)).toEqual([
      { what: 'token', name: 'without a name', reason: 'its entry in the trending list has no address' },
      { what: 'token', name: 'EVM', reason: expect.stringContaining('is not an address on solana') },
      { what: 'token', name: 'T1', reason: 'the trending list names it twice' },
      { what: 'trader', name: 'a trader of T1', reason: 'its entry has no owner' },
      { what: 'trader', name: 'a trader of T1', reason: expect.stringContaining('is not an address on solana') },
    ])
    expect(pairsOf(events)).toHaveLength(1)
  })

  it('a token whose traders cannot be had is skipped; the others are read', async () => {
    const usual = pages({ tokens: tokens(3) })
    api.script = (request, response) =>
      request.query.get('address') === address(2)
        ? json(400, { success: false, message: 'Invalid request parameters or payload.' })(request, response)
        : usual(request, response)
    const events = await collect(discovery({ tokens: 3, traders: 10 }))
    expect(skipsOf(events)).toEqual([{ what: 'token', name: 'T2', reason: expect.stringContaining('Invalid request parameters') }])
    expect(pairsOf(events)).toHaveLength(4)
    expect(events.filter(({ kind }) => kind === 'token-read')).toHaveLength(2)
  })
})

describe('the end', () => {
  it.each([
    [401, 'Unauthorized. Authentication required.', 'Unauthorized'],
    [400, 'Compute units usage limit exceeded', 'allowance spent'],
  ])('comes at once with %d %s', async (status, message, told) => {
    const usual = pages({ tokens: tokens(9) })
    api.script = (request, response) =>
      isTrending(request) ? usual(request, response) : json(status, { success: false, message })(request, response)
    const events = await collect(discovery({ tokens: 9, traders: 10 }))
    expect(events.at(-1)).toMatchObject({ kind: 'failed', message: expect.stringContaining(told) })
    expect(api.seen.length).toBeLessThanOrEqual(3)
  })

  it('comes with the first page of tokens when that cannot be had', async () => {
    api.script = json(400, { success: false, message: 'No such chain' })
    const events = await collect(discovery({ tokens: 9, traders: 10 }))
    expect(events).toEqual([{ kind: 'failed', message: expect.stringContaining('No such chain') }])
  })

  it('comes with the signal, in the middle of a request', async () => {
    const usual = pages({ tokens: tokens(2) })
    api.script = (request, response) => (isTrending(request) ? usual(request, response) : undefined) // never answers
    const abort = new AbortController()
    const events = collect(discovery({ tokens: 2, traders: 10 }, abort.signal))
    await api.arrived(3)
    abort.abort(new Error('enough'))
    await expect(events).rejects.toThrow('enough')
  })

  it('comes with a list of no tokens', async () => {
    api.script = pages({ tokens: [] })
    expect(await collect(discovery({ tokens: 20, traders: 10 }))).toEqual([{ kind: 'tokens', tokens: 0 }])
  })
})

describe('how many tokens are read at a time', () => {
  it.each([
    [null, 2],
    [1, 1],
    [0.2, 1],
    [5, 3],
    [15, 8],
    [150, 8],
  ])('at %s requests per second it is %d', (quotaPerSecond, width) => {
    expect(widthFor(quotaPerSecond)).toBe(width)
  })
})
