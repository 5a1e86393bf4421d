import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { loadSettings } from '../../../src/main/settings/load-settings'
import { SettingsError } from '../../../src/main/settings/problems'
import { CASES, FUZZ_LIMIT_MS, seeded, textOf } from './cases'

// In memory where there is such a folder: a hundred thousand files are hard on a disk.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'sluice-fuzz-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, 'sluice.toml')
const TABLES = ['[redis]\n', '[engine]\n', '[birdeye]\n', '[system]\n', '[[birdeye.accounts]]\n', '[birdeye.accounts]\n', '[other]\n', '[a.b]\n', '[']
const NAMES = ['url', 'inbox', 'api_key', 'keys', 'lease_seconds', 'pnl_parallel_batch_size', 'pacing', 'accounts', '__proto__', 'constructor', 'unknown', '"quoted key"']
const VALUES = ['1', '-1', '1e400', 'nan', 'inf', '0x7f', '""', '"x"', "'y'", '"""', 'true', '[]', '[1,', '{}', '{a=1}', '1979-05-27', '"redis://h"', '\0', '\uFEFF', '# c']
const toml = textOf(...TABLES, ...NAMES.flatMap((name) => VALUES.slice(0, 17).map((value) => `${name} = ${value}\n`)), ...VALUES, ...NAMES, '=', '\r\n')

/** Null when they are usable, else the problems; anything but a SettingsError is a crash. */
function problemsOf(sources: Parameters<typeof loadSettings>[0]): readonly string[] | null {
  try {
    const { config, warnings } = loadSettings(sources)
    if (typeof config.redis.pipeline !== 'string' || warnings.some((text) => text === '')) expect.fail('an empty config or warning')
    return null
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return error.problems
  }
}

describe(`of ${CASES.toLocaleString('en')} settings files`, () => {
  it('each is a whole config or is refused with the setting, or with line and column', () => {
    let used = 0
    const property = fc.property(toml, (text) => {
      writeFileSync(file, text)
      const problems = problemsOf({ file, env: {}, flags: {} })
      if (problems === null) return void (used += 1)
      const isPlaced = (problem: string) => /^\S+\.toml:\d+:\d+: not valid TOML, .|: allowed is ./.test(problem)
      if (problems.length === 0 || !problems.every(isPlaced)) expect.fail(`without a place: ${problems.join(' | ')}`)
    })
    fc.assert(property, seeded(CASES))
    expect(used).toBeGreaterThan(CASES / 100)
  }, FUZZ_LIMIT_MS)
})

describe(`of ${CASES.toLocaleString('en')} sets of flags and variables`, () => {
  it('each is taken or refused by its name', () => {
    const text = fc.oneof(fc.constantFrom('', 'x', 'redis://h', 'unix:///s', 'http://x', 'demo', ',', ',,k', '\0', '::', 'http://', '{}'), fc.string({ maxLength: 8 }))
    const maybe = fc.option(text, { nil: undefined })
    const flags = fc.record({ redis: maybe, api: maybe, pipeline: maybe })
    const env = fc.record({ SLUICE_REDIS_URL: maybe, SLUICE_API_BASE_URL: maybe, SLUICE_API_KEYS: maybe, SLUICE_OTHER: maybe })
    const property = fc.property(flags, env, (given, variables) => {
      const problems = problemsOf({ env: variables, flags: given })
      if (problems && !problems.every((problem) => /^(--\w+|SLUICE_\w+)( #\d+)? .*allowed is ./s.test(problem))) {
        expect.fail(problems.join(' | '))
      }
    })
    fc.assert(property, seeded(CASES))
  }, FUZZ_LIMIT_MS)
})
