import { spawn } from 'node:child_process'
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

/** Chromium's window has no menu of ours; the roles are Electron's own affair. */
export const Menu = strict('Menu', {
  buildFromTemplate: (/** @type {object[]} */ template) => ({ items: template }),
  setApplicationMenu() {},
})

export const safeStorage = strict('safeStorage', keychain(process.env['SLUICE_STAND_IN_KEYCHAIN']))
