import { describe, expect, it } from 'vitest'
import { connectionsOfToml, tomlOf } from '../../../../src/main/settings/connections-toml'
import { NO_CONNECTIONS, type Connections } from '../../../../src/main/settings/kept-connections'
import { CANARY_KEY, CANARY_PASSWORD, canariesIn } from '../../../support/canaries'

const kept: Connections = {
  redis: { url: 'rediss://me@host:1/2', password: CANARY_PASSWORD },
  apiBaseUrl: 'https://api.example.org',
  accounts: [
    { id: 'a', name: 'main', plan: 'starter', keys: [CANARY_KEY] },
    { id: 'b', name: '', plan: null, keys: [`${CANARY_KEY}-2`] },
  ],
  other: { engine: { max_attempts: 7 }, redis: { pipeline: 'mine' }, birdeye: { max_transactions: 9 } },
}

describe('a settings file of the connections', () => {
  it('holds everything but the secrets', () => {
    const toml = tomlOf(kept)
    expect(canariesIn(toml)).toEqual([])
    for (const part of ['rediss://me@host:1/2', 'max_attempts = 7', 'name = "main"', 'plan = "starter"']) expect(toml).toContain(part)
  })

  it('read back where it was written changes nothing', () => {
    expect(connectionsOfToml(tomlOf(kept), kept)).toEqual(kept)
    expect(connectionsOfToml(tomlOf(NO_CONNECTIONS), NO_CONNECTIONS)).toEqual(NO_CONNECTIONS)
  })

  it('read elsewhere brings accounts that wait for their keys', () => {
    const { redis, accounts } = connectionsOfToml(tomlOf(kept), NO_CONNECTIONS)
    expect(redis).toEqual({ url: 'rediss://me@host:1/2', password: '' })
    expect(accounts.map(({ name, keys }) => [name, keys])).toEqual([['main', []], ['', []]])
  })

  it('that names another API or another Redis gets none of the kept secrets', () => {
    const elsewhere = tomlOf(kept).replace('https://api.example.org', 'https://strange.example').replace('rediss://me@host:1/2', 'rediss://me@strange:1/2')
    const taken = connectionsOfToml(elsewhere, kept)
    expect(taken.apiBaseUrl).toBe('https://strange.example')
    expect(taken.redis).toEqual({ url: 'rediss://me@strange:1/2', password: '' })
    expect(taken.accounts.map(({ name, keys }) => [name, keys])).toEqual([['main', []], ['', []]])
    expect(canariesIn(JSON.stringify(taken))).toEqual([])
  })

  it('of a person brings its secrets, which are kept apart', () => {
    const toml = `[redis]\nurl = "redis://:${CANARY_PASSWORD}@h"\n[birdeye]\napi_key = "${CANARY_KEY}"\n[[birdeye.accounts]]\nkeys = ["x", "y"]`
    const { redis, accounts, other } = connectionsOfToml(toml, NO_CONNECTIONS)
    expect(redis).toEqual({ url: 'redis://h', password: CANARY_PASSWORD })
    expect(accounts.map(({ keys }) => keys)).toEqual([[CANARY_KEY], ['x', 'y']])
    expect(canariesIn(JSON.stringify(other))).toEqual([])
  })

  it.each([
    ['[birdeye', 'not valid TOML'],
    ['[engine]\nmax_attempts = 0', 'max_attempts = 0 cannot be used'],
    ['[[birdeye.accounts]]\nkeys = ["k"]\nlimits = [{ requests = 1, window_seconds = 1 }]', 'the window keeps plans only'],
  ])('that cannot be used is refused in words: %s', (toml, words) => {
    expect(() => connectionsOfToml(toml, NO_CONNECTIONS)).toThrow(words)
  })
})
