import { existsSync, readFileSync } from 'node:fs'
import { inRoot } from './root.mjs'
import { runQuietly, say } from './run.mjs'

const DOWNLOAD_LIMIT_MS = 60_000

/** @returns {string | null} Electron's program, if its binary has been downloaded */
export function findElectron() {
  const pathFile = inRoot('node_modules/electron/path.txt')
  if (!existsSync(pathFile)) return null
  const program = inRoot('node_modules/electron/dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(program) ? program : null
}

/**
 * Electron's program; its binary is downloaded by the package's own installer when it is missing. Null, after a line that
 * says so, where it cannot be had.
 */
export async function ensureElectron() {
  const found = findElectron()
  if (found) return found
  const env = { ...process.env }
  delete env['ELECTRON_SKIP_BINARY_DOWNLOAD']
  const { ok, output } = await runQuietly(process.execPath, [inRoot('node_modules/electron/install.js')], {
    env,
    timeoutMs: DOWNLOAD_LIMIT_MS,
  })
  const installed = ok ? findElectron() : null
  if (!installed) say(`Electron's binary cannot be downloaded here (${lastLine(output)}): using the system's Chromium instead.`)
  return installed
}

/** @param {string} output */
function lastLine(output) {
  const lines = output.split('\n').map((line) => line.trim())
  return lines.find((line) => /error/i.test(line))?.slice(0, 120) ?? 'no network to it'
}
