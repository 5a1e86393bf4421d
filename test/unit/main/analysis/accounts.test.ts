import { beforeEach, describe, expect, it } from 'vitest'
import { type AccountOptions, Accounts, type Pass } from '../../../../src/main/analysis/accounts'
import { ManualClock } from '../../../support/manual-clock'

const HISTORY = '/trader/txs/seek_by_time'
const PRICES = '/defi/multi_price'
const HOUR_MS = 3_600_000

let clock: ManualClock
let notices: string[]

beforeEach(() => {
  clock = new ManualClock(Date.UTC(2025, 6, 25, 12))
  notices = []
})

const open = (...accounts: AccountOptions[]) =>
  new Accounts({ accounts, clock, onNotice: (text) => notices.push(text) })

function passOf(accounts: Accounts, endpoint: typeof HISTORY | typeof PRICES = HISTORY): Pass {
  const pass = accounts.next(endpoint)
  if (pass.kind !== 'pass') throw new Error(pass.message)
  return pass
}

const secretsOf = (accounts: Accounts, count: number) =>
  Array.from({ length: count }, () => passOf(accounts).key.secret)

describe('whose turn it is', () => {
  it('goes round the accounts, and within each account round its keys', () => {
    const accounts = open({ keys: ['a1', 'a2'] }, { keys: ['b1'] })
    expect(secretsOf(accounts, 6)).toEqual(['a1', 'b1', 'a2', 'b1', 'a1', 'b1'])
  })

  it('is a request without a key where no account or no key is given', () => {
    expect(secretsOf(open(), 2)).toEqual([null, null])
    expect(secretsOf(open({ keys: [] }), 1)).toEqual([null])
  })
})

describe('a refused key', () => {
  it('is not used again, is announced once, and leaves the others at work', () => {
    const accounts = open({ keys: ['a1', 'a2'] })
    const pass = passOf(accounts)
    expect(accounts.withdraw(pass, HISTORY, 'key-refused', '401 Unauthorized')).toEqual({
      kind: 'configuration',
      message: 'key 1 of account 1: 401 Unauthorized',
      blocked: false,
    })
    accounts.withdraw(pass, HISTORY, 'key-refused', '401 Unauthorized') // another request that was under way
    expect(notices).toEqual(['key 1 of account 1 was refused and is out of use: 401 Unauthorized'])
    expect(secretsOf(accounts, 3)).toEqual(['a2', 'a2', 'a2'])
  })

  it('that was the last leaves nothing: each key is named by position, with its reason', () => {
    const accounts = open({ name: 'Team', keys: ['secret-a-key', 'secret-b-key'] })
    accounts.withdraw(passOf(accounts), HISTORY, 'key-refused', '401 Unauthorized')
    const last = accounts.withdraw(passOf(accounts), HISTORY, 'key-refused', '403 Access Denied')
    expect(last).toEqual({
      kind: 'configuration',
      message:
        'nothing usable is left for /trader/txs/seek_by_time: key 1 of Team: 401 Unauthorized; ' +
        'key 2 of Team: 403 Access Denied. Correct [birdeye] api_key or [[birdeye.accounts]] and start again',
      blocked: true,
    })
    expect(accounts.next(HISTORY)).toEqual(last)
  })

  it('is back after the operator has mended it', () => {
    const accounts = open({ keys: ['a1'] })
    accounts.withdraw(passOf(accounts), HISTORY, 'key-refused', '401')
    accounts.readmit()
    expect(secretsOf(accounts, 1)).toEqual(['a1'])
  })
})

describe('a key whose plan lacks an endpoint', () => {
  it('is out of use for that endpoint only', () => {
    const accounts = open({ keys: ['a1', 'a2'] })
    accounts.withdraw(passOf(accounts), HISTORY, 'endpoint-refused', 'suspended or lacks permissions')
    expect(secretsOf(accounts, 2)).toEqual(['a2', 'a2'])
    expect([passOf(accounts, PRICES), passOf(accounts, PRICES)].map(({ key }) => key.secret).sort()).toEqual([
      'a1',
      'a2',
    ])
    expect(notices[0]).toMatch(/^key 1 of account 1 may not use \/trader\/txs\/seek_by_time and is out of use for it/)
  })
})

describe('a spent allowance', () => {
  it('parks the whole account for six hours, says until when, and tries it again then', () => {
    const accounts = open({ keys: ['a1', 'a2'] }, { keys: ['b1'] })
    expect(accounts.withdraw(passOf(accounts), HISTORY, 'allowance-spent', 'CU limit')).toMatchObject({
      kind: 'allowance-spent',
      blocked: false,
    })
    expect(secretsOf(accounts, 3)).toEqual(['b1', 'b1', 'b1'])
    expect(notices).toEqual(['account 1 has spent its allowance: parked until 2025-07-25T18:00Z (CU limit)'])

    clock.advance(6 * HOUR_MS - 1)
    expect(secretsOf(accounts, 2)).toEqual(['b1', 'b1'])
    clock.advance(1)
    expect(secretsOf(accounts, 4)).toContain('a1')
    expect(notices[1]).toBe('account 1 is tried again: the time it was parked for is over')
  })

  it('of the last account blocks, as an allowance even when other keys were refused', () => {
    const accounts = open({ keys: ['a1'] }, { keys: ['b1'] })
    accounts.withdraw(passOf(accounts), HISTORY, 'key-refused', '401 Unauthorized')
    expect(accounts.withdraw(passOf(accounts), HISTORY, 'allowance-spent', 'CU limit')).toEqual({
      kind: 'allowance-spent',
      message:
        'nothing usable is left for /trader/txs/seek_by_time: key 1 of account 1: 401 Unauthorized; ' +
        'account 2: allowance spent, parked until 2025-07-25T18:00Z. ' +
        'Wait, raise the allowance, or add an account ([[birdeye.accounts]])',
      blocked: true,
    })
  })
})

describe('secrets', () => {
  it('a key that no header can carry is out of use from the start, and stays so', () => {
    const accounts = open({ keys: ['canary\nkey'] })
    accounts.readmit()
    const next = accounts.next(HISTORY)
    expect(next).toMatchObject({ kind: 'configuration', blocked: true })
    expect(JSON.stringify(next)).toContain('key 1 of account 1: it holds characters that a header cannot carry')
    expect(JSON.stringify(next)).not.toContain('canary')
  })

  it('are struck out of any text, however often they come', () => {
    const accounts = open({ keys: ['canary-key-1', 'canary-key-2'] })
    expect(accounts.redact('canary-key-2 is not canary-key-1 or CANARY-KEY-2')).toBe('[key] is not [key] or [key]')
  })

  it('are struck out as they are spelled, whatever signs are in them', () => {
    const key = String.raw`a+b(c)[d]\e.f*g?^$|{1}-/`
    expect(open({ keys: [key] }).redact(`key ${key}, not aab(c)`)).toBe('key [key], not aab(c)')
  })
})
