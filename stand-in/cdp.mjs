import { EventEmitter } from 'node:events'

/** One DevTools target, or the browser itself: commands go out, events come in. */
export class Session extends EventEmitter {
  /** @param {Connection} connection @param {string} [id] */
  constructor(connection, id) {
    super()
    this.setMaxListeners(0)
    this.connection = connection
    this.id = id
  }

  /** @param {string} method @param {object} [params] @returns {Promise<any>} */
  send(method, params = {}) {
    return this.connection.command(method, params, this.id)
  }
}

/** The DevTools protocol over a pair of streams: JSON, each message ended by a NUL. */
export class Connection {
  #last = 0
  #buffer = ''
  /** @type {string | null} why no answer can come any more */
  #ended = null
  /** @type {Map<number, { resolve(value: any): void, reject(error: Error): void }>} */
  #waiting = new Map()
  /** @type {Map<string, Session>} */
  #sessions = new Map()

  /** @param {import('node:stream').Writable} toBrowser @param {import('node:stream').Readable} fromBrowser */
  constructor(toBrowser, fromBrowser) {
    this.root = new Session(this)
    this.toBrowser = toBrowser
    toBrowser.on('error', () => {})
    // A character of several bytes may arrive in two pieces.
    fromBrowser.setEncoding('utf8').on('data', (text) => this.#read(text))
  }

  /** @param {string} targetId */
  async attach(targetId) {
    const { sessionId } = await this.root.send('Target.attachToTarget', { targetId, flatten: true })
    return this.session(sessionId)
  }

  /** @param {string} id of a session that Chromium has opened */
  session(id) {
    const session = this.#sessions.get(id) ?? new Session(this, id)
    this.#sessions.set(id, session)
    return session
  }

  /** @param {string} method @param {object} params @param {string} [sessionId] @returns {Promise<any>} */
  command(method, params, sessionId) {
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      const refuse = (/** @type {Error} */ error) => reject(new Error(`${method}: ${error.message}`))
      if (this.#ended !== null) return refuse(new Error(this.#ended))
      this.#waiting.set(id, { resolve, reject: refuse })
      this.toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    })
  }

  /** Rejects what waits for an answer, and what is asked from now on. @param {string} reason */
  end(reason) {
    this.#ended ??= reason
    for (const { reject } of this.#waiting.values()) reject(new Error(reason))
    this.#waiting.clear()
  }

  /** @param {string} text */
  #read(text) {
    const messages = (this.#buffer + text).split('\0')
    this.#buffer = messages.pop() ?? ''
    for (const message of messages) this.#dispatch(JSON.parse(message))
  }

  /** @param {any} message */
  #dispatch(message) {
    if (message.id === undefined) {
      const session = message.sessionId ? this.#sessions.get(message.sessionId) : this.root
      session?.emit(message.method, message.params)
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.error) waiting?.reject(new Error(message.error.message))
    else waiting?.resolve(message.result)
  }
}
