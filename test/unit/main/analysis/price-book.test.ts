import { base58 } from '@scure/base'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Accounts } from '../../../../src/main/analysis/accounts'
import { BirdeyeClient } from '../../../../src/main/analysis/birdeye-client'
import { PriceBook } from '../../../../src/main/analysis/price-book'
import { ManualClock } from '../../../support/manual-clock'
import { json, type ScriptedApi, type Seen, startScriptedApi } from '../../../support/scripted-api'

const COLLECT_MS = 50
const MINUTE_MS = 60_000

let api: ScriptedApi
let clock: ManualClock
let book: PriceBook

beforeEach(async () => {
  api = await startScriptedApi(pricesOfAll)
  clock = new ManualClock()
  const accounts = new Accounts({ accounts: [], clock, onNotice: () => undefined })
  const client = new BirdeyeClient({
    baseUrl: api.url,
    accounts,
    requestTimeoutMs: 30_000,
    clock,
    onRequest: () => undefined,
  })
  book = new PriceBook(client, clock)
})

afterEach(() => {
  book.close()
  return api.close()
})

const askedFor = ({ query }: Seen) => (query.get('list_address') ?? '').split(',')
const token = (number: number) => base58.encode(new Uint8Array(32).fill(number + 1))

/** Each token costs as many dollars as its address has characters. */
function pricesOfAll(request: Seen, response: Parameters<ScriptedApi['script']>[1]) {
  const data = Object.fromEntries(
    askedFor(request).map((address) => [address, { value: address.length, updateUnixTime: 1 }]),
  )
  json(200, { success: true, data })(request, response)
}

async function ask(address: string, chain = 'solana', signal = new AbortController().signal) {
  const reply = await book.price(chain, address, signal)
  return reply.kind === 'price' ? (reply.usd?.toFixed() ?? 'no price') : reply
}

const askAll = async (...addresses: string[]) => {
  const asked = addresses.map((address) => ask(address))
  await clock.passSleepOf(COLLECT_MS)
  return Promise.all(asked)
}

describe('sharing', () => {
  it('pairs that want prices at about the same time share one request', async () => {
    expect(await askAll('aa', 'bbb', 'aa')).toEqual(['2', '3', '2'])
    expect(api.seen.map(askedFor)).toEqual([['aa', 'bbb']])
    expect(api.seen[0]?.path).toBe('/defi/multi_price')
  })

  it('a pair that comes while its token is asked for waits for that answer', async () => {
    let answer = () => undefined as void
    api.script = (request, response) => void (answer = () => pricesOfAll(request, response))
    const first = ask('aa')
    await clock.passSleepOf(COLLECT_MS)
    await api.arrived(1)
    const second = ask('aa')
    answer()
    expect(await Promise.all([first, second])).toEqual(['2', '2'])
    expect(api.seen).toHaveLength(1)
  })

  it('a token is asked for once a minute', async () => {
    await askAll('aa')
    clock.advance(MINUTE_MS - 1)
    expect(await ask('aa')).toBe('2')
    expect(api.seen).toHaveLength(1)
    clock.advance(1)
    expect(await askAll('aa')).toEqual(['2'])
    expect(api.seen).toHaveLength(2)
  })

  it('the hundredth token departs at once, the next begins another request', async () => {
    const addresses = Array.from({ length: 101 }, (_, number) => token(number))
    const asked = addresses.map((address) => ask(address))
    await api.arrived(1)
    expect(api.seen.map((seen) => askedFor(seen).length)).toEqual([100])
    await clock.passSleepOf(COLLECT_MS)
    await Promise.all(asked)
    expect(api.seen.map((seen) => askedFor(seen).length)).toEqual([100, 1])
  })

  it('chains are asked apart, and EVM tokens are one whatever their case', async () => {
    const asked = [ask('0xAB', 'base'), ask('0xab', 'base'), ask('aa')]
    await clock.passSleepOf(COLLECT_MS)
    expect(await Promise.all(asked)).toEqual(['4', '4', '2'])
    expect(api.seen.map((seen) => `${seen.headers['x-chain']} ${askedFor(seen)}`).sort()).toEqual([
      'base 0xab',
      'solana aa',
    ])
  })
})

describe('tokens without a price', () => {
  it.each([
    ['missing', {}],
    ['null', { aa: null }],
    ['without a value', { aa: { updateUnixTime: 1 } }],
    ['with a value of null', { aa: { value: null } }],
    ['with a value of 0', { aa: { value: 0 } }],
    ['with a value that is none', { aa: { value: 'soon' } }],
  ])('an entry that is %s means no price, and is kept like one', async (_, data) => {
    api.script = json(200, { success: true, data })
    expect(await askAll('aa')).toEqual(['no price'])
    expect(await ask('aa')).toBe('no price')
    expect(api.seen).toHaveLength(1)
  })

  it('prices keep their digits and are found whatever the case of an EVM address', async () => {
    api.script = (request, response) =>
      response.end(
        `{"success":true,"data":{"0xAB":{"value":${request.headers['x-chain'] === 'base' ? '1.2345678901234567890123e-7' : 0}}}}`,
      )
    const asked = ask('0xab', 'base')
    await clock.passSleepOf(COLLECT_MS)
    expect(await asked).toBe('0.00000012345678901234567890123')
  })
})

describe('a request that fails', () => {
  it('is tried again after 1, 2 and 4 s when it was refused or broke, and the pairs never notice', async () => {
    const answers = [429, 503, 429]
    api.script = (request, response) => {
      const status = answers.shift()
      if (status === undefined) pricesOfAll(request, response)
      else json(status, { success: false, message: 'not now' })(request, response)
    }
    const asked = [ask('aa'), ask('bbb')]
    for (const ms of [COLLECT_MS, 1000, 2000, 4000]) await clock.passSleepOf(ms)
    expect(await Promise.all(asked)).toEqual(['2', '3'])
    expect(api.seen).toHaveLength(4)
  })

  it('in the end reaches each pair that waits, as what it is, and is not kept', async () => {
    api.script = json(429, { success: false, message: 'Too many requests' })
    const asked = [ask('aa'), ask('bbb')]
    for (const ms of [COLLECT_MS, 1000, 2000, 4000]) await clock.passSleepOf(ms)
    for (const reply of await Promise.all(asked)) expect(reply).toMatchObject({ kind: 'rate-limited' })
    api.script = pricesOfAll
    expect(await askAll('aa')).toEqual(['2'])
  })

  it.each([
    [400, 'Compute units usage limit exceeded', 'allowance-spent'],
    [401, 'Unauthorized. Authentication required.', 'configuration'],
  ])('because of the account (%i %s) is told at once', async (status, message, kind) => {
    api.script = json(status, { success: false, message })
    expect(await askAll('aa')).toMatchObject([{ kind, blocked: true }])
    expect(api.seen).toHaveLength(1)
  })

  it('because of one token fails that token only', async () => {
    api.script = (request, response) =>
      askedFor(request).includes('bad')
        ? json(400, { success: false, message: 'list_address has an invalid format' })(request, response)
        : pricesOfAll(request, response)
    expect(await askAll('aa', 'bbb', 'bad', 'dddd', 'e')).toMatchObject(['2', '3', { kind: 'permanent' }, '4', '1'])
  })
})

describe('giving up', () => {
  it('a pair that is aborted leaves the request to the others', async () => {
    const abort = new AbortController()
    const given = ask('aa', 'solana', abort.signal)
    const kept = ask('aa')
    abort.abort('given up')
    await expect(given).rejects.toBe('given up')
    await clock.passSleepOf(COLLECT_MS)
    expect(await kept).toBe('2')
  })

  it('a pair that is already aborted asks for nothing', async () => {
    await expect(ask('aa', 'solana', AbortSignal.abort('given up'))).rejects.toBe('given up')
    await askAll('bbb')
    expect(api.seen.map(askedFor)).toEqual([['bbb']])
  })

  it('closing ends the request that is under way', async () => {
    let closed = false
    api.script = (_, response) => response.once('close', () => (closed = true))
    const asked = ask('aa')
    const ended = expect(asked).rejects.toThrow('closed')
    await clock.passSleepOf(COLLECT_MS)
    await api.arrived(1)
    book.close()
    await ended
    await expect.poll(() => closed).toBe(true)
  })
})
