import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { app, host } from './app.mjs'
import { strict } from './strict.mjs'

/** @param {string} text */
const say = (text) => process.stderr.write(`${text}\n`)

/** Native dialogs cannot be shown: each does what harms nobody, and says it. */
export const dialog = strict('dialog', {
  /** @param {unknown} _window @param {{ defaultPath?: string }} options */
  async showSaveDialog(_window, { defaultPath = 'export' }) {
    const folder = app.getPath('downloads')
    await mkdir(folder, { recursive: true })
    const filePath = unused(join(folder, basename(defaultPath)))
    say(`No dialog can be shown here: saving to ${filePath}`)
    return { canceled: false, filePath }
  },
  /** @param {unknown} _window @param {{ message: string, buttons?: string[], cancelId?: number, type?: string }} options */
  async showMessageBox(_window, { message, buttons = ['OK'], cancelId = 0 }) {
    say(`No dialog can be shown here. ${message} Answered: ${buttons[cancelId]}`)
    return { response: cancelId, checkboxChecked: false }
  },
  /** @param {string} title @param {string} content */
  showErrorBox: (title, content) => say(`${title}: ${content}`),
})

/** The file, or the same name with a number where it is taken. @param {string} file */
function unused(file) {
  const extension = extname(file)
  const stem = join(dirname(file), basename(file, extension))
  let candidate = file
  for (let n = 2; existsSync(candidate); n += 1) candidate = `${stem} (${n})${extension}`
  return candidate
}

export const shell = strict('shell', {
  /** @param {string} file */
  showItemInFolder(file) {
    say(`The file is ${file}`)
    if (host.isHeadless) return
    const [program, ...args] =
      process.platform === 'darwin' ? ['open', '-R', file] : process.platform === 'win32' ? ['explorer', `/select,${file}`] : ['xdg-open', dirname(file)]
    spawn(/** @type {string} */ (program), args, { stdio: 'ignore', detached: true }).on('error', () => {}).unref()
  },
})

const forced = process.env['SLUICE_STAND_IN_DARK']
/** Without a forced theme Chromium follows the system by itself, and main takes it for light. */
export const isThemeForced = forced !== undefined
export const nativeTheme = strict('nativeTheme', Object.assign(new EventEmitter(), { themeSource: 'system', shouldUseDarkColors: forced === '1' }))

/** Chromium's window has no menu of ours; the roles are Electron's own affair. */
export const Menu = strict('Menu', {
  buildFromTemplate: (/** @type {object[]} */ template) => ({ items: template }),
  setApplicationMenu() {},
})

export const safeStorage = strict('safeStorage', { isEncryptionAvailable: () => false })
