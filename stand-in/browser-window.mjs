import { EventEmitter } from 'node:events'
import { app, host } from './app.mjs'
import { defaultSession } from './session.mjs'
import { preventable, strict } from './strict.mjs'
import { isThemeForced, nativeTheme } from './system.mjs'
import { WebContents } from './web-contents.mjs'

/** Options that would undo a protection: the stand-in has no way to honour them, and refuses. */
const UNDONE = { contextIsolation: false, sandbox: false, nodeIntegration: true, webSecurity: false, webviewTag: true }

/** @type {Set<AppWindow>} */
const windows = new Set()

class AppWindow extends EventEmitter {
  #destroyed = false
  #visible
  #painted = false

  /** @param {any} options */
  constructor(options) {
    super()
    if (!host.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const preferences = options.webPreferences ?? {}
    for (const [name, value] of Object.entries(UNDONE)) {
      if (preferences[name] === value) throw new Error(`The stand-in for Electron cannot run with ${name}: ${value}`)
    }
    this.#visible = options.show !== false
    this.options = { width: 800, height: 600, ...options }
    this.target = host.pageTarget(this.options)
    const contents = new WebContents(host.browser(), this.target, {
      preload: preferences.preload,
      session: defaultSession,
      isDestroyed: () => this.#destroyed,
      onLoaded: () => this.#paint(),
    })
    this.webContents = contents.proxy = strict('webContents', contents)
    windows.add(this)
    this.target.then((id) => this.#follow(id)).catch(() => {})
    app.emit('web-contents-created', preventable(), this.webContents)
    app.emit('browser-window-created', preventable(), this.proxy ?? this)
  }

  loadURL(/** @type {string} */ url) {
    return this.webContents.loadURL(url)
  }

  reload() {
    this.webContents.reload()
  }

  show() {
    this.#visible = true
  }

  focus() {
    this.webContents.page?.session.send('Page.bringToFront').catch(() => {})
  }

  isVisible() {
    return this.#visible
  }

  // The stand-in never minimizes a window: that is the person's doing, and Chromium's.
  isMinimized() {
    return false
  }

  restore() {}

  isDestroyed() {
    return this.#destroyed
  }

  close() {
    const event = preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy() {
    if (this.#destroyed) return
    this.target.then((targetId) => host.browser().root.send('Target.closeTarget', { targetId })).catch(() => {})
    this.#destroyed = true
    this.#gone()
  }

  async #follow(/** @type {string} */ id) {
    host.browser().root.on('Target.targetDestroyed', ({ targetId }) => targetId === id && this.lose())
    const page = await this.webContents.opened
    const { width, height } = this.options
    if (process.env['SLUICE_STAND_IN_SIZE']) {
      const [fixedWidth, fixedHeight] = process.env['SLUICE_STAND_IN_SIZE'].split('x').map(Number)
      await this.#resize(page, fixedWidth, fixedHeight)
    } else if (host.isHeadless) await this.#resize(page, width, height)
    if (isThemeForced) {
      const features = [{ name: 'prefers-color-scheme', value: nativeTheme.shouldUseDarkColors ? 'dark' : 'light' }]
      await page.session.send('Emulation.setEmulatedMedia', { features })
    }
  }

  #resize(/** @type {any} */ page, /** @type {number | undefined} */ width, /** @type {number | undefined} */ height) {
    return page.session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
  }

  #paint() {
    if (this.#painted) return
    this.#painted = true
    this.emit('ready-to-show', preventable())
  }

  /** The page is gone by the person's doing; nobody can prevent it any more. */
  lose() {
    if (this.#destroyed) return
    this.#destroyed = true
    this.emit('close', preventable())
    this.#gone()
  }

  #gone() {
    windows.delete(this)
    this.webContents.emit('destroyed')
    this.emit('closed', preventable())
    if (windows.size === 0) host.windowsGone()
  }
}

host.useWindows(() => [...windows])
host.loseWindows = () => {
  for (const window of windows) window.lose()
}

const constructible = {
  getAllWindows: () => [...windows].map((window) => window.proxy ?? window),
  fromWebContents: (/** @type {WebContents} */ contents) => [...windows].find(({ webContents }) => webContents === contents)?.proxy ?? null,
  getFocusedWindow: () => [...windows][0]?.proxy ?? null,
}

export const BrowserWindow = new Proxy(AppWindow, {
  construct(Window, [options]) {
    const window = new Window(options ?? {})
    window.proxy = strict('BrowserWindow', window)
    return window.proxy
  },
  get(Window, key) {
    if (key in constructible) return Reflect.get(constructible, key)
    if (typeof key === 'symbol' || key === 'prototype') return Reflect.get(Window, key)
    throw new Error(`The stand-in for Electron has no BrowserWindow.${key}`)
  },
})
