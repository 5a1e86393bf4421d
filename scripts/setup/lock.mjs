import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './run.mjs'

const POLL_MS = 200

/**
 * Runs the task while holding a lock file, after whoever holds it now. The lock of a process that died is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function withLock(file, task) {
  mkdirSync(dirname(file), { recursive: true })
  for (let polls = 0; !take(file); polls += 1) {
    if (isAbandoned(file)) clearAway(file)
    else if (polls === 0) say('Another command of Sluice is at the same work: waiting for it …')
    await sleep(POLL_MS)
  }
  try {
    return await task()
  } finally {
    rmSync(file, { force: true })
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Of several that find a lock abandoned, one removes it: the second could be removing the lock that the first has just taken.
 * @param {string} file
 */
function clearAway(file) {
  const guard = `${file}.clearing`
  if (!take(guard)) {
    if (isAbandoned(guard)) rmSync(guard, { force: true })
    return
  }
  try {
    if (isAbandoned(file)) rmSync(file, { force: true })
  } finally {
    rmSync(guard, { force: true })
  }
}

/** @param {string} file */
function isAbandoned(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    if (!pid) return false
    process.kill(pid, 0)
    return false
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH'
  }
}
