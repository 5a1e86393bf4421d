import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { dirname } from 'node:path'
import { isHeadless } from './host.mjs'
import { keychain } from './keychain.mjs'
import { strict } from './strict.mjs'

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

export const shell = strict('shell', {
  /** @param {string} file */
  showItemInFolder(file) {
    say(`The file is ${file}`)
    if (process.platform === 'darwin') run('open', '-R', file)
    else if (process.platform === 'win32') run('explorer', `/select,${file}`)
    else run('xdg-open', dirname(file))
  },
  /** @param {string} url */
  async openExternal(url) {
    say(`The address is ${url}`)
    const openers = { darwin: 'open', win32: 'explorer' }
    run(Reflect.get(openers, process.platform) ?? 'xdg-open', url)
  },
})

/** Where there is no display, the line that was said has to do. @param {string} program @param {...string} args */
function run(program, ...args) {
  if (isHeadless) return
  spawn(program, args, { stdio: 'ignore', detached: true }).on('error', () => {}).unref()
}

/** No desktop to show it on is promised: it is said, and nobody can click on it. */
export class Notification extends EventEmitter {
  static isSupported() {
    return true
  }

  /** @param {{ title: string, body: string }} options */
  constructor({ title, body }) {
    super()
    this.words = `${title}: ${body}`
  }

  show() {
    say(`Notification: ${this.words}`)
  }
}

/** Chromium places its windows itself and tells nobody where: one screen, large enough for any of them. */
export const screen = strict('screen', {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 7680, height: 4320 } }],
})

export const safeStorage = strict('safeStorage', keychain(process.env['SLUICE_STAND_IN_KEYCHAIN']))
