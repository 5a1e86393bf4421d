import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { httpGet, readText } from '../../../../src/main/analysis/http-get'
import { type ScriptedApi, startScriptedApi, text } from '../../../support/scripted-api'

let api: ScriptedApi

beforeEach(async () => void (api = await startScriptedApi()))
afterEach(() => api.close())

function get(maxBodyBytes = 1000) {
  const statuses: number[] = []
  const answer = httpGet(api.url, { headers: {}, maxBodyBytes, signal: new AbortController().signal, onStatus: (status) => statuses.push(status) })
  return Object.assign(answer, { statuses })
}

function zipped(body: Buffer) {
  return (_: unknown, response: ServerResponse) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body)
}

describe('a compressed body', () => {
  it('is asked for and unpacked', async () => {
    api.script = zipped(gzipSync('{"žluťoučký":1}'))
    expect(await get()).toMatchObject({ status: 200, body: '{"žluťoučký":1}' })
    expect(api.seen[0]?.headers['accept-encoding']).toBe('gzip')
  })

  it('counts by its length when it is unpacked: a bomb is not read', async () => {
    api.script = zipped(gzipSync(Buffer.alloc(50_000_000)))
    expect(await get()).toMatchObject({ body: null })
  })

  it('that is no such thing is an error', async () => {
    api.script = zipped(Buffer.from('no gzip at all'))
    await expect(get()).rejects.toThrow(/\S/)
  })

  it('in an encoding that was not asked for is an error that names it', async () => {
    api.script = (_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('?')
    await expect(get()).rejects.toThrow('its encoding is br')
  })

  it.each([204, 429])('may be empty, at %i', async (status) => {
    api.script = (_, response) => response.writeHead(status, { 'content-encoding': 'gzip', 'retry-after': '9' }).end()
    const answer = await get()
    expect(answer).toMatchObject({ status, body: '' })
    expect(answer.header('retry-after')).toBe('9')
  })

  it('is given up with the request', async () => {
    const stop = new AbortController()
    api.script = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).write(gzipSync('{"value":1}').subarray(0, 15))
    const answer = httpGet(api.url, { headers: {}, maxBodyBytes: 1000, signal: stop.signal, onStatus: () => stop.abort('enough') })
    await expect(answer).rejects.toBe('enough')
  })
})

describe('an answer', () => {
  it('tells its status also where the body never ends well', async () => {
    api.script = (_, response) => {
      response.writeHead(503, { 'content-length': '1000' })
      response.write('…', () => response.destroy())
    }
    const answer = get()
    await expect(answer).rejects.toThrow(/\S/)
    expect(answer.statuses).toEqual([503])
  })

  it('has its headers whatever their case, several lines of one joined', async () => {
    api.script = (_, response) => {
      response.setHeader('RateLimit-Policy', ['"a";q=1;w=1', '"b";q=9;w=60'])
      response.setHeader('Retry-After', '3')
      response.end('{}')
    }
    const { header } = await get()
    expect([header('ratelimit-policy'), header('RETRY-AFTER'), header('x-none')]).toEqual(['"a";q=1;w=1, "b";q=9;w=60', '3', null])
  })

  it('that is a redirect is not followed', async () => {
    api.script = (_, response) => response.writeHead(302, { location: `${api.url}/elsewhere` }).end()
    expect(await get()).toMatchObject({ status: 302 })
    expect(api.seen).toHaveLength(1)
  })

  it('that is too long ends the request, not only the reading', async () => {
    const closed = new Promise<void>((resolve) => {
      api.script = (_, response) => {
        response.once('close', resolve)
        response.writeHead(200).write('x'.repeat(5000))
      }
    })
    expect(await get()).toMatchObject({ body: null })
    await closed
  })

  it('is not waited for once the signal aborts, even where there is no connection yet', async () => {
    const stop = new AbortController()
    // Of a net that is for documents (RFC 5737): nobody answers there, or the system says at once that nothing leads to it.
    const answer = httpGet('http://192.0.2.1/', { headers: {}, maxBodyBytes: 1000, signal: stop.signal, onStatus: () => {} })
    stop.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
  })

  it('as plain as can be', async () => {
    api.script = text(200, '{"a":1}')
    expect(await get()).toMatchObject({ status: 200, body: '{"a":1}' })
  })
})

describe('reading a body', () => {
  it('joins characters that were cut between chunks', async () => {
    const bytes = new TextEncoder().encode('"žluťoučký"')
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await readText(body, 100)).toBe('"žluťoučký"')
  })

  it('gives up at the limit without reading the rest', async () => {
    let pulled = 0
    let cancelled = false
    const endless = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(1000))
      },
      cancel() {
        cancelled = true
      },
    })
    expect(await readText(endless, 5000)).toBeNull()
    expect(cancelled).toBe(true)
    expect(pulled).toBeLessThan(10)
  })

  it('takes a body of exactly the limit, and an empty one', async () => {
    expect(await readText(new Blob(['12345']).stream(), 5)).toBe('12345')
    expect(await readText(new Blob([]).stream(), 5)).toBe('')
  })
})
