import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountsOf } from '../../../../src/main/settings/accounts'
import { loadSettings } from '../../../../src/main/settings/load-settings'
import { SettingsError } from '../../../../src/main/settings/problems'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sluice-settings-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function load(toml: string | null, env: NodeJS.ProcessEnv = {}, flags: { redis?: string; api?: string; pipeline?: string } = {}) {
  if (toml === null) return loadSettings({ env, flags })
  const file = join(folder, 'sluice.toml')
  writeFileSync(file, toml)
  return loadSettings({ file, env, flags })
}

function refusal(...args: Parameters<typeof load>): string {
  try {
    load(...args)
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError)
    return (error as SettingsError).message
  }
  throw new Error('it was not refused')
}

describe('settings', () => {
  it('have defaults', () => {
    const { config, warnings } = load(null)
    expect(config.system.pnl_parallel_batch_size).toBe(20)
    expect(config.engine).toMatchObject({ pacing: 'classic', pair_timeout_seconds: 300 })
    expect(config.redis).toMatchObject({ inbox: 'discovered_wallet_token_pairs_queue' })
    expect(warnings).toEqual([])
  })

  it('come from flag before environment before file before default', () => {
    const toml = '[redis]\nurl = "redis://file"\n[birdeye]\napi_base_url = "http://file"'
    const env = { SLUICE_REDIS_URL: 'redis://env', SLUICE_API_BASE_URL: 'http://env' }
    expect(load(toml).config.redis.url).toBe('redis://file')
    expect(load(toml, env).config.redis.url).toBe('redis://env')
    expect(load(toml, env, { redis: 'redis://flag' }).config.redis.url).toBe('redis://flag')
    expect(load(toml, env).config.birdeye.api_base_url).toBe('http://env')
  })

  it('take SLUICE_API_KEYS as accounts of their own, in place of every key of the file', () => {
    const toml = '[birdeye]\napi_key = "old"\n[[birdeye.accounts]]\nkeys = ["older"]'
    expect(accountsOf(load(toml, { SLUICE_API_KEYS: 'one, two' }).config).map(({ keys }) => keys)).toEqual([['one'], ['two']])
    expect(accountsOf(load(toml).config).map(({ keys }) => keys)).toEqual([['old'], ['older']])
  })

  it('know plans and limits of accounts', () => {
    const toml = [
      '[[birdeye.accounts]]\nkeys = ["a", "b"]\nplan = "premium"',
      '[[birdeye.accounts]]\nkeys = ["c"]\nlimits = [{ requests = 5, window_seconds = 2 }]',
    ].join('\n')
    expect(accountsOf(load(toml).config).map(({ limits }) => limits)).toEqual([
      [
        { requests: 50, windowSeconds: 1 },
        { requests: 1000, windowSeconds: 60 },
      ],
      [{ requests: 5, windowSeconds: 2 }],
    ])
  })

  it('that are unknown are told with the nearest known name, and ignored', () => {
    const { config, warnings } = load('[system]\npnl_paralel_batch_size = 30\n[web]\nport = 1')
    expect(config.system.pnl_parallel_batch_size).toBe(20)
    expect(warnings).toContain(
      'unknown setting `[system] pnl_paralel_batch_size`, ignored; did you mean `pnl_parallel_batch_size`?',
    )
    expect(warnings).toContain('unknown setting `[web]`, ignored')
  })
})

describe('a bad value', () => {
  it.each([
    ['[system]\npnl_parallel_batch_size = 0', '[system] pnl_parallel_batch_size = 0 cannot be used: allowed is a number from 1 on'],
    ['[system]\npnl_parallel_batch_size = 501', '[system] pnl_parallel_batch_size = 501 cannot be used: allowed is a number up to 500'],
    ['[system]\npnl_parallel_batch_size = 2.5', '[system] pnl_parallel_batch_size = 2.5 cannot be used: allowed is a whole number'],
    ['[system]\npnl_parallel_batch_size = "20"', '[system] pnl_parallel_batch_size = "20" cannot be used: allowed is a value of the type number'],
    ['[engine]\npacing = "fast"', '[engine] pacing = "fast" cannot be used: allowed is'],
    ['[redis]\nurl = "localhost"', '[redis] url = "localhost" cannot be used: allowed is a redis://, rediss:// or unix:// URL'],
    ['[redis]\npipeline = "a b"', '[redis] pipeline = "a b" cannot be used: allowed is 1 to 64 of'],
    ['[birdeye]\napi_base_url = "ftp://x"', '[birdeye] api_base_url = "ftp://x" cannot be used: allowed is an http:// or https:// URL'],
    ['[[birdeye.accounts]]\nkeys = []', '[birdeye] accounts #1 keys = (hidden) cannot be used'],
    ['system = 5', '[system] = 5 cannot be used'],
  ])('is refused with its name, the value and what is allowed: %s', (toml, words) => {
    expect(refusal(toml)).toContain(words)
  })

  it('is named as the person wrote it', () => {
    expect(refusal(null, { SLUICE_REDIS_URL: 'nonsense' })).toContain('SLUICE_REDIS_URL = "nonsense"')
    expect(refusal(null, {}, { api: 'nonsense' })).toContain('--api = "nonsense"')
    expect(refusal(null, { SLUICE_REDIS_URL: 'redis://ok' }, { redis: 'x' })).toContain('--redis = "x"')
  })

  it('does not come alone: all problems are told at once', () => {
    expect(refusal('[system]\npnl_parallel_batch_size = 0\n[engine]\nmax_attempts = 0').split('\n')).toHaveLength(2)
  })

  it('never shows a secret', () => {
    expect(refusal('[birdeye]\napi_key = 12345')).not.toContain('12345')
    expect(refusal(null, { SLUICE_REDIS_URL: 'http://user:s3cret@host' })).not.toContain('s3cret')
    expect(refusal('[birdeye]\napi_key = "s3cret')).not.toContain('s3cret')
  })
})

describe('a file', () => {
  it('that is broken is named with line and column, and the line is shown', () => {
    expect(refusal('[system]\npnl_parallel_batch_size = = 3')).toMatch(/sluice\.toml:2:\d+: .*pnl_parallel_batch_size = = 3/)
  })

  it('that is not there is named', () => {
    expect(() => loadSettings({ file: '/nowhere/x.toml', env: {}, flags: {} })).toThrow('/nowhere/x.toml cannot be read: there is no such file')
  })

  it('of any content either loads or is refused in words', () => {
    const scalar = fc.oneof(fc.integer().map(String), fc.string().map((s) => JSON.stringify(s)), fc.constant('true'), fc.constant('[]'))
    const line = fc.tuple(fc.constantFrom('url', 'api_key', 'accounts', 'pacing', 'x'), scalar).map(([key, value]) => `${key} = ${value}`)
    const table = fc.tuple(fc.constantFrom('[system]', '[redis]', '[birdeye]', '[[birdeye.accounts]]', '[engine]', ''), fc.array(line, { maxLength: 3 }))
    const text = fc.oneof(fc.array(table).map((tables) => tables.map(([name, lines]) => [name, ...lines].join('\n')).join('\n')), fc.string())
    fc.assert(
      fc.property(text, (toml) => {
        try {
          load(toml)
        } catch (error) {
          expect(error).toBeInstanceOf(SettingsError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
