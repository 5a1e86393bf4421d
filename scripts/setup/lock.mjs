import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { takeLock } from '../../src/main/redis/file-lock.mjs'
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
  let release = takeLock(file)
  if (release === null) say('Another command of Sluice is at the same work: waiting for it …')
  while (release === null) {
    await sleep(POLL_MS)
    release = takeLock(file)
  }
  try {
    return await task()
  } finally {
    release()
  }
}
