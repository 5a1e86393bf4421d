/**
 * Finding programs, and the server program of Redis, for the app and for the scripts, which run before anything is installed
 * or built: plain JavaScript without dependencies, so that there is one of it.
 */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const REDIS_SERVERS = ['redis-server', 'valkey-server']
const ON_WINDOWS = ['memurai', ...REDIS_SERVERS]
const LOCAL_URL = 'SLUICE_REDIS_URL=redis://127.0.0.1:6379'

/**
 * The first of these programs that is in a folder of the PATH; on Windows with `.exe`.
 * @param {readonly string[]} names
 * @param {string} pathVariable
 * @param {NodeJS.Platform} platform
 * @returns {string | null}
 */
export function findProgram(names, pathVariable, platform) {
  for (const name of names) {
    for (const folder of pathVariable.split(delimiter)) {
      const file = join(folder, platform === 'win32' ? `${name}.exe` : name)
      if (folder && isExecutable(file)) return file
    }
  }
  return null
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The program that a private Redis is run with, Redis before Valkey. None on Windows: a private Redis listens on a Unix
 * socket, which Node has no way to connect to there.
 * @param {string} pathVariable
 * @param {NodeJS.Platform} platform
 */
export function findRedisServer(pathVariable, platform) {
  return platform === 'win32' ? null : findProgram(REDIS_SERVERS, pathVariable, platform)
}

/**
 * What a person has to do to have a Redis here, in one line without a full stop.
 * @param {string} pathVariable
 * @param {NodeJS.Platform} platform
 */
export function howToHaveRedis(pathVariable, platform) {
  const has = (/** @type {string} */ program) => findProgram([program], pathVariable, platform) !== null
  if (platform === 'win32') {
    const installed = findProgram(ON_WINDOWS, pathVariable, platform)
    if (installed !== null) return `Start ${installed} and set ${LOCAL_URL}: on Windows Sluice cannot run one of its own`
    return `Install Memurai (winget install Memurai.MemuraiDeveloper) and set ${LOCAL_URL}`
  }
  if (platform === 'darwin') return 'Install it: brew install redis'
  if (has('apt-get')) return 'Install it: sudo apt-get install redis-server'
  if (has('dnf')) return 'Install it: sudo dnf install redis'
  if (has('pacman')) return 'Install it: sudo pacman -S valkey'
  if (has('docker')) return `Run one: docker run -d -p 6379:6379 redis:7 --appendonly yes, with ${LOCAL_URL}`
  return 'Install Redis 6.2 or newer'
}
