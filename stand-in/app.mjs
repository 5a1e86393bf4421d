import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeChromium, identity, startChromium, systemIsDark, windows } from './host.mjs'
import { takeInstanceLock } from './instance-lock.mjs'
import { theme } from './native-theme.mjs'
import { preventable, strict } from './strict.mjs'

let isReady = false
/** @type {'running' | 'quitting' | 'ended'} */
let stage = 'running'
/** @type {() => void} */
let announceReady
/** @type {Promise<void>} */
const readiness = new Promise((resolve) => (announceReady = resolve))
/** @type {Map<string, string>} */
const paths = new Map()

class App extends EventEmitter {
  isPackaged = false

  whenReady() {
    return readiness
  }

  isReady() {
    return isReady
  }

  /** Chromium's pages are in its sandbox from the start, unless it runs as root: see chromium.mjs. */
  enableSandbox() {
    if (isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
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
    if (stage !== 'running') return
    const asked = preventable()
    this.emit('before-quit', asked)
    if (asked.defaultPrevented) return
    stage = 'quitting'
    if (!this.#closeWindows() || !this.#agreesToEnd()) stage = 'running'
    else this.exit(0)
  }

  /** False as soon as a window refuses to close. */
  #closeWindows() {
    return [...windows].every((window) => {
      window.close()
      return window.isDestroyed()
    })
  }

  #agreesToEnd() {
    const event = preventable()
    this.emit('will-quit', event)
    return !event.defaultPrevented
  }

  exit(code = 0) {
    if (stage === 'ended') return
    stage = 'ended'
    for (const window of windows) window.destroy()
    this.emit('quit', preventable(), code)
    void closeChromium().finally(() => process.exit(code))
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

/** Electron is ready only after the entry module has been evaluated: run.mjs calls this then. */
export async function becomeReady() {
  // A later instance has quit by now.
  if (stage !== 'running') return
  await startChromium(onChromiumClosed)
  theme.noticeSystem(await systemIsDark())
  isReady = true
  announceReady()
  instance.emit('ready', preventable(), {})
}

/** @param {string} reason */
function onChromiumClosed(reason) {
  if (stage === 'ended') return
  if (!isReady) {
    process.stderr.write(`${reason}\n`)
    instance.exit(1)
  }
  // It was the person's doing: the windows are gone, and nobody can prevent it any more.
  for (const window of windows) window.lose()
}

/** To be called when the last window has closed. */
export function onLastWindowClosed() {
  if (stage !== 'running') return
  if (instance.listenerCount('window-all-closed') > 0) instance.emit('window-all-closed')
  else instance.quit()
}

// Electron quits at these signals; an app that listens to them itself decides for itself.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) instance.quit()
  })
}
