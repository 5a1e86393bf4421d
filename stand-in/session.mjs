import { EventEmitter } from 'node:events'
import { app } from './app.mjs'
import { chromium } from './host.mjs'
import { lent, own } from './schemes.mjs'
import { preventable, strict } from './strict.mjs'
import { say } from './system.mjs'

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
  /** @type {Promise<void> | undefined} */
  #downloads
  /** @param {((contents: null, permission: string, answer: (granted: boolean) => void) => void) | null} handler */
  setPermissionRequestHandler(handler) {
    this.handler = handler
  }

  // Chromium asks nobody for these here: the stand-in grants none of them, so a handler that refuses is honoured.
  setPermissionCheckHandler() {}
  setDevicePermissionHandler() {}
  setDisplayMediaRequestHandler() {}

  /**
   * Before a page is loaded: its origin is granted what the app's handler grants, and refused everything else.
   * @param {string} url
   */
  async confine(url) {
    await (this.#downloads ??= this.#refuseDownloads())
    const granted = Object.entries(PERMISSIONS).filter(([, permission]) => this.#isGranted(permission))
    const { origin } = new URL(lent(url))
    const permissions = granted.map(([name]) => name)
    await chromium().root.send('Browser.grantPermissions', { origin, permissions })
  }

  /** The app is told of each download, but the stand-in saves none. */
  async #refuseDownloads() {
    const { root } = chromium()
    root.on('Browser.downloadWillBegin', ({ url, suggestedFilename }) => {
      const event = preventable()
      this.emit('will-download', event, strict('DownloadItem', { getURL: () => own(url), getFilename: () => suggestedFilename }))
      if (!event.defaultPrevented) say(`The stand-in for Electron saves no downloads: ${suggestedFilename} was denied.`)
    })
    await root.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true })
  }

  /** @param {string} permission */
  #isGranted(permission) {
    let granted = false
    this.handler?.(null, permission, (answer) => (granted = answer))
    return granted
  }
}

/** The whole of it, for the stand-in itself. */
export const ownSession = new Session()
export const defaultSession = strict('session', ownSession)

export const session = strict('session', {
  get defaultSession() {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready')
    return defaultSession
  },
})
