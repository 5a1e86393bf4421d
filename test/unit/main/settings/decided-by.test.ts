import { describe, expect, it } from 'vitest'
import { decidedBy, undecided } from '../../../../src/main/settings/decided-by'

describe('who decides about the connections', () => {
  it.each([
    ['the window, where nobody else does', undefined, {}, {}, { redis: null, api: null }],
    ['the file', 'my.toml', { SLUICE_REDIS_URL: 'x' }, {}, { redis: 'my.toml', api: 'my.toml' }],
    ['the environment', undefined, { SLUICE_REDIS_URL: 'x', SLUICE_API_KEYS: 'k' }, {}, { redis: 'SLUICE_REDIS_URL', api: 'SLUICE_API_KEYS' }],
    ['an empty variable: nobody', undefined, { SLUICE_REDIS_URL: '' }, {}, { redis: null, api: null }],
    ['the flags before the environment', undefined, { SLUICE_REDIS_URL: 'x' }, { redis: 'y', api: 'z' }, { redis: '--redis', api: '--api' }],
  ])('%s', (_who, file, env, flags, expected) => {
    expect(decidedBy(file, env, flags)).toEqual(expected)
  })
})

describe('what is kept', () => {
  const account = { id: 'a', name: '', plan: null, keys: ['key'] }
  const kept = { redis: { url: 'redis://h', password: 'p' }, apiBaseUrl: 'https://a.example', accounts: [account], other: { engine: {} } }

  it('is not used for an API or a Redis that was named elsewhere', () => {
    expect(undecided(kept, { redis: null, api: null })).toEqual(kept)
    expect(undecided(kept, { redis: null, api: '--api' })).toEqual({ ...kept, apiBaseUrl: '', accounts: [] })
    expect(undecided(kept, { redis: 'SLUICE_REDIS_URL', api: null })).toEqual({ ...kept, redis: null })
  })
})
