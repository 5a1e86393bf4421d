import { expect, it } from 'vitest'
import { takeEnvironment } from '../../../../src/main/settings/own-environment'

it('what we start finds no secret in its environment, and we still have them', () => {
  const given = { PATH: '/bin', SLUICE_REDIS_URL: 'redis://:word@h', SLUICE_API_KEYS: 'key1,key2', SLUICE_USER_DATA_DIR: '/data' }
  const env = { ...given }
  expect(takeEnvironment(env)).toEqual(given)
  expect(env).toEqual({ PATH: '/bin', SLUICE_USER_DATA_DIR: '/data' })
})
