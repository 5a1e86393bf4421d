import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const [NONCE_BYTES, TAG_BYTES] = [12, 16]

/**
 * Electron's safeStorage. A program outside of Electron has no keychain of its own, so there is none to be had, as on a Linux
 * desktop without a password store; a test may bring the keychain's secret, and then there is one.
 * @param {string | undefined} secret
 */
export function keychain(secret) {
  const key = secret === undefined ? null : createHash('sha256').update(secret).digest()
  const theKey = () => {
    if (key === null) throw new Error('Error while encrypting or decrypting: encryption is not available')
    return key
  }
  return {
    isEncryptionAvailable: () => key !== null,
    getSelectedStorageBackend: () => (key === null ? 'basic_text' : 'gnome_libsecret'),
    encryptString(/** @type {string} */ text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', theKey(), nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },
    decryptString(/** @type {Buffer} */ bytes) {
      const [nonce, tag, sealed] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES), bytes.subarray(NONCE_BYTES + TAG_BYTES)]
      const decipher = createDecipheriv('aes-256-gcm', theKey(), nonce)
      decipher.setAuthTag(tag)
      return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8')
    },
  }
}
