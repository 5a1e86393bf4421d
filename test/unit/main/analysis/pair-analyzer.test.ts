import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccountOptions } from '../../../../src/main/analysis/accounts'
import type { RequestEvent } from '../../../../src/main/analysis/birdeye-client'
import { createPairAnalyzer, type PairAnalyzer } from '../../../../src/main/analysis/pair-analyzer'
import { PairAttempt } from '../../../../src/main/engine/pair-attempt'
import type { Outcome } from '../../../../src/main/engine/ports'
import { systemClock } from '../../../../src/main/system-clock'
import { pairEntrySchema } from '../../../../src/shared/pair'
import type { PairResult } from '../../../../src/shared/result'
import { json, type ScriptedApi, type Script, startScriptedApi } from '../../../support/scripted-api'
import { TOKEN, trade, WALLET } from '../../../support/swap-items'

const HISTORY = '/trader/txs/seek_by_time'
const PRICES = '/defi/multi_price'
const START = Date.UTC(2025, 6, 24, 18) / 1000
const pair = pairEntrySchema.parse({ wallet_address: WALLET, token_address: TOKEN })

let api: ScriptedApi
let analyzer: PairAnalyzer
let events: RequestEvent[]
let notices: string[]

beforeEach(async () => {
  api = await startScriptedApi()
  open([{ keys: ['first-key-canary'] }])
})

afterEach(() => {
  analyzer.close()
  return api.close()
})

function open(accounts: AccountOptions[]): void {
  events = []
  notices = []
  analyzer = createPairAnalyzer({
    baseUrl: api.url,
    accounts,
    requestTimeoutMs: 30_000,
    maxTransactions: 500,
    clock: systemClock,
    onRequest: (event) => events.push(event),
    onNotice: (text) => notices.push(text),
  })
}

const analyze = (entry = pair, attempt = new PairAttempt()) => analyzer.analyze(entry, attempt)

/** Answers the history with these swaps (newest first), and prices as told. */
const serve =
  (items: unknown[], prices: Script = json(200, { success: true, data: { [TOKEN]: { value: 3 } } })): Script =>
  (request, response) =>
    (request.path === PRICES ? prices : json(200, { success: true, data: { items, has_next: false } }))(
      request,
      response,
    )

function resultOf(outcome: Outcome): PairResult {
  if (outcome.kind !== 'succeeded') throw new Error(`${outcome.kind}: ${outcome.message}`)
  return outcome.result
}

describe('one pair', () => {
  it('becomes a result from its history and the current price', async () => {
    api.script = serve([trade(START + 120, -4, 2.5), trade(START, 10, 2)])
    expect(resultOf(await analyze())).toMatchObject({
      wallet_address: WALLET,
      token_symbol: 'TKN',
      realized_pnl_usd: '2',
      unrealized_pnl_usd: '6',
      total_pnl_usd: '8',
      current_price_usd: '3',
      min_hold_minutes: 2,
      transactions: 2,
      requests: 1,
    })
    expect(api.seen.map(({ path }) => path)).toEqual([HISTORY, PRICES])
    expect(events.map(({ kind }) => kind)).toEqual(['sent', 'accepted', 'sent', 'accepted'])
  })

  it('asks for no price where nothing remains, or only what has no known cost', async () => {
    api.script = serve([trade(START + 120, -10, 2.5), trade(START, 10, 2)])
    expect(resultOf(await analyze())).toMatchObject({ unrealized_pnl_usd: '0', current_price_usd: null })
    const unpriced = trade(START, 10, 2, { quote: null })
    api.script = serve([{ ...unpriced, base: { ...Object(unpriced.base), price: null, nearest_price: null } }])
    expect(resultOf(await analyze())).toMatchObject({ unrealized_pnl_usd: null, missing_prices: 1, confidence: 'low' })
    expect(api.seen.map(({ path }) => path)).toEqual([HISTORY, HISTORY])
  })

  it('of a wallet without swaps is a result of zeros', async () => {
    api.script = serve([])
    expect(resultOf(await analyze())).toMatchObject({ total_pnl_usd: '0', total_trades: 0, transactions: 0 })
  })

  it('asks for swaps up to this second', async () => {
    const before = Math.floor(Date.now() / 1000)
    api.script = serve([])
    await analyze()
    const asked = Number(api.seen[0]?.query.get('before_time'))
    expect(asked).toBeGreaterThanOrEqual(before)
    expect(asked).toBeLessThanOrEqual(Math.floor(Date.now() / 1000))
  })

  it('with an invalid address fails before a request is spent', async () => {
    expect(await analyze({ ...pair, wallet_address: 'nobody' })).toMatchObject({ kind: 'permanent' })
    expect(await analyze({ ...pair, chain: 'atlantis' })).toMatchObject({ kind: 'permanent' })
    expect(api.seen).toEqual([])
  })

  it('rejects with the reason when it is aborted', async () => {
    api.script = () => undefined
    const attempt = new PairAttempt()
    const outcome = analyze(pair, attempt)
    await api.arrived(1)
    const reason: Outcome = { kind: 'released', message: 'stopped' }
    attempt.giveUp(reason)
    await expect(outcome).rejects.toBe(reason)
  })
})

const failing = (status: number, message: string) => json(status, { success: false, message })

describe('what the API refuses becomes the outcome of the pair', () => {
  it.each([
    [429, 'Too many requests', { kind: 'rate-limited' }],
    [400, 'Compute units usage limit exceeded', { kind: 'allowance-spent', blocked: true }],
    [401, 'Unauthorized. Authentication required.', { kind: 'configuration', blocked: true }],
    [403, 'Access Denied', { kind: 'configuration', blocked: true }],
    [400, 'Invalid request parameters or payload.', { kind: 'permanent' }],
    [422, 'Invalid data. Please check the provided data and try again.', { kind: 'permanent' }],
    [503, 'Service unavailable', { kind: 'transient' }],
  ])('%i %s on the history', async (status, message, outcome) => {
    api.script = failing(status, message)
    expect(await analyze()).toMatchObject(outcome)
  })

  it('a price that fails leaves the pair undone', async () => {
    api.script = serve([trade(START, 10, 2)], failing(422, 'Invalid data.'))
    expect(await analyze()).toMatchObject({ kind: 'permanent' })
  })

  it('an endpoint that the plan lacks blocks only when no key has it, and says so', async () => {
    const suspended = failing(
      401,
      'Your API key is either suspended or lacks sufficient permissions to access this resource.',
    )
    open([{ keys: ['first-key-canary', 'second-key-canary'] }])
    api.script = serve([trade(START, 10, 2)], suspended)
    const outcomes = [await analyze(), await analyze(), await analyze()]
    expect(outcomes[0]).toMatchObject({ kind: 'configuration', blocked: false })
    expect(outcomes[2]).toMatchObject({ kind: 'configuration', blocked: true })
    expect(notices).toHaveLength(2)
    expect(JSON.stringify([outcomes, notices])).not.toContain('canary')
  })

  it('with nothing left no request is sent, until the operator has the accounts readmitted', async () => {
    api.script = failing(401, 'Unauthorized')
    await analyze()
    expect(await analyze()).toMatchObject({ kind: 'configuration', blocked: true })
    expect(api.seen).toHaveLength(1)
    api.script = serve([])
    analyzer.readmitAccounts()
    expect((await analyze()).kind).toBe('succeeded')
  })
})

describe('many pairs at once', () => {
  it('want the price of one token once', async () => {
    api.script = serve([trade(START, 10, 2)])
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => analyze()))
    expect(outcomes.every(({ kind }) => kind === 'succeeded')).toBe(true)
    expect(api.seen.filter(({ path }) => path === PRICES)).toHaveLength(1)
  })

  it('spread over the accounts and their keys', async () => {
    open([{ keys: ['a1', 'a2'] }, { keys: ['b1'] }])
    api.script = serve([])
    for (let i = 0; i < 4; i++) await analyze()
    expect(api.seen.map(({ headers }) => headers['x-api-key'])).toEqual(['a1', 'b1', 'a2', 'b1'])
    expect(events.filter(({ kind }) => kind === 'sent').map(({ account }) => account)).toEqual([1, 2, 1, 2])
  })
})
