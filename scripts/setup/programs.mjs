import { existsSync, readFileSync } from 'node:fs'
import { findProgram } from '../../src/main/redis/server-program.mjs'
import { giveUp, runQuietly, say } from './run.mjs'

/**
 * The first of these programs on the PATH.
 * @param {...string} names
 * @returns {string | null}
 */
export function onPath(...names) {
  return findProgram(names, process.env['PATH'] ?? '', process.platform)
}

/** Whether a system package may be installed without asking: as root, on Debian or one of its kin. */
function mayInstall() {
  if (process.getuid?.() !== 0 || onPath('apt-get') === null || !existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/**
 * Installs a system package where that may be done, and says so; else ends with the words given.
 * @param {string} aptPackage
 * @param {string} otherwise
 */
export async function installOrGiveUp(aptPackage, otherwise) {
  if (!mayInstall()) giveUp(otherwise)
  say(`Installing ${aptPackage} with apt-get …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await runQuietly('apt-get', ['update'], { env })
  const { ok, output } = await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', aptPackage], { env })
  if (!ok) giveUp(`apt-get install ${aptPackage} failed:\n${output}\n${otherwise}`)
}

/**
 * The one command that installs something on this system.
 * @param {{ brew: string, apt: string, winget: string, other: string }} commands
 */
export function commandForThisSystem({ brew, apt, winget, other }) {
  if (process.platform === 'darwin') return brew
  if (process.platform === 'win32') return winget
  return onPath('apt-get') ? apt : other
}
