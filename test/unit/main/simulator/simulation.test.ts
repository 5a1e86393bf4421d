import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMadeUpWorld } from '../../../../src/main/simulator/made-up-world'
import { checkOptions, settingsFrom, type SimulatorOptions } from '../../../../src/main/simulator/options'
import { Simulation, type ApiRequest, type Verdict } from '../../../../src/main/simulator/simulation'
import { mintDoomedWallet, mintWallet } from '../../../../src/main/simulator/wallets'

const NOW_MS = 1_750_000_000_000
const world = createMadeUpWorld(1)
const WALLET = mintWallet(1, 3, 0)

function simulate(options: SimulatorOptions): Simulation {
  return new Simulation(settingsOf(options), world)
}

function settingsOf(options: SimulatorOptions) {
  return settingsFrom(checkOptions({ latencyMs: 0, ...options }))
}

function request(changes: Partial<ApiRequest> & { params?: Record<string, string> } = {}): ApiRequest {
  const { params = { address: WALLET, limit: '100' }, ...rest } = changes
  return {
    method: 'GET',
    path: '/trader/txs/seek_by_time',
    query: new URLSearchParams(params),
    key: 'k1',
    chain: 'solana',
    ...rest,
  }
}

/** `200`, `429 Too many requests`, `reset`… */
function gist(verdict: Verdict): string {
  if (verdict.kind === 'lost') return verdict.how
  const { status, body } = verdict.answer
  if (status === 200) return verdict.how === 'whole' ? '200' : `200 ${verdict.how}`
  return `${status} ${JSON.parse(body).message}`
}

function statuses(simulation: Simulation, count: number, key: string | null = 'k1', nowMs = NOW_MS): string[] {
  return Array.from({ length: count }, () => gist(simulation.decide(request({ key }), nowMs)).slice(0, 3))
}

describe('a simulated API', () => {
  it('refuses what is over the quota with 429, and lets it through when there is room again', () => {
    const simulation = simulate({ rps: 2 })
    expect(statuses(simulation, 3)).toEqual(['200', '200', '429'])
    expect(gist(simulation.decide(request(), NOW_MS))).toBe('429 Too many requests')
    expect(statuses(simulation, 2, 'k1', NOW_MS + 500)).toEqual(['200', '429'])
  })

  it('counts two keys of one account together and two accounts apart', () => {
    const simulation = simulate({ rps: 2, accounts: 'main=k1+k2,second=k3' })
    expect([...statuses(simulation, 1, 'k1'), ...statuses(simulation, 2, 'k2')]).toEqual(['200', '200', '429'])
    expect(statuses(simulation, 3, 'k3')).toEqual(['200', '200', '429'])
  })

  it('takes every key, or none at all, for an account of its own where no accounts are set', () => {
    const simulation = simulate({ rps: 1 })
    expect(statuses(simulation, 2, 'a')).toEqual(['200', '429'])
    expect(statuses(simulation, 2, 'b')).toEqual(['200', '429'])
    expect(statuses(simulation, 2, null)).toEqual(['200', '429'])
    expect(Object.keys(simulation.stats().byKey)).toEqual(['a', 'b', '(no key)'])
  })

  it('refuses a wrong or missing key with 401 where accounts are set, at the cost of nobody', () => {
    const simulation = simulate({ rps: 1, accounts: { main: ['k1'] } })
    expect(gist(simulation.decide(request({ key: 'stranger' }), NOW_MS))).toBe('401 Unauthorized. Authentication required.')
    expect(gist(simulation.decide(request({ key: null }), NOW_MS))).toBe('401 Unauthorized. Authentication required.')
    expect(statuses(simulation, 1)).toEqual(['200'])
    expect(simulation.stats().byKey['stranger']).toEqual({ requests: 1, accepted: 0, refused: 0, failed: 1, account: null })
  })

  it('refuses with 400, and not with 429, when the allowance is spent, until it is raised', () => {
    const simulation = simulate({ allowance: 30, accounts: 'main=k1+k2,second=k3' })
    expect(statuses(simulation, 2)).toEqual(['200', '200'])
    expect(gist(simulation.decide(request({ key: 'k2' }), NOW_MS))).toBe('400 Compute units usage limit exceeded')
    expect(statuses(simulation, 1, 'k3')).toEqual(['200'])
    const price = request({ path: '/defi/price', params: { address: 'So11111111111111111111111111111111111111112' } })
    expect(gist(simulation.decide(price, NOW_MS))).toBe('200')
    expect(simulation.stats().byAccount['main']?.computeUnits).toBe(27)
    simulation.configure(settingsOf({ allowance: 100, accounts: 'main=k1+k2,second=k3' }), NOW_MS)
    expect(statuses(simulation, 1)).toEqual(['200'])
  })

  it('spends compute units for accepted requests only, as the price list has them', () => {
    const simulation = simulate({})
    const spent = () => simulation.stats().byAccount['k1']?.computeUnits
    simulation.decide(request({ params: { address: 'nonsense' } }), NOW_MS)
    expect(spent()).toBe(0)
    const token = 'So11111111111111111111111111111111111111112'
    const costs = [
      [12, request()],
      [3, request({ path: '/defi/price', params: { address: token } })],
      [19, request({ path: '/defi/multi_price', params: { list_address: Array(10).fill(token).join(',') } })],
      [50, request({ path: '/defi/token_trending', params: {} })],
      [30, request({ path: '/defi/v2/tokens/top_traders', params: { address: token } })],
      [1, request({ path: '/utils/v1/credits', params: {} })],
    ] as const
    let total = 0
    for (const [units, asked] of costs) {
      expect(gist(simulation.decide(asked, NOW_MS))).toBe('200')
      expect(spent()).toBe((total += units))
    }
  })

  it('answers doomed wallets in the same way each time', () => {
    const simulation = simulate({})
    const answers = ([400, 422, 404] as const).map((status) =>
      gist(simulation.decide(request({ params: { address: mintDoomedWallet(1, status, 0) } }), NOW_MS)),
    )
    expect(answers).toEqual([
      '400 Invalid request parameters or payload.',
      '422 Invalid data. Please check the provided data and try again.',
      '404 Not found',
    ])
  })

  it('knows GET and its own paths only, and charges no quota for others', () => {
    const simulation = simulate({ rps: 1 })
    expect(gist(simulation.decide(request({ path: '/defi/unknown' }), NOW_MS))).toBe('404 Not found')
    expect(gist(simulation.decide(request({ method: 'POST' }), NOW_MS))).toBe('404 Not found')
    expect(statuses(simulation, 1)).toEqual(['200'])
  })

  it('lets faults strike only what the quota let through', () => {
    const simulation = simulate({ rps: 2, faults: '500' })
    expect(statuses(simulation, 3)).toEqual(['500', '500', '429'])
    expect(simulation.stats()).toMatchObject({ requests: 3, accepted: 0, refused: 1, failed: 2, faults: { '500': 2 } })
  })

  it.each([
    ['429', '429 Too many requests'],
    ['allowance', '400 Compute units usage limit exceeded'],
    ['401', '401 Unauthorized. Authentication required.'],
    ['400', '400 Invalid request parameters or payload.'],
    ['format', '400 address is invalid format'],
    ['404', '404 Not found'],
    ['422', '422 Invalid data. Please check the provided data and try again.'],
    ['500', '500 Internal server error'],
    ['503', '503 Service unavailable'],
    ['555', '555 Unknown error'],
    ['403', '403 Access Denied'],
    ['reset', 'reset'],
    ['hang', 'hang'],
    ['truncated', '200 truncated'],
    ['malformed', '200 malformed'],
    ['slow', '200 slow'],
  ])('answers the fault %s as the API would: %s', (fault, expected) => {
    expect(gist(simulate({ faults: fault }).decide(request(), NOW_MS))).toBe(expected)
  })

  it('says "status" instead of "success" where an address is blocked, and names a suspended key as the cause', () => {
    const blocked = simulate({ faults: '403' }).decide(request(), NOW_MS)
    expect(blocked).toMatchObject({ answer: { body: '{"status":false,"message":"Access Denied"}' } })
    const suspended = simulate({ faults: 'suspended' }).decide(request(), NOW_MS)
    expect(gist(suspended)).toMatch(
      /^401 Your API key is either suspended or lacks sufficient permissions to access this resource\./,
    )
  })

  it('strikes the same requests with the same faults and delays for the same seed', () => {
    const run = (seed: number) => {
      const simulation = simulate({ seed, faults: 'reset=0.2,500=0.2', latencyMs: 100 })
      return Array.from({ length: 50 }, () => {
        const verdict = simulation.decide(request(), NOW_MS)
        return `${gist(verdict)} ${verdict.delayMs}`
      })
    }
    expect(run(5)).toEqual(run(5))
    expect(run(5)).not.toEqual(run(6))
  })

  it('spreads delays modestly around their median', () => {
    const simulation = simulate({ latencyMs: 800 })
    const inOrder = Array.from({ length: 2001 }, () => simulation.decide(request(), NOW_MS).delayMs)
    const delays = inOrder.toSorted((one, other) => one - other)
    expect(Math.abs((delays[1000] ?? 0) - 800)).toBeLessThan(25)
    expect(delays[0]).toBeGreaterThan(300)
    expect(delays.at(-1)).toBeLessThan(2000)
  })

  it('begins new limits unused when they change, and keeps them when something else does', () => {
    const simulation = simulate({ rps: 2 })
    statuses(simulation, 2)
    simulation.configure(settingsOf({ rps: 2, headers: 'x' }), NOW_MS)
    expect(statuses(simulation, 1)).toEqual(['429'])
    simulation.configure(settingsOf({ rps: 3 }), NOW_MS)
    expect(statuses(simulation, 4)).toEqual(['200', '200', '200', '429'])
  })

  it('tells a refused client when to come back, in the headers that were asked for', () => {
    const simulation = simulate({ rps: 1, headers: 'x' })
    expect(simulation.decide(request(), NOW_MS)).toMatchObject({
      headers: { 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_MS / 1000 + 1) },
    })
    expect(simulation.decide(request(), NOW_MS)).toMatchObject({ headers: { 'retry-after': '1' } })
  })
})

describe('the counters', () => {
  it('add up by key, account and second, whatever happens', () => {
    const step = fc.record({
      key: fc.constantFrom('k1', 'k2', 'k3', 'stranger', null),
      path: fc.constantFrom('/trader/txs/seek_by_time', '/defi/price', '/nowhere'),
      gapMs: fc.integer({ min: 0, max: 700 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 1000 }), (steps, seed) => {
        const faults = 'reset=0.1,hang=0.1,500=0.1,truncated=0.1,malformed=0.1,slow=0.1,429=0.1'
        const simulation = simulate({ seed, rps: 3, faults, allowance: 200, accounts: 'main=k1+k2,second=k3' })
        let nowMs = NOW_MS
        for (const { key, path, gapMs } of steps) simulation.decide(request({ key, path }), (nowMs += gapMs))
        const stats = simulation.stats()
        expect(stats.requests).toBe(steps.length)
        expect(stats.accepted + stats.refused + stats.failed).toBe(steps.length)
        for (const field of ['requests', 'accepted', 'refused', 'failed'] as const) {
          const sum = (counts: readonly (typeof stats)['bySecond'][number][]) =>
            counts.reduce((total, count) => total + count[field], 0)
          expect(sum(stats.bySecond)).toBe(stats[field])
          expect(Object.values(stats.byKey).reduce((total, count) => total + count[field], 0)).toBe(stats[field])
        }
        const counted = Object.values(stats.byAccount).reduce((total, count) => total + count.requests, 0)
        const nobodys = steps.filter(({ key, path }) => key === 'stranger' || key === null || path === '/nowhere')
        expect(counted).toBe(steps.length - nobodys.length)
      }),
    )
  })
})
