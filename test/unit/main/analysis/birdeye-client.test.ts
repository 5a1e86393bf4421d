import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Accounts } from '../../../../src/main/analysis/accounts'
import { BirdeyeClient, type RequestEvent } from '../../../../src/main/analysis/birdeye-client'
import { ManualClock } from '../../../support/manual-clock'
import { json, type ScriptedApi, startScriptedApi, text } from '../../../support/scripted-api'

const KEY = 'canary-key-1234567890'
const QUERY = {
  endpoint: '/defi/multi_price',
  chain: 'solana',
  parameters: { list_address: 'A,B' },
  data: z.object({ value: z.string() }),
} as const

let api: ScriptedApi
let clock: ManualClock
let events: RequestEvent[]
let notices: string[]

beforeEach(async () => {
  api = await startScriptedApi()
  clock = new ManualClock()
  events = []
  notices = []
})

afterEach(() => api.close())

function clientOf(baseUrl = api.url, keys = [KEY]) {
  const accounts = new Accounts({ accounts: [{ keys }], clock, onNotice: (text) => notices.push(text) })
  return new BirdeyeClient({
    baseUrl,
    accounts,
    requestTimeoutMs: 30_000,
    clock,
    onRequest: (event) => events.push(event),
  })
}

const get = (client = clientOf(), signal = new AbortController().signal) => client.get(QUERY, signal)
const howRequestsEnded = () => events.filter(({ kind }) => kind !== 'sent')

describe('a request', () => {
  beforeEach(() => void (api.script = json(200, { success: true, data: { value: 1 } })))

  it('carries key, chain and parameters, and its answer keeps numbers as text', async () => {
    api.script = text(200, '{"success":true,"data":{"value":9007199254740993}}')
    expect(await get()).toEqual({ kind: 'data', data: { value: '9007199254740993' } })
    expect(api.seen[0]?.path).toBe('/defi/multi_price')
    expect(api.seen[0]?.query.get('list_address')).toBe('A,B')
    expect(api.seen[0]?.headers).toMatchObject({ 'x-api-key': KEY, 'x-chain': 'solana', accept: 'application/json', 'user-agent': 'sluice' })
  })

  it('goes out without the key header where there is no key', async () => {
    await get(clientOf(api.url, []))
    expect(api.seen[0]?.headers).not.toHaveProperty('x-api-key')
  })

  it('goes below the path of the base URL', async () => {
    await get(clientOf(`${api.url}/proxy/`))
    expect(api.seen[0]?.path).toBe('/proxy/defi/multi_price')
  })

  it('is announced as sent and then as accepted, with status and duration', async () => {
    api.script = (seen, response) => {
      clock.advance(120)
      json(200, { success: true, data: { value: 1 } })(seen, response)
    }
    await get()
    expect(clock.asleep).toBe(0)
    expect(events).toEqual([
      { kind: 'sent', endpoint: '/defi/multi_price', account: 1 },
      { kind: 'accepted', endpoint: '/defi/multi_price', account: 1, status: 200, durationMs: 120 },
    ])
  })
})

const error = (message: string) => ({ success: false, message })
const SUSPENDED = 'Your API key is either suspended or lacks sufficient permissions to access this resource. …'

describe('every row of the error table', () => {
  it.each([
    [429, error('Too many requests'), 'rate-limited', 'refused'],
    [400, error('Compute units usage limit exceeded'), 'allowance-spent', 'failed'],
    [401, error('Unauthorized. Authentication required.'), 'configuration', 'failed'],
    [401, error(SUSPENDED), 'configuration', 'failed'],
    [403, { status: false, message: 'Access Denied' }, 'configuration', 'failed'],
    [400, error('Invalid request parameters or payload.'), 'permanent', 'failed'],
    [400, error('list_address has an invalid format'), 'permanent', 'failed'],
    [422, error('Invalid data. Please check the provided data and try again.'), 'permanent', 'failed'],
    [404, error('Not found'), 'permanent', 'failed'],
    [500, error('Internal server error'), 'transient', 'failed'],
    [503, error('Service unavailable'), 'transient', 'failed'],
    [555, error('Unknown'), 'transient', 'failed'],
    [200, error('HTTP 429 Too Many Requests'), 'rate-limited', 'refused'],
    [200, { status: false, message: 'Access Denied' }, 'configuration', 'failed'],
  ] as const)('%i %j is %s', async (status, body, kind, ended) => {
    api.script = json(status, body)
    const reply = await get()
    expect(reply.kind).toBe(kind)
    expect(JSON.stringify([reply, notices])).toContain(`${status} ${body.message}`)
    expect(howRequestsEnded()).toMatchObject([{ kind: ended, status }])
  })

  it('says in the message which request it was', async () => {
    api.script = json(422, error('Invalid data.'))
    expect(await get()).toEqual({ kind: 'permanent', message: '422 Invalid data. (GET /defi/multi_price)' })
  })

  it.each([401, 403])('blocks when %i takes the only key out of use, and sends nothing more', async (status) => {
    api.script = json(status, error('Unauthorized'))
    const client = clientOf()
    expect(await get(client)).toMatchObject({ kind: 'configuration', blocked: true })
    expect(await get(client)).toMatchObject({ kind: 'configuration', blocked: true })
    expect(api.seen).toHaveLength(1)
    expect(notices).toHaveLength(1)
  })

  it('goes on with the second key when the first is refused', async () => {
    api.script = (seen, response) =>
      seen.headers['x-api-key'] === 'first'
        ? json(401, error('Unauthorized'))(seen, response)
        : json(200, { success: true, data: { value: 1 } })(seen, response)
    const client = clientOf(api.url, ['first', 'second'])
    expect(await get(client)).toMatchObject({ kind: 'configuration', blocked: false })
    expect(await get(client)).toMatchObject({ kind: 'data' })
    expect(await get(client)).toMatchObject({ kind: 'data' })
  })
})

describe('answers that cannot be read are transient', () => {
  it.each([
    ['malformed JSON', text(200, '{"success":true,"data":{"value":')],
    ['an empty body', text(200, '')],
    ['another shape', json(200, { success: true, data: { price: 1 } })],
    ['no data', json(200, { success: true })],
    ['nesting without end', text(200, '['.repeat(200_000))],
    ['a page that is not the API’s', text(200, '<html>Welcome to the hotel</html>')],
    [
      'a truncated body',
      (_: unknown, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('{"success":true,', () => response.destroy())
      },
    ],
    ['a reset connection', (_: unknown, response: ServerResponse) => response.destroy()],
  ])('%s', async (_, script) => {
    api.script = script
    expect(await get()).toMatchObject({ kind: 'transient', message: expect.stringMatching(/\S/) })
    expect(howRequestsEnded()).toMatchObject([{ kind: 'failed' }])
  })

  it('a body longer than the limit, even where it is all there and right', async () => {
    const right = JSON.stringify({ success: true, data: { value: 1 } })
    api.script = text(200, right.padEnd(9 * 1024 * 1024))
    expect(await get()).toMatchObject({ kind: 'transient', message: expect.stringContaining('longer than 8388608 bytes') })
    api.script = text(200, right.padEnd(7 * 1024 * 1024))
    expect(await get()).toMatchObject({ kind: 'data' })
  })

  it('a truncated page is not taken for a rate limit because of words in it', async () => {
    api.script = text(200, '{"success":true,"data":{"symbol":"Too many requests"')
    expect(await get()).toMatchObject({ kind: 'transient' })
  })

  it('a refusal in plain text is still a refusal', async () => {
    api.script = text(503, 'Rate limit exceeded')
    expect(await get()).toMatchObject({ kind: 'rate-limited' })
  })

  it('a host that nobody listens on, named with the setting to check', async () => {
    await api.close()
    const reply = await get()
    expect(reply).toMatchObject({ kind: 'transient' })
    expect(reply).toHaveProperty('message', expect.stringMatching(/127\.0\.0\.1:\d+ \(ECONNREFUSED.*api_base_url/))
    expect(howRequestsEnded()).toMatchObject([{ kind: 'failed', status: null }])
  })

  it('a redirect, which would carry the key to another host', async () => {
    const elsewhere = await startScriptedApi()
    api.script = (_, response) => response.writeHead(302, { location: elsewhere.url }).end()
    expect(await get()).toMatchObject({ kind: 'transient', message: expect.stringContaining('api_base_url') })
    expect(elsewhere.seen).toHaveLength(0)
    await elsewhere.close()
  })
})

describe('time and aborting', () => {
  const hang = () => undefined

  it('a request that hangs is given up after its limit, as transient, naming the setting', async () => {
    api.script = hang
    const reply = get()
    await api.arrived(1)
    clock.advance(29_999)
    expect(howRequestsEnded()).toEqual([])
    clock.advance(1)
    expect(await reply).toMatchObject({
      kind: 'transient',
      message: expect.stringContaining('within 30 s (setting [birdeye] request_timeout_seconds)'),
    })
    expect(howRequestsEnded()).toMatchObject([{ kind: 'failed', status: null, durationMs: 30_000 }])
  })

  it('a body that never ends is given up as well', async () => {
    api.script = (_, response) => response.writeHead(200).write('{"success":', () => clock.advance(30_000))
    expect(await get()).toMatchObject({ kind: 'transient', message: expect.stringContaining('within 30 s') })
  })

  it('an aborted request rejects with the reason and is closed at the API', async () => {
    let closed = false
    api.script = (_, response) => response.once('close', () => (closed = true))
    const abort = new AbortController()
    const reply = get(clientOf(), abort.signal)
    await api.arrived(1)
    abort.abort({ kind: 'released' })
    await expect(reply).rejects.toEqual({ kind: 'released' })
    await expect.poll(() => closed).toBe(true)
    expect(howRequestsEnded()).toMatchObject([{ kind: 'failed', status: null }])
  })

  it('nothing is sent when the signal is aborted before', async () => {
    await expect(get(clientOf(), AbortSignal.abort('stop'))).rejects.toBe('stop')
    expect(api.seen).toHaveLength(0)
    expect(events).toEqual([])
  })
})

describe('the key', () => {
  it('is struck out of what is said of an API that cannot be reached, where somebody has put it into the address', async () => {
    const reply = await get(clientOf(`http://${KEY}.invalid`))
    expect(reply).toMatchObject({ kind: 'transient', message: expect.stringContaining('[key].invalid') })
    expect(JSON.stringify(reply)).not.toContain(KEY)
  })

  it('is struck out of messages that echo it, also at the place where a long message is cut', async () => {
    for (const padding of [0, 285, 295]) {
      api.script = json(422, error(`${'x'.repeat(padding)} ${KEY} is odd`))
      expect(JSON.stringify(await get())).not.toMatch(/canary|7890/)
    }
    api.script = json(401, error(`key ${KEY} unknown`))
    expect(JSON.stringify(await get())).not.toContain('canary')
    expect(notices.join()).not.toContain('canary')
  })

  it('messages are whole characters, wherever they are cut and whatever halves the API sends', async () => {
    for (const message of [`${'x'.repeat(299)}🐶 and more`, 'half a \ud83d']) {
      api.script = json(422, error(message))
      expect(await get()).toHaveProperty('message', expect.not.stringMatching(/\p{Surrogate}/u))
    }
  })

  it('messages of any length are one short line', async () => {
    api.script = text(502, `<html>\n<body>\t${'bad gateway '.repeat(10_000)}`)
    const reply = await get()
    expect(reply).toHaveProperty(
      'message',
      expect.stringMatching(/^502 <html> <body> bad gateway [^\n]{200,300}… \(GET/),
    )
  })
})
