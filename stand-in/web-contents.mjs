import { EventEmitter } from 'node:events'
import { invoke, receive } from './ipc-main.mjs'
import { Page } from './page.mjs'
import { lent, originOf, own } from './schemes.mjs'
import { permissions } from './session.mjs'
import { preventable, strict } from './strict.mjs'

let lastId = 0

/** What Electron calls a window's web contents: the page, its navigation, and its end of the messages. */
export class WebContents extends EventEmitter {
  id = ++lastId
  #url = ''
  #crashed = false
  /** @type {(details: { url: string }) => { action: string }} */
  #windowOpenHandler = () => ({ action: 'deny' })

  /**
   * @param {import('./cdp.mjs').Browser} browser
   * @param {Promise<string>} targetId
   * @param {{ preload?: string, session: object, isDestroyed(): boolean, onLoaded(): void }} window
   */
  constructor(browser, targetId, window) {
    super()
    this.window = window
    this.session = window.session
    const contents = this
    this.mainFrame = strict('WebFrameMain', {
      get url() {
        return own(contents.#url)
      },
      get origin() {
        return originOf(contents.#url)
      },
    })
    this.opened = targetId.then((id) => this.#open(browser, id))
    this.opened.catch(() => {})
  }

  async #open(/** @type {import('./cdp.mjs').Browser} */ browser, /** @type {string} */ targetId) {
    const page = new Page(browser, targetId, {
      onMessage: (message) => void this.#receive(message),
      mayNavigate: (url) => this.#mayNavigate(own(url)),
      onEvent: (name, url) => this.#onPageEvent(name, url),
    })
    this.page = page
    await page.open(this.window.preload)
    // window.open() is gone from the page (see page-worlds.mjs); what a link opens is closed before it has loaded.
    browser.root.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId !== targetId) return
      if (this.#windowOpenHandler({ url: own(targetInfo.url) }).action !== 'deny') {
        process.stderr.write('The stand-in for Electron cannot open windows for a page: denied.\n')
      }
      browser.root.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => {})
    })
    return page
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
    await permissions.applyPermissions(url)
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

  async #receive(/** @type {any} */ { kind, id, channel, payload }) {
    const event = preventable({ sender: this.proxy ?? this, senderFrame: this.mainFrame })
    if (kind === 'send') return receive(channel, event, Page.decode(payload))
    try {
      this.page?.reply(id, await invoke(channel, event, Page.decode(payload)))
    } catch (error) {
      this.page?.replyError(id, error)
    }
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
