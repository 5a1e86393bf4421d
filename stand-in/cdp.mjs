import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FLAGS = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-extensions',
  '--disable-default-apps',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-features=Translate,MediaRouter,OptimizationHints',
  // The charts go on also while another window covers ours.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
]
const CLOSE_LIMIT_MS = 3000

/** One DevTools target, or the browser itself: commands go out, events come in. */
class Session extends EventEmitter {
  /** @param {Browser} browser @param {string} [id] */
  constructor(browser, id) {
    super()
    this.setMaxListeners(0)
    this.browser = browser
    this.id = id
  }

  /** @param {string} method @param {object} [params] @returns {Promise<any>} */
  send(method, params = {}) {
    return this.browser.command(method, params, this.id)
  }
}

/** A Chromium of our own, driven over a pipe: no port is open unless a test asks for one. */
export class Browser extends EventEmitter {
  #last = 0
  #buffer = ''
  /** @type {Map<number, { resolve(value: any): void, reject(error: Error): void }>} */
  #waiting = new Map()
  /** @type {Map<string, Session>} */
  #sessions = new Map()

  /**
   * @param {{ program: string, headless: boolean, debuggingPort: boolean, title: string, width: number, height: number, switches: readonly string[] }} options
   */
  constructor({ program, headless, debuggingPort, title, width, height, switches }) {
    super()
    this.setMaxListeners(0)
    const profile = mkdtempSync(join(tmpdir(), 'sluice-chromium-'))
    this.process = spawn(
      program,
      [
        ...FLAGS,
        ...switches,
        `--user-data-dir=${profile}`,
        `--window-size=${width},${height}`,
        // Chromium does not sandbox what runs as root; the start script says so, instead of a bar across the window.
        ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
        ...(debuggingPort ? ['--remote-debugging-port=0'] : []),
        ...(headless ? ['--headless', '--disable-gpu', 'about:blank'] : [`--app=data:text/html,<title>${encodeURIComponent(title)}</title>`]),
      ],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
    )
    this.root = new Session(this)
    let errors = ''
    /** @type {Promise<string>} the address that a test driver can connect to */
    this.debuggerUrl = new Promise((resolve) => {
      this.process.stderr?.on('data', (chunk) => {
        errors = (errors + chunk).slice(-4000)
        const url = /DevTools listening on (ws:\S+)/.exec(errors)?.[1]
        if (url) resolve(url)
      })
    })
    // The fourth and fifth channel are the pipe's two directions.
    this.out = /** @type {import('node:stream').Writable} */ (this.process.stdio[3])
    this.out.on('error', () => {})
    this.process.stdio[4]?.on('data', (chunk) => this.#read(String(chunk)))
    this.process.once('error', (error) => this.#end(`Chromium (${program}) did not start: ${error.message}`))
    this.process.once('exit', (code) => {
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
      this.#end(`Chromium ended with exit code ${code}: ${errors.trim().split('\n').at(-1) ?? ''}`)
    })
  }

  /** @param {string} targetId */
  async attach(targetId) {
    const { sessionId } = await this.root.send('Target.attachToTarget', { targetId, flatten: true })
    const session = new Session(this, sessionId)
    this.#sessions.set(sessionId, session)
    return session
  }

  /** @param {string} method @param {object} params @param {string} [sessionId] @returns {Promise<any>} */
  command(method, params, sessionId) {
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) })
      this.out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    })
  }

  async close() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const gone = new Promise((resolve) => this.process.once('exit', resolve))
    this.root.send('Browser.close').catch(() => {})
    const timer = setTimeout(() => this.process.kill('SIGKILL'), CLOSE_LIMIT_MS)
    await gone
    clearTimeout(timer)
  }

  /** @param {string} chunk */
  #read(chunk) {
    const messages = (this.#buffer + chunk).split('\0')
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

  /** @param {string} reason */
  #end(reason) {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason))
    this.#waiting.clear()
    this.emit('closed', reason)
  }
}
