/**
 * A lock file, for the app and for the scripts, which run before anything is installed or built: plain JavaScript without
 * dependencies, so that there is one of it.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'

/**
 * A lock that has not been touched for this long is abandoned, whatever is in it: its owner died before it had written its
 * process id, or that id belongs to another process by now.
 */
export const LOCK_LIMIT_MS = 30_000
/** A holder shows that it lives. */
const TOUCH_EVERY_MS = 5000

/**
 * Takes the lock unless another holds it; that of an owner which is gone is taken over. Does not wait. Throws what node:fs
 * throws when the file cannot be written.
 * @param {string} file
 * @returns {(() => void) | null} gives the lock back; null while another holds it
 */
export function takeLock(file) {
  const taken = create(file)
  if (taken !== null || !isAbandoned(file)) return taken
  clearAway(file)
  return create(file)
}

/** @param {string} file */
function create(file) {
  const mark = `${process.pid} ${randomUUID()}`
  try {
    writeFileSync(file, mark, { flag: 'wx' })
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return null
    throw error
  }
  const isOurs = () => textOf(file) === mark
  const timer = setInterval(() => {
    if (isOurs()) touch(file)
  }, TOUCH_EVERY_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
    // Taken over by another after a sleep of this computer, it is no longer ours to remove.
    if (isOurs()) rmSync(file, { force: true })
  }
}

/**
 * Of several that find a lock abandoned, one removes it: the second could be removing the lock that the first has just taken.
 * @param {string} file
 */
function clearAway(file) {
  const guard = `${file}.clearing`
  const release = create(guard)
  if (release === null) {
    if (isAbandoned(guard)) rmSync(guard, { force: true })
    return
  }
  try {
    if (isAbandoned(file)) rmSync(file, { force: true })
  } finally {
    release()
  }
}

/** @param {string} file */
function isAbandoned(file) {
  const facts = statSync(file, { throwIfNoEntry: false })
  if (facts === undefined) return false
  // A clock that was set back makes an old file one of the future.
  if (Math.abs(Date.now() - facts.mtimeMs) > LOCK_LIMIT_MS) return true
  const owner = Number.parseInt(textOf(file) ?? '', 10)
  return owner > 0 && !isAlive(owner)
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}

/** @param {string} file */
function touch(file) {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch {
    // Removed meanwhile: there is nothing left to hold.
  }
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code
}
