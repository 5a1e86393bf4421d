import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { makeCodec } from './codec.mjs'
import { mainWorld, preloadWorld } from './page-worlds.mjs'
import { handlerFor, LENT_ORIGINS, own } from './schemes.mjs'

const PRELOAD_WORLD = 'preload'
const codec = makeCodec()

/**
 * A page in Chromium with a preload in a world of its own: navigation, requests and messages, over DevTools.
 * @typedef {{
 *   onMessage(message: any): void,
 *   onWindowOpen(url: string): void,
 *   mayNavigate(url: string): boolean,
 *   onEvent(name: 'dom-ready' | 'loaded' | 'navigated' | 'crashed', url?: string): void,
 * }} PageOwner
 */
export class Page {
  /** @type {string | undefined} */
  #world
  /** @type {object[]} */
  #outbox = []
  #expected = ''

  /**
   * @param {import('./cdp.mjs').Connection} connection
   * @param {string} targetId
   * @param {PageOwner} owner
   * @param {string | undefined} preloadFile
   */
  static async open(connection, targetId, owner, preloadFile) {
    const page = new Page(await connection.attach(targetId), targetId, owner)
    await page.#prepare(preloadFile)
    return page
  }

  /** @param {import('./cdp.mjs').Session} session @param {string} targetId @param {PageOwner} owner */
  constructor(session, targetId, owner) {
    this.session = session
    this.targetId = targetId
    this.owner = owner
  }

  /** @param {string | undefined} preloadFile */
  async #prepare(preloadFile) {
    const { session } = this
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === PRELOAD_WORLD && context.auxData.frameId === this.targetId) this.#world = context.uniqueId
    })
    session.on('Runtime.executionContextsCleared', () => (this.#world = undefined))
    session.on('Runtime.bindingCalled', ({ payload }) => this.owner.onMessage(JSON.parse(payload)))
    session.on('Page.domContentEventFired', () => this.owner.onEvent('dom-ready'))
    session.on('Page.loadEventFired', () => this.owner.onEvent('loaded'))
    session.on('Page.frameNavigated', ({ frame }) => frame.parentId ?? this.owner.onEvent('navigated', frame.url))
    session.on('Page.windowOpen', ({ url }) => this.owner.onWindowOpen(url))
    session.on('Inspector.targetCrashed', () => this.owner.onEvent('crashed'))
    session.on('Fetch.requestPaused', (event) => void this.#answer(event).catch(() => {}))
    const secret = randomUUID()
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Fetch.enable', { patterns: [{ urlPattern: LENT_ORIGINS }, { urlPattern: '*', resourceType: 'Document' }] }),
      session.send('Runtime.addBinding', { name: 'standInSend', executionContextName: PRELOAD_WORLD }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${mainWorld})(${JSON.stringify(secret)})` }),
    ])
    if (preloadFile === undefined) return
    const script = `function (exports, require, module) {\n${readFileSync(preloadFile, 'utf8')}\n}`
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: PRELOAD_WORLD,
      source: `(${preloadWorld})(${JSON.stringify(secret)}, (${makeCodec})(), ${script})`,
    })
  }

  /** @param {string} url a lent one; resolves when it has been committed, rejects when it cannot be loaded */
  async navigate(url) {
    this.#expected = new URL(url).href
    const { errorText } = await this.session.send('Page.navigate', { url: this.#expected })
    if (errorText) throw new Error(errorText)
  }

  /** @param {string} channel @param {unknown[]} args */
  push(channel, args) {
    this.#post({ kind: 'push', channel, payload: codec.encode(args) })
  }

  /** @param {number} id @param {unknown} value */
  reply(id, value) {
    this.#post({ kind: 'reply', id, payload: codec.encode(value) })
  }

  /** @param {number} id @param {unknown} error */
  replyError(id, error) {
    this.#post({ kind: 'reply', id, error: String(error) })
  }

  /** @param {string} payload @returns {unknown[]} */
  static decode(payload) {
    return /** @type {unknown[]} */ (codec.decode(payload))
  }

  /** All messages of one turn travel together, in order. A page without a preload world has nobody to hear them. */
  #post(/** @type {object} */ message) {
    if (this.#outbox.push(message) > 1) return
    setImmediate(() => {
      const messages = this.#outbox
      this.#outbox = []
      if (this.#world === undefined) return
      const expression = `standInReceive(${JSON.stringify(JSON.stringify(messages))})`
      this.session.send('Runtime.evaluate', { expression, uniqueContextId: this.#world, silent: true }).catch(() => {})
    })
  }

  /** A request that Chromium has paused for us: a navigation to judge, or a URL of ours to answer. */
  async #answer(/** @type {any} */ { requestId, request, resourceType, frameId }) {
    const { session } = this
    const isNavigation = resourceType === 'Document' && request.url !== this.#expected
    if (isNavigation && !(frameId === this.targetId && this.owner.mayNavigate(request.url))) {
      return session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    }
    const handler = handlerFor(request.url)
    if (!handler) return session.send('Fetch.continueRequest', { requestId })
    try {
      const { status, headers, body } = await answered(handler, request)
      const responseHeaders = [...headers].map(([name, value]) => ({ name, value }))
      return await session.send('Fetch.fulfillRequest', { requestId, responseCode: status, responseHeaders, body })
    } catch {
      return session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' })
    }
  }
}

/** @param {(request: Request) => Response | Promise<Response>} handler @param {any} request */
async function answered(handler, request) {
  const response = await handler(new Request(own(request.url), { method: request.method, headers: request.headers }))
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()).toString('base64') }
}
