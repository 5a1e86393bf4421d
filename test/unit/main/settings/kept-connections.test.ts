import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { KeptConnections, NO_CONNECTIONS, tablesOf, type Connections } from '../../../../src/main/settings/kept-connections'
import { loadSettings } from '../../../../src/main/settings/load-settings'
import { keychain } from '../../../../stand-in/keychain.mjs'
import { keychainVault } from '../../../../src/main/desktop/vault'
import type { SafeStorage } from 'electron'
import { CANARY_KEY, CANARY_PASSWORD, canariesBelow } from '../../../support/canaries'
import { ScratchFolder } from '../../../support/scratch-folder'

const scratch = new ScratchFolder()
afterAll(() => scratch.remove())

const connections: Connections = {
  redis: { url: 'rediss://me@host:1/2', password: CANARY_PASSWORD },
  apiBaseUrl: 'https://api.example.org',
  accounts: [
    { id: 'a', name: 'main', plan: 'starter', keys: [CANARY_KEY, `${CANARY_KEY}-2`] },
    { id: 'b', name: '', plan: null, keys: ['another'] },
  ],
  other: { engine: { max_attempts: 7 }, redis: { pipeline: 'mine' } },
}

/** As much of safeStorage as is used. */
const vaultOf = (secret: string | undefined, platform: NodeJS.Platform = 'linux') => keychainVault(keychain(secret) as SafeStorage, platform)

let files = 0
function kept(secret: string | undefined, file = scratch.at(`connections-${(files += 1)}.json`)) {
  return { file, kept: new KeptConnections(file, vaultOf(secret)) }
}

describe('connections that are kept', () => {
  it('are read again by the next start, secrets included, with the same keychain', () => {
    const { file, kept: first } = kept('keychain')
    first.write(connections)
    expect(kept('keychain', file).kept.read()).toEqual(connections)
    expect(first.keeping).toBe('keychain')
  })

  it('hold no secret in the clear, and are for this user alone', () => {
    const { file, kept: first } = kept('keychain')
    first.write(connections)
    expect(canariesBelow(scratch.path)).toEqual([])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toContain('rediss://me@host:1/2')
  })

  it('are replaced in one step: who reads them meanwhile reads the old ones, whole', () => {
    const { file, kept: first } = kept('keychain')
    first.write(connections)
    const before = readFileSync(file, 'utf8')
    const reader = openSync(file, 'r')
    first.write(NO_CONNECTIONS)
    expect(readFileSync(reader, 'utf8')).toBe(before)
    closeSync(reader)
    expect(kept('keychain', file).kept.read()).toEqual(NO_CONNECTIONS)
  })

  it('keep secrets in memory alone where there is no keychain', () => {
    const { file, kept: first } = kept(undefined)
    first.write(connections)
    expect(first.keeping).toBe('session')
    expect(first.read()).toEqual(connections)
    expect(canariesBelow(scratch.path)).toEqual([])
    const { redis, accounts } = kept(undefined, file).kept.read()
    expect(redis).toEqual({ url: 'rediss://me@host:1/2', password: '' })
    expect(accounts.map(({ keys }) => keys)).toEqual([[], []])
  })

  it('ask for the keys again when another keychain sealed them', () => {
    const { file, kept: first } = kept('one')
    first.write(connections)
    const { accounts, redis } = kept('another', file).kept.read()
    expect([redis?.password, ...accounts.map(({ keys }) => keys.length)]).toEqual(['', 0, 0])
  })

  it.each(['', 'not json', '{"version":2}', '[]'])('are none where the file holds %j', (text) => {
    const { file, kept: first } = kept('keychain')
    writeFileSync(file, text)
    expect(first.read()).toEqual(NO_CONNECTIONS)
  })

  it('become settings like those of a file', () => {
    const { config } = loadSettings({ tables: tablesOf(connections), env: {}, flags: {} })
    expect(config.redis).toMatchObject({ url: `rediss://me:${CANARY_PASSWORD}@host:1/2`, pipeline: 'mine' })
    expect(config.birdeye).toMatchObject({
      api_base_url: 'https://api.example.org',
      accounts: [{ name: 'main', keys: [CANARY_KEY, `${CANARY_KEY}-2`], plan: 'starter' }, { keys: ['another'] }],
    })
    expect(config.engine.max_attempts).toBe(7)
  })

  it('are no settings where nothing is kept, and leave out accounts without a key', () => {
    expect(loadSettings({ tables: tablesOf(NO_CONNECTIONS), env: {}, flags: {} })).toEqual(loadSettings({ env: {}, flags: {} }))
    const keyless = connections.accounts.map((account) => ({ ...account, keys: [] }))
    expect(loadSettings({ tables: tablesOf({ ...connections, accounts: keyless }), env: {}, flags: {} }).config.birdeye.accounts).toEqual([])
  })
})

describe('the keychain', () => {
  it('is not taken for one where Electron would seal with a password that everybody knows', () => {
    const known = { isEncryptionAvailable: () => true, getSelectedStorageBackend: () => 'basic_text' } as SafeStorage
    expect(keychainVault(known, 'linux').isAvailable()).toBe(false)
    expect(keychainVault(known, 'darwin').isAvailable()).toBe(true)
    expect(vaultOf(undefined).isAvailable()).toBe(false)
    expect(() => vaultOf(undefined).seal('x')).toThrow('not available')
  })
})
