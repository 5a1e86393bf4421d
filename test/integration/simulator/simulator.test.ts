import { request as httpRequest } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { SimulatorOptions } from '../../../src/main/simulator/options'
import { startSimulator, type Simulator } from '../../../src/main/simulator/simulator'
import { mintWallet } from '../../../src/main/simulator/wallets'

const NOW_MS = 1_750_000_000_000
const SWAPS = `/trader/txs/seek_by_time?address=${mintWallet(1, 3, 0)}&limit=100`

const running: Simulator[] = []

async function start(options: SimulatorOptions = {}, nowMs?: () => number): Promise<Simulator> {
  const simulator = await startSimulator({ latencyMs: 0, ...options }, nowMs)
  running.push(simulator)
  return simulator
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

function get(simulator: Simulator, path = SWAPS, key = 'k1'): Promise<Response> {
  return fetch(simulator.url + path, { headers: { 'X-API-KEY': key, 'x-chain': 'solana', accept: 'application/json' } })
}

function control(simulator: Simulator, body: string): Promise<Response> {
  return fetch(`${simulator.url}/__control`, { method: 'POST', body })
}

describe('the simulator over HTTP', () => {
  it('lets exactly the quota through, whatever arrives at once', async () => {
    const simulator = await start({ rps: 15 }, () => NOW_MS)
    const answers = await Promise.all(Array.from({ length: 20 }, () => get(simulator)))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(15)
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused).toHaveLength(5)
    expect(await refused[0]?.json()).toEqual({ success: false, message: 'Too many requests' })
  })

  it('counts at /__stats what it answered, and does not count the question', async () => {
    const simulator = await start({ rps: 2 }, () => NOW_MS)
    await get(simulator, SWAPS, 'k1')
    await get(simulator, SWAPS, 'k1')
    await get(simulator, SWAPS, 'k1')
    await get(simulator, '/nowhere', 'k2')
    await get(simulator, '/__stats')
    const stats = await (await get(simulator, '/__stats')).json()
    expect(stats).toEqual(JSON.parse(JSON.stringify(simulator.stats())))
    expect(stats).toMatchObject({
      requests: 4,
      accepted: 2,
      refused: 1,
      failed: 1,
      byKey: { k1: { requests: 3, accepted: 2, refused: 1, failed: 0, account: 'k1' }, k2: { failed: 1 } },
      byAccount: { k1: { accepted: 2, computeUnits: 24 } },
      bySecond: [{ second: NOW_MS / 1000, requests: 4, accepted: 2, refused: 1, failed: 1 }],
    })
  })

  it('sends rate-limit headers in the style that was asked for', async () => {
    const ietf = await start({ rps: 1, rpm: 30, headers: 'ietf' }, () => NOW_MS)
    const answer = await get(ietf)
    expect(answer.headers.get('ratelimit-policy')).toBe('"1-per-1s";q=1;w=1, "30-per-60s";q=30;w=60')
    expect(answer.headers.get('ratelimit')).toMatch(/^"1-per-1s";r=0;t=1, "30-per-60s";r=29;t=\d+$/)
    expect((await get(ietf)).headers.get('retry-after')).toBe('1')
    const plain = await start({ rps: 1 }, () => NOW_MS)
    await get(plain)
    const refused = await get(plain)
    expect(refused.status).toBe(429)
    expect([...refused.headers.keys()].filter((name) => /ratelimit|retry/.test(name))).toEqual([])
  })

  it('changes quota, latency and faults while it runs, over HTTP and in process', async () => {
    const simulator = await start({ rps: 1 }, () => NOW_MS)
    const answer = await control(simulator, '{"rps":3,"faults":"500@k2"}')
    expect(await answer.json()).toMatchObject({ rps: 3, faults: '500@k2', latencyMs: 0 })
    const statuses = await Promise.all(Array.from({ length: 4 }, async () => (await get(simulator)).status))
    expect(statuses.toSorted()).toEqual([200, 200, 200, 429])
    expect((await get(simulator, SWAPS, 'k2')).status).toBe(500)
    const limits = [{ requests: 9, windowSeconds: 10 }]
    expect(simulator.configure({ faults: null, limits })).toMatchObject({ rps: null, limits })
    expect((await get(simulator, SWAPS, 'k2')).status).toBe(200)
    expect(await (await get(simulator, '/__control')).json()).toMatchObject({ limits })
  })

  it.each([
    ['{"rps":0}', 'nothing was changed: rps: 0 is not allowed; allowed is a whole number from 1 to 1000000'],
    ['{"seed":2}', 'nothing was changed: seed: cannot be changed while running; allowed are rps,'],
    ['{"rps":', 'nothing was changed: '],
    ['7', 'nothing was changed: allowed is a JSON object of options'],
    [JSON.stringify({ faults: 'x'.repeat(70_000) }), 'nothing was changed: allowed is a body of at most 65536 bytes'],
  ])('refuses a bad change in words and goes on as before: %.20s', async (body, message) => {
    const simulator = await start({ rps: 1 }, () => NOW_MS)
    const answer = await control(simulator, body)
    expect(answer.status).toBe(400)
    expect((await answer.json()).message).toContain(message)
    expect(simulator.configure({})).toMatchObject({ rps: 1 })
  })

  it('keeps connections open between requests', async () => {
    const simulator = await start()
    const answer = await get(simulator)
    expect(answer.headers.get('connection')).toBe('keep-alive')
    expect(answer.headers.get('content-length')).toBe(String((await answer.text()).length))
  })

  it('takes the time that it was told to', async () => {
    const simulator = await start({ latencyMs: 60 })
    const startedMs = performance.now()
    await get(simulator)
    expect(performance.now() - startedMs).toBeGreaterThan(20)
  })

  it('ends at once with requests still open', async () => {
    const simulator = await start({ latencyMs: 600_000, faults: 'hang=0.5' })
    const open = Array.from({ length: 6 }, () => get(simulator).then(() => 'answered', () => 'cut'))
    await vi.waitFor(() => expect(simulator.stats().requests).toBe(6), { timeout: 10_000 })
    await simulator.close()
    expect(await Promise.all(open)).toEqual(Array(6).fill('cut'))
  })

  it('refuses a port that is taken, by number', async () => {
    const simulator = await start()
    await expect(start({ port: simulator.port })).rejects.toThrow(
      `port: ${simulator.port} is already in use on 127.0.0.1; choose another, or 0 for any`,
    )
  })

  it('survives a request target that is no path', async () => {
    const simulator = await start()
    const status = await new Promise((resolve, reject) => {
      const target = { host: '127.0.0.1', port: simulator.port, path: '//%zz?%zz=%zz&' }
      httpRequest(target, (answer) => resolve(answer.resume().statusCode)).on('error', reject).end()
    })
    expect(status).toBe(404)
  })
})

describe('faults of the way back', () => {
  it('reset: the connection breaks before an answer', async () => {
    const simulator = await start({ faults: 'reset' })
    const error = await get(simulator).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(simulator.stats()).toMatchObject({ accepted: 0, failed: 1, faults: { reset: 1 } })
  })

  it('hang: nothing comes until the client gives up', async () => {
    const simulator = await start({ faults: 'hang' })
    const abort = new AbortController()
    let settled = false
    const answer = fetch(simulator.url + SWAPS, { signal: abort.signal }).finally(() => (settled = true))
    await vi.waitFor(() => expect(simulator.stats().faults).toEqual({ hang: 1 }), { timeout: 10_000 })
    // A later request on another connection is answered; the hung one is still waiting then.
    simulator.configure({ faults: null })
    expect((await get(simulator)).status).toBe(200)
    expect(settled).toBe(false)
    abort.abort()
    await expect(answer).rejects.toThrow(/abort/)
  })

  it('truncated: the body ends in the middle', async () => {
    const simulator = await start({ faults: 'truncated' })
    const answer = await get(simulator)
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow()
    expect(simulator.stats()).toMatchObject({ accepted: 0, failed: 1 })
  })

  it('malformed: the body is whole and no JSON', async () => {
    const simulator = await start({ faults: 'malformed' })
    const answer = await get(simulator)
    const body = await answer.text()
    expect(answer.headers.get('content-length')).toBe(String(body.length))
    expect(() => JSON.parse(body)).toThrow(SyntaxError)
    expect(simulator.stats()).toMatchObject({ accepted: 0, failed: 1 })
  })

  it('slow: the head comes at once and the body in drops', async () => {
    const simulator = await start({ faults: 'slow' })
    const answer = await get(simulator)
    const reader = answer.body?.getReader()
    const first = await reader?.read()
    const length = Number(answer.headers.get('content-length'))
    expect(first?.value?.length).toBe(Math.ceil(length / 10))
    await reader?.cancel()
    expect(simulator.stats()).toMatchObject({ accepted: 1, failed: 0, faults: { slow: 1 } })
  })
})
