import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { app } from './app.mjs'
import { strict } from './strict.mjs'
import { say } from './system.mjs'

/** Native dialogs cannot be shown: each does what harms nobody, and says it. As in Electron, the window may be left out. */
export const dialog = strict('dialog', {
  /** @param {[...unknown[], { defaultPath?: string }]} args */
  async showSaveDialog(...args) {
    const { defaultPath = 'export' } = optionsOf(args)
    const folder = app.getPath('downloads')
    await mkdir(folder, { recursive: true })
    const filePath = unused(join(folder, basename(defaultPath)))
    say(`No dialog can be shown here: saving to ${filePath}`)
    return { canceled: false, filePath }
  },
  /** Nobody can choose a file here, but for a test. */
  async showOpenDialog() {
    const file = process.env['SLUICE_STAND_IN_FILE']
    say(file ? `No dialog can be shown here: opening ${file}` : 'No dialog can be shown here: drop the file on the window instead')
    return file ? { canceled: false, filePaths: [file] } : { canceled: true, filePaths: [] }
  },
  /** @param {[...unknown[], { message: string, buttons?: string[], cancelId?: number }]} args */
  async showMessageBox(...args) {
    const { message, buttons = ['OK'], cancelId = 0 } = optionsOf(args)
    say(`No dialog can be shown here. ${message} Answered: ${buttons[cancelId]}`)
    return { response: cancelId, checkboxChecked: false }
  },
  /** @param {string} title @param {string} content */
  showErrorBox: (title, content) => say(`${title}: ${content}`),
})

/**
 * @template T
 * @param {[...unknown[], T]} args
 */
function optionsOf(args) {
  return /** @type {T} */ (args.at(-1))
}

/** The file, or the same name with a number where it is taken. @param {string} file */
function unused(file) {
  const extension = extname(file)
  const stem = join(dirname(file), basename(file, extension))
  let candidate = file
  for (let n = 2; existsSync(candidate); n += 1) candidate = `${stem} (${n})${extension}`
  return candidate
}
