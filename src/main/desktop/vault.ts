import type { SafeStorage } from 'electron'

/**
 * Secrets sealed by Electron's safeStorage: by the keychain on macOS, by the user's account on Windows, by the desktop's
 * password store on Linux. Where Linux has none, Electron would seal with a password that everybody knows: that is no seal,
 * and is not used.
 */
export function keychainVault(safeStorage: SafeStorage, platform: NodeJS.Platform) {
  return {
    isAvailable: () =>
      safeStorage.isEncryptionAvailable() && (platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
    seal: (text: string) => safeStorage.encryptString(text).toString('base64'),
    open: (sealed: string) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
  }
}
