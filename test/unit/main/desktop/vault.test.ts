import type { SafeStorage } from 'electron'
import { describe, expect, it } from 'vitest'
import { keychainVault } from '../../../../src/main/desktop/vault'

/** Electron's safeStorage, sealing by turning the text round. */
function storage(parts: Partial<SafeStorage> = {}): SafeStorage {
  const turned = (text: string) => [...text].toReversed().join('')
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptString: (text: string) => Buffer.from(turned(text)),
    decryptString: (sealed: Buffer) => turned(sealed.toString()),
    ...parts,
  } as SafeStorage // the rest is not used
}

describe('the vault', () => {
  it('seals by the keychain, as text, and opens it again', () => {
    const vault = keychainVault(storage(), 'darwin')
    expect(vault.isAvailable()).toBe(true)
    expect(Buffer.from(vault.seal('secret'), 'base64').toString()).toBe('terces')
    expect(vault.open(vault.seal('secret'))).toBe('secret')
  })

  it('is none without encryption', () => {
    expect(keychainVault(storage({ isEncryptionAvailable: () => false }), 'darwin').isAvailable()).toBe(false)
  })

  it('is none where Linux would seal with a password that everybody knows', () => {
    expect(keychainVault(storage({ getSelectedStorageBackend: () => 'basic_text' }), 'linux').isAvailable()).toBe(false)
    expect(keychainVault(storage(), 'linux').isAvailable()).toBe(true)
  })
})
