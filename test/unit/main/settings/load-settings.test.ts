import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
    expect(config.engine).toMatchObject({ pacing: 'adaptive', pair_timeout_seconds: 300 })
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

  it('take priorities by volume, and none by default', () => {
    expect(load(null).config.queue).toEqual({ priority_head_start_minutes: 60, priority_by_volume: [] })
    const toml = '[queue]\npriority_head_start_minutes = 0.5\npriority_by_volume = [[100000, 9], [10000.5, 6]]'
    expect(load(toml).config.queue).toEqual({ priority_head_start_minutes: 0.5, priority_by_volume: [[100_000, 9], [10_000.5, 6]] })
  })

  it('warn of a password on the command line, which others can read, and never say it', () => {
    const warningsOf = (redis: string) => load(null, {}, { redis }).warnings
    for (const url of ['redis://:s3cret@host', 'redis://user:s3cret@host:1', 'redis://host/?password=s3cret']) {
      expect(warningsOf(url)).toEqual([expect.stringMatching(/password in --redis.*SLUICE_REDIS_URL/)])
      expect(warningsOf(url).join('')).not.toContain('s3cret')
    }
    expect(warningsOf('redis://user@host:6379/1')).toEqual([])
    expect(load(null, { SLUICE_REDIS_URL: 'redis://:s3cret@host' }).warnings).toEqual([])
  })

  it('take the pipeline from its flag', () => {
    expect(load('[redis]\npipeline = "file"').config.redis.pipeline).toBe('file')
    expect(load('[redis]\npipeline = "file"', {}, { pipeline: 'flag' }).config.redis.pipeline).toBe('flag')
  })

  it('take an empty variable for none', () => {
    const env = { SLUICE_REDIS_URL: '', SLUICE_API_BASE_URL: '', SLUICE_API_KEYS: '' }
    expect(load('[redis]\nurl = "redis://file"\n[birdeye]\napi_key = "file"', env).config).toMatchObject({
      redis: { url: 'redis://file' },
      birdeye: { api_key: 'file' },
    })
  })

  it('take SLUICE_API_KEYS as accounts of their own, in place of every key of the file', () => {
    const toml = '[birdeye]\napi_key = "old"\n[[birdeye.accounts]]\nkeys = ["older"]'
    const { birdeye } = load(toml, { SLUICE_API_KEYS: 'one, two' }).config
    expect(birdeye.api_key).toBeUndefined()
    expect(birdeye.accounts).toEqual([{ keys: ['one'] }, { keys: ['two'] }])
  })

  it('that are unknown are told with the nearest known name, and ignored', () => {
    const toml = [
      'pnl_parallel_batch_size = 7',
      '[system]\npnl_paralel_batch_size = 30',
      '[web]\nport = 1',
      '[engin]\nmax_attempts = 1',
      '[[birdeye.accounts]]\nkeys = ["a"]\nlimit = 3',
    ].join('\n')
    const { config, warnings } = load(toml)
    expect(config).toEqual(load('[[birdeye.accounts]]\nkeys = ["a"]').config)
    expect([...warnings].sort()).toEqual([
      'unknown setting `[[birdeye.accounts]] #1 limit`, ignored; did you mean `limits`?',
      'unknown setting `[engin]`, ignored; did you mean `[engine]`?',
      'unknown setting `[system] pnl_paralel_batch_size`, ignored; did you mean `pnl_parallel_batch_size`?',
      'unknown setting `[web]`, ignored',
      'unknown setting `pnl_parallel_batch_size`, ignored; did you mean `[system] pnl_parallel_batch_size`?',
    ])
  })

  it('that are unknown do not hide a bad value', () => {
    expect(refusal('[system]\nx = 1\npnl_parallel_batch_size = 0')).toContain('[system] pnl_parallel_batch_size = 0')
  })
})

describe('a bad value', () => {
  it.each([
    ['[system]\npnl_parallel_batch_size = 0', '[system] pnl_parallel_batch_size = 0 cannot be used: allowed is a whole number from 1 to 500'],
    ['[system]\npnl_parallel_batch_size = 501', '[system] pnl_parallel_batch_size = 501 cannot be used: allowed is a whole number from 1 to 500'],
    ['[system]\npnl_parallel_batch_size = 2.5', '[system] pnl_parallel_batch_size = 2.5 cannot be used: allowed is a whole number from 1 to 500'],
    ['[system]\npnl_parallel_batch_size = "20"', '[system] pnl_parallel_batch_size = "20" cannot be used: allowed is a whole number from 1 to 500'],
    ['[engine]\npair_timeout_seconds = 0', '[engine] pair_timeout_seconds = 0 cannot be used: allowed is a number above 0, up to 3600'],
    ['[engine]\nlease_seconds = inf', '[engine] lease_seconds = Infinity cannot be used: allowed is a number from 1 to 3600'],
    ['[engine]\npacing = "fast"', '[engine] pacing = "fast" cannot be used: allowed is adaptive, classic'],
    ['[engine]\nmax_attempts = 1979-05-27', '[engine] max_attempts = 1979-05-27 cannot be used: allowed is a whole number from 1 to 100'],
    ['[redis]\nurl = "localhost"', '[redis] url = "localhost" cannot be used: allowed is a redis://, rediss:// or unix:// URL'],
    ['[redis]\npipeline = "a b"', '[redis] pipeline = "a b" cannot be used: allowed is 1 to 64 of A–Z a–z 0–9 . _ -'],
    ['[redis]\ninbox = ["a"]', '[redis] inbox = a list cannot be used: allowed is the name of a list that is not empty, and none that Sluice keeps for itself'],
    [
      '[redis]\ninbox = "{sluice:default}:rejected"',
      '[redis] inbox = "{sluice:default}:rejected" cannot be used: allowed is the name of a list that is not empty, and none that Sluice keeps for itself',
    ],
    ['[birdeye]\napi_base_url = "ftp://x"', '[birdeye] api_base_url = "ftp://x" cannot be used: allowed is an http:// or https:// URL, without user or query'],
    ['[[birdeye.accounts]]\nkeys = []', '[[birdeye.accounts]] #1 keys = (hidden) cannot be used: allowed is a list that is not empty'],
    ['[[birdeye.accounts]]\nname = "main"', '[[birdeye.accounts]] #1 keys is missing: allowed is a list that is not empty'],
    [
      '[[birdeye.accounts]]\nkeys = ["a"]\nplan = "gold"',
      '[[birdeye.accounts]] #1 plan = "gold" cannot be used: allowed is standard, lite, starter, premium, business',
    ],
    [
      '[[birdeye.accounts]]\nkeys = ["a"]\nlimits = [{ requests = 0, window_seconds = 1 }]',
      '[[birdeye.accounts]] #1 limits #1 requests = 0 cannot be used: allowed is a number above 0',
    ],
    [
      '[queue]\npriority_by_volume = [[1000, 10]]',
      '[[queue.priority_by_volume]] #1 #2 = 10 cannot be used: allowed is a whole number from 0 to 9',
    ],
    [
      '[queue]\npriority_by_volume = [[1000]]',
      '[[queue.priority_by_volume]] #1 = a list cannot be used: allowed is a volume in USD and a priority',
    ],
    ['system = 5', '[system] = 5 cannot be used: allowed is a table'],
  ])('is refused with its name, the value and what is allowed: %s', (toml, words) => {
    expect(refusal(toml)).toBe(words)
  })

  it('is named as the person wrote it', () => {
    expect(refusal(null, { SLUICE_REDIS_URL: 'nonsense' })).toContain('SLUICE_REDIS_URL = "nonsense"')
    expect(refusal(null, {}, { api: 'nonsense' })).toContain('--api = "nonsense"')
    expect(refusal(null, { SLUICE_REDIS_URL: 'redis://ok' }, { redis: 'x' })).toContain('--redis = "x"')
  })

  it('among SLUICE_API_KEYS is named by its place', () => {
    expect(refusal(null, { SLUICE_API_KEYS: 'one,,three' })).toBe(
      'SLUICE_API_KEYS #2 = (hidden) cannot be used: allowed is text that is not empty',
    )
  })

  it('does not come alone: all problems are told at once, each once', () => {
    const problems = refusal('[system]\npnl_parallel_batch_size = 0.5\n[engine]\nmax_attempts = 0', {}, { api: 'x' }).split('\n')
    expect(problems.map((problem) => problem.split(' = ')[0]).sort()).toEqual([
      '--api',
      '[engine] max_attempts',
      '[system] pnl_parallel_batch_size',
    ])
  })

  it('never shows a secret', () => {
    const secret = 's3cret'
    const files = [
      `[birdeye]\napi_key = ["${secret}"]`,
      `[birdeye]\napi_key = "${secret}`,
      `[birdeye]\naccounts = ["${secret}"]`,
      `[birdeye]\naccounts = { keys = ["${secret}"] }`,
      `[[birdeye.accounts]]\nkeys = "${secret}"`,
      `[[birdeye.accounts]]\nkeys = [\n"${secret},\n]`,
      `[redis]\nurl = "http://user:${secret}@host"`,
      `[redis]\nurl = "redis://user:${secret}@host`,
    ]
    for (const toml of files) expect(refusal(toml)).not.toContain(secret)
    expect(refusal(null, { SLUICE_REDIS_URL: `http://:a/${secret}@host` })).not.toContain(secret)
    expect(refusal(null, {}, { api: `ftp://host?api-key=${secret}` })).not.toContain(secret)
  })
})

describe('a file', () => {
  const scalar = fc.oneof(fc.integer().map(String), fc.string().map((text) => JSON.stringify(text)), fc.constantFrom('true', '[]', '{}', 'nan', '[[1]]'))
  const name = fc.constantFrom('url', 'api_key', 'accounts', 'pacing', 'keys', 'limits', 'x', '__proto__', '"a b"', 'constructor')
  const line = fc.tuple(name, scalar).map(([key, value]) => `${key} = ${value}`)
  const heading = fc.constantFrom('[system]', '[redis]', '[birdeye]', '[[birdeye.accounts]]', '[engine]', '[web]', '[__proto__]', '')
  const table = fc.tuple(heading, fc.array(line, { maxLength: 3 })).map(([head, lines]) => [head, ...lines].join('\n'))

  it.each([
    ['TOML-like text', fc.array(table).map((tables) => tables.join('\n')), 2000],
    ['any text', fc.string({ unit: 'binary' }), 1000],
  ] as const)('of %s either loads or is refused in words', (_, text, numRuns) => {
    fc.assert(
      fc.property(text, (toml) => {
        try {
          load(toml)
        } catch (error) {
          expect(error).toBeInstanceOf(SettingsError)
          expect((error as SettingsError).message).not.toMatch(/undefined|\[object|\p{Cc}(?<!\n)/u)
        }
      }),
      { numRuns },
    )
  })
})
