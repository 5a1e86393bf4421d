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

  it.each([
    ['broken', Buffer.from('no gzip at all')],
    ['cut', gzipSync('{"value":1}'.repeat(100)).subarray(0, 20)],
  ])('that is %s is an error', async (_, body) => {
    api.script = zipped(body)
    await expect(get()).rejects.toThrow(/\S/)
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
    let isClosed = false
    const closed = new Promise<void>((resolve) => {
      api.script = (_, response) => {
        response.once('close', () => {
          isClosed = true
          resolve()
        })
        response.writeHead(200).write('x'.repeat(5000))
      }
    })
    expect(await get()).toMatchObject({ body: null })
    await closed
    expect(isClosed).toBe(true)
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
