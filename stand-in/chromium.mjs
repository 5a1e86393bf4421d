import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Connection } from './cdp.mjs'

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

/**
 * A Chromium process of our own with a profile of its own, which is removed after it. It is driven over a pipe: no port is
 * open unless a test driver asks for one. Emits 'closed', with the reason, once it has ended.
 */
export class Chromium extends EventEmitter {
  #isClosed = false
  #errors = ''
  #profile = mkdtempSync(join(tmpdir(), 'sluice-chromium-'))

  /** @param {{ program: string, headless: boolean, debuggingPort: boolean, title: string }} options */
  constructor({ program, headless, debuggingPort, title }) {
    super()
    const args = [
      ...FLAGS,
      `--user-data-dir=${this.#profile}`,
      '--window-size=1440,900',
      // Chromium does not sandbox what runs as root; the start script says so, instead of a bar across the window.
      ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
      ...(debuggingPort ? ['--remote-debugging-port=0'] : []),
      ...(headless ? ['--headless', '--disable-gpu', 'about:blank'] : [`--app=data:text/html,<title>${encodeURIComponent(title)}</title>`]),
    ]
    // The app's keys and passwords may stand in its environment; its pages have no use for them.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SLUICE_')))
    this.process = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], env })
    const [, , , toBrowser, fromBrowser] = this.process.stdio
    this.connection = new Connection(
      // The fourth and fifth channel are the pipe's two directions.
      /** @type {import('node:stream').Writable} */ (toBrowser),
      /** @type {import('node:stream').Readable} */ (fromBrowser),
    )
    this.root = this.connection.root
    /** @type {Promise<string>} the address that a test driver can connect to */
    this.debuggerUrl = new Promise((resolve) => {
      this.process.stderr?.on('data', (chunk) => {
        this.#errors = (this.#errors + chunk).slice(-4000)
        const url = /DevTools listening on (ws:\S+)/.exec(this.#errors)?.[1]
        if (url) resolve(url)
      })
    })
    /** @type {Promise<string>} the target of the page that Chromium opens by itself */
    this.firstPage = new Promise((resolve) =>
      this.root.on('Target.targetCreated', ({ targetInfo: { type, targetId } }) => type === 'page' && resolve(targetId)),
    )
    this.process.once('error', (error) => this.#end(`Chromium (${program}) did not start: ${error.message}`))
    this.process.once('exit', (code, signal) => this.#end(`Chromium ended with ${signal ?? `exit code ${code}`}${this.#lastError()}`))
  }

  async close() {
    if (this.#isClosed) return
    const closed = new Promise((resolve) => this.once('closed', resolve))
    this.root.send('Browser.close').catch(() => {})
    const timer = setTimeout(() => this.process.kill('SIGKILL'), CLOSE_LIMIT_MS)
    await closed
    clearTimeout(timer)
  }

  #lastError() {
    const line = this.#errors.trim().split('\n').at(-1)
    return line ? `: ${line}` : ''
  }

  #end(/** @type {string} */ reason) {
    this.#isClosed = true
    this.connection.end(reason)
    try {
      rmSync(this.#profile, { recursive: true, force: true, maxRetries: 3 })
    } catch {
      // A child of Chromium that writes a moment longer: what is left in the temporary folder harms nobody.
    }
    this.emit('closed', reason)
  }
}
