import { EventEmitter } from 'node:events'
import { app, onLastWindowClosed } from './app.mjs'
import { chromium, isHeadless, newPage, windows } from './host.mjs'
import { theme } from './native-theme.mjs'
import { defaultSession } from './session.mjs'
import { preventable, strict } from './strict.mjs'
import { WebContents } from './web-contents.mjs'
import { checkWindowOptions } from './window-options.mjs'

const fixedSize = process.env['SLUICE_STAND_IN_SIZE']

/** A window of Electron: a page in Chromium, which opens at once and decides itself how its window looks. */
export class AppWindow extends EventEmitter {
  #isDestroyed = false
  #isVisible
  #hasPainted = false
  #isMaximized = false

  /** @param {any} options */
  constructor(options) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    checkWindowOptions(options)
    this.#isVisible = options.show !== false
    this.size = { width: options.width ?? 800, height: options.height ?? 600 }
    this.place = { x: options.x ?? 0, y: options.y ?? 0 }
    this.target = newPage(this.size)
    this.webContents = new WebContents(chromium().connection, this.target, {
      preload: options.webPreferences?.preload,
      session: defaultSession,
      isDestroyed: () => this.#isDestroyed,
      onLoaded: () => this.#paint(),
    }).proxy
    /** What the app holds. */
    this.proxy = strict('BrowserWindow', this)
    windows.add(this)
    this.target.then((id) => this.#follow(id)).catch(() => {})
    app.emit('web-contents-created', preventable(), this.webContents)
    app.emit('browser-window-created', preventable(), this.proxy)
  }

  loadURL(/** @type {string} */ url) {
    return this.webContents.loadURL(url)
  }

  reload() {
    this.webContents.reload()
  }

  show() {
    this.#isVisible = true
  }

  /** Nobody looks at a window without a screen; whether somebody looks at Chromium's is not known. */
  isFocused() {
    return !isHeadless
  }

  /** Chromium's window has no place on the taskbar that is ours. */
  setProgressBar() {}

  // Where it was asked to be: Chromium's window may since have been moved, and does not say so.
  getNormalBounds() {
    return { x: this.place.x, y: this.place.y, ...this.size }
  }

  isMaximized() {
    return this.#isMaximized
  }

  maximize() {
    this.#isMaximized = true
  }

  focus() {
    this.webContents.page?.session.send('Page.bringToFront').catch(() => {})
  }

  isVisible() {
    return this.#isVisible
  }

  // The stand-in never minimizes a window: that is the person's doing, and Chromium's.
  isMinimized() {
    return false
  }

  restore() {}

  isDestroyed() {
    return this.#isDestroyed
  }

  close() {
    const event = preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy() {
    if (this.#isDestroyed) return
    this.target.then((targetId) => chromium().root.send('Target.closeTarget', { targetId })).catch(() => {})
    this.#isDestroyed = true
    this.#gone()
  }

  /** The page is gone by the person's doing; nobody can prevent it any more. */
  lose() {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.emit('close', preventable())
    this.#gone()
  }

  async #follow(/** @type {string} */ id) {
    chromium().root.on('Target.targetDestroyed', ({ targetId }) => targetId === id && this.lose())
    const { session } = await this.webContents.opened
    const [width = this.size.width, height = this.size.height] = fixedSize?.split('x').map(Number) ?? []
    if (fixedSize || isHeadless) {
      await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
    }
    const applyTheme = () => session.send('Emulation.setEmulatedMedia', { features: theme.mediaFeatures() }).catch(() => {})
    theme.on('updated', applyTheme)
    this.once('closed', () => theme.off('updated', applyTheme))
    await applyTheme()
  }

  #paint() {
    if (this.#hasPainted) return
    this.#hasPainted = true
    this.emit('ready-to-show', preventable())
  }

  #gone() {
    windows.delete(this)
    this.webContents.emit('destroyed')
    this.emit('closed', preventable())
    if (windows.size === 0) onLastWindowClosed()
  }
}

const statics = {
  getAllWindows: () => [...windows].map((window) => window.proxy),
}

export const BrowserWindow = new Proxy(AppWindow, {
  construct: (Window, [options]) => new Window(options ?? {}).proxy,
  get(Window, key) {
    if (key in statics) return Reflect.get(statics, key)
    if (typeof key === 'symbol' || key === 'prototype') return Reflect.get(Window, key)
    throw new Error(`The stand-in for Electron has no BrowserWindow.${key}`)
  },
})
