import { EventEmitter } from 'node:events'
import { invoke, receive } from './ipc-main.mjs'
import { theme } from './native-theme.mjs'
import { Page } from './page.mjs'
import { lent, originOf, own } from './schemes.mjs'
import { ownSession } from './session.mjs'
import { preventable, strict } from './strict.mjs'
import { say } from './system.mjs'

let lastId = 0

/** What Electron calls a window's web contents: the page, its navigation, and its end of the messages. */
export class WebContents extends EventEmitter {
  id = ++lastId
  /** @type {Page | undefined} */
  page
  #url = ''
  #crashed = false
  /** @type {(details: { url: string }) => { action: string }} */
  #windowOpenHandler = () => ({ action: 'allow' })

  /**
   * @param {import('./cdp.mjs').Connection} connection
   * @param {Promise<string>} targetId
   * @param {{ preload?: string, session: object, isDestroyed(): boolean, onLoaded(): void }} window
   */
  constructor(connection, targetId, window) {
    super()
    this.window = window
    this.session = window.session
    /** What the app holds. */
    this.proxy = strict('webContents', this)
    const contents = this
    this.mainFrame = strict('WebFrameMain', {
      get url() {
        return own(contents.#url)
      },
      get origin() {
        return originOf(contents.#url)
      },
    })
    this.opened = targetId.then((id) => this.#open(connection, id))
    this.opened.catch(() => {})
  }

  async #open(/** @type {import('./cdp.mjs').Connection} */ connection, /** @type {string} */ targetId) {
    /** @type {import('./page.mjs').PageOwner} */
    const owner = {
      onMessage: (message) => void this.#receive(message),
      onWindowOpen: (url) => this.#refuseWindow(own(url)),
      mayNavigate: (url) => this.#mayNavigate(own(url)),
      onEvent: (name, url) => this.#onPageEvent(name, url),
    }
    this.page = await Page.open(connection, targetId, owner, this.window.preload)
    return this.page
  }

  getURL() {
    return own(this.#url)
  }

  isCrashed() {
    return this.#crashed
  }

  isDestroyed() {
    return this.window.isDestroyed()
  }

  /** @param {(details: { url: string }) => { action: string }} handler */
  setWindowOpenHandler(handler) {
    this.#windowOpenHandler = handler
  }

  /** @param {string} url */
  async loadURL(url) {
    const page = await this.opened
    await ownSession.confine(url)
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve))
    await page.navigate(lent(url)).catch((error) => {
      throw new Error(`${error.message} loading '${url}'`)
    })
    await loaded
  }

  reload() {
    this.page?.session.send('Page.reload').catch(() => {})
  }

  /** @param {string} channel @param {unknown[]} args */
  send(channel, ...args) {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed')
    this.page?.push(channel, args)
  }

  async #receive(/** @type {any} */ { kind, id, channel, payload, url, isDark }) {
    const event = preventable({ sender: this.proxy, senderFrame: this.mainFrame })
    if (kind === 'send') return receive(channel, event, Page.decode(payload))
    if (kind === 'open') return this.#refuseWindow(own(url))
    if (kind === 'theme') return theme.noticeSystem(isDark)
    try {
      this.page?.reply(id, await invoke(channel, event, Page.decode(payload)))
    } catch (error) {
      this.page?.replyError(id, error)
    }
  }

  /** The window itself is refused where it would open: see page-worlds.mjs and popups.mjs. @param {string} url */
  #refuseWindow(url) {
    const { action } = this.#windowOpenHandler(strict('HandlerDetails', { url }))
    if (action !== 'deny') say(`The stand-in for Electron opens no windows for a page: ${url} was denied.`)
  }

  /** @param {string} url */
  #mayNavigate(url) {
    const facts = { url, isMainFrame: true, isSameDocument: false }
    return ['will-frame-navigate', 'will-navigate'].every((name) => {
      const event = preventable(facts)
      this.emit(name, event)
      return !event.defaultPrevented
    })
  }

  #onPageEvent(/** @type {string} */ name, /** @type {string | undefined} */ url) {
    if (name === 'navigated') this.#url = url ?? ''
    if (name === 'dom-ready') this.emit('dom-ready', preventable())
    if (name === 'loaded') {
      this.#crashed = false
      this.emit('did-finish-load', preventable())
      this.window.onLoaded()
    }
    if (name === 'crashed') {
      this.#crashed = true
      this.emit('render-process-gone', preventable(), { reason: 'crashed', exitCode: 5 })
    }
  }
}
