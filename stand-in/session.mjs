import { EventEmitter } from 'node:events'
import { host } from './app.mjs'
import { lent } from './schemes.mjs'
import { strict } from './strict.mjs'

/** Permissions that a page could ask for, as DevTools calls them, with Electron's names for them. */
const PERMISSIONS = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  videoCapture: 'media',
  audioCapture: 'media',
  midi: 'midi',
  clipboardReadWrite: 'clipboard-read',
}

class Session extends EventEmitter {
  /** @param {((contents: null, permission: string, answer: (granted: boolean) => void) => void) | null} handler */
  setPermissionRequestHandler(handler) {
    this.handler = handler
  }

  // Chromium asks nobody for these here: the stand-in grants none of them, so a handler that refuses is honoured.
  setPermissionCheckHandler() {}
  setDevicePermissionHandler() {}
  setDisplayMediaRequestHandler() {}

  /** Grants an origin what the app's handler grants, and refuses it everything else. @param {string} url */
  async applyPermissions(url) {
    const granted = Object.entries(PERMISSIONS).filter(([, permission]) => this.#isGranted(permission))
    const { origin } = new URL(lent(url))
    const permissions = granted.map(([name]) => name)
    await host.browser().root.send('Browser.grantPermissions', { origin, permissions })
  }

  /** @param {string} permission */
  #isGranted(permission) {
    let granted = false
    this.handler?.(null, permission, (answer) => (granted = answer))
    return granted
  }
}

/** The whole of it, for the stand-in itself. */
export const permissions = new Session()
export const defaultSession = strict('session', permissions)

export const session = strict('session', {
  get defaultSession() {
    if (!host.isReady()) throw new Error('Session can only be received when app is ready')
    return defaultSession
  },
})
