import { describe, expect, it } from 'vitest'
import { decidedBy } from '../../../../src/main/settings/decided-by'

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
