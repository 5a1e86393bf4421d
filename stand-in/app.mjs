import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Browser } from './cdp.mjs'
import { takeInstanceLock } from './instance-lock.mjs'
import { preventable, strict } from './strict.mjs'

const isHeadless = process.env['SLUICE_STAND_IN_HEADLESS'] === '1' || !(process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])

/** @type {Browser | null} */
let chromium = null
let ready = false
let quitting = false
let ended = false
let isFirstWindow = true
/** @type {() => void} */
let announceReady
/** @type {Promise<void>} */
const readiness = new Promise((resolve) => (announceReady = resolve))
/** What the app's package.json says, and where it is. Filled in by run.mjs. */
export const identity = { name: 'app', version: '0.0.0', path: process.cwd() }
/** @type {() => { close(): void, destroy(): void, isDestroyed(): boolean }[]} */
let openWindows = () => []
/** @type {Map<string, string>} */
const paths = new Map()

class App extends EventEmitter {
  isPackaged = false

  whenReady() {
    return readiness
  }

  isReady() {
    return ready
  }

  getName() {
    return identity.name
  }

  getVersion() {
    return identity.version
  }

  getAppPath() {
    return identity.path
  }

  /** @param {string} name */
  getPath(name) {
    const known = paths.get(name) ?? defaultPath(name)
    if (known === null) throw new Error(`Failed to get '${name}' path`)
    return known
  }

  /** @param {string} name @param {string} path */
  setPath(name, path) {
    mkdirSync(path, { recursive: true })
    paths.set(name, path)
  }

  requestSingleInstanceLock() {
    return takeInstanceLock(this.getPath('userData'), (argv, workingDirectory) =>
      this.emit('second-instance', preventable(), argv, workingDirectory, null),
    )
  }

  quit() {
    if (quitting) return
    const asked = preventable()
    this.emit('before-quit', asked)
    if (asked.defaultPrevented) return
    quitting = true
    for (const window of openWindows()) {
      window.close()
      // A window that refuses to close stops the quitting.
      if (!window.isDestroyed()) {
        quitting = false
        return
      }
    }
    const last = preventable()
    this.emit('will-quit', last)
    quitting = !last.defaultPrevented
    if (quitting) this.exit(0)
  }

  exit(code = 0) {
    if (ended) return
    ended = true
    quitting = true
    for (const window of openWindows()) window.destroy()
    this.emit('quit', preventable(), code)
    void Promise.resolve(chromium?.close()).finally(() => process.exit(code))
  }
}

const instance = new App()
export const app = strict('app', instance)

/** @param {string} name */
function defaultPath(name) {
  const home = homedir()
  const settings = process.platform === 'darwin' ? join(home, 'Library/Application Support') : join(home, '.config')
  /** @type {Record<string, string>} */
  const known = {
    home,
    temp: tmpdir(),
    appData: settings,
    userData: join(settings, identity.name),
    downloads: join(home, 'Downloads'),
    documents: join(home, 'Documents'),
    exe: process.execPath,
  }
  return known[name] ?? null
}

export const host = {
  isHeadless,
  isReady: () => ready,
  /** Electron is ready only after the entry module has been evaluated: run.mjs calls this then. */
  async start() {
    if (ended) return
    const program = process.env['SLUICE_CHROMIUM'] ?? 'chromium'
    const debuggingPort = process.env['SLUICE_STAND_IN_DEBUG'] === '1'
    chromium = new Browser({ program, headless: isHeadless, debuggingPort, title: identity.name, width: 1440, height: 900, switches: [] })
    chromium.on('closed', (reason) => {
      if (ended) return
      if (!ready) {
        process.stderr.write(`${reason}\n`)
        instance.exit(1)
      }
      host.loseWindows()
    })
    await chromium.root.send('Target.setDiscoverTargets', { discover: true })
    if (debuggingPort) process.send?.({ debuggerUrl: await chromium.debuggerUrl })
    ready = true
    announceReady()
    instance.emit('ready', preventable(), {})
  },
  browser() {
    if (!chromium) throw new Error('Chromium has not been started')
    return chromium
  },
  /** The page that a new window gets: Chromium's first one for the first window. @param {{ width: number, height: number }} size */
  async pageTarget({ width, height }) {
    const { root } = host.browser()
    if (isFirstWindow) {
      isFirstWindow = false
      const { targetInfos } = await root.send('Target.getTargets')
      const first = targetInfos.find((/** @type {any} */ info) => info.type === 'page')
      if (first) return /** @type {string} */ (first.targetId)
    }
    const { targetId } = await root.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })
    return /** @type {string} */ (targetId)
  },
  /** @param {typeof openWindows} list */
  useWindows(list) {
    openWindows = list
  },
  loseWindows: () => {},
  windowsGone() {
    if (quitting || ended) return
    if (instance.listenerCount('window-all-closed') > 0) instance.emit('window-all-closed')
    else instance.quit()
  },
}

// Electron quits at these signals; an app that listens to them itself decides for itself.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) instance.quit()
  })
}
