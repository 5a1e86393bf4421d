import { isAbsolute } from 'node:path'
import { describe, expect, it } from 'vitest'
import { userDataDir } from '../../../../src/main/settings/user-data-dir'

describe('the folder for user data', () => {
  it('is the one that SLUICE_USER_DATA_DIR names', () => {
    expect(userDataDir({ SLUICE_USER_DATA_DIR: '/somewhere' })).toBe('/somewhere')
  })

  it('is else a folder of this name where the system keeps such data', () => {
    for (const env of [{}, { SLUICE_USER_DATA_DIR: '' }]) {
      expect(userDataDir(env)).toMatch(/Sluice/)
      expect(isAbsolute(userDataDir(env))).toBe(true)
    }
  })
})
