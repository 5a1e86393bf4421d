import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { LogLine } from '../shared/frames'

/** A log file is closed, and the next one begun, before it grows beyond this. */
const MAX_LOG_BYTES = 5 * 1024 * 1024
/** Files that are kept: `sluice.log`, then `sluice.1.log` and so on, the oldest last. */
const KEPT_LOGS = 5

export interface LogFileLimits {
  readonly maxBytes?: number
  readonly kept?: number
}

/**
 * Writes log lines to `sluice.log` in the folder `logs` of `userData`, one a line, so that all of them together never take
 * more than about 25 MB. Never throws: a disk that is full or closed must not stop the work, and the log is no ledger.
 */
export function logFile(userData: string, { maxBytes = MAX_LOG_BYTES, kept = KEPT_LOGS }: LogFileLimits = {}) {
  const folder = join(userData, 'logs')
  const named = (age: number) => join(folder, age === 0 ? 'sluice.log' : `sluice.${age}.log`)
  return ({ atMs, level, text }: Pick<LogLine, 'atMs' | 'level' | 'text'>): void => {
    const line = `${new Date(atMs).toISOString()} ${level} ${text.replace(/\p{Cc}+/gu, ' ')}\n`
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      // Asked each time: other processes of this user write to the same file.
      const bytes = statSync(named(0), { throwIfNoEntry: false })?.size ?? 0
      if (bytes > 0 && bytes + Buffer.byteLength(line) > maxBytes) rotate(named, kept)
      appendFileSync(named(0), line, { mode: 0o600 })
    } catch {
      // The window and the terminal say the same.
    }
  }
}

function rotate(named: (age: number) => string, kept: number): void {
  for (let age = kept - 1; age > 0; age -= 1) {
    if (statSync(named(age - 1), { throwIfNoEntry: false })) renameSync(named(age - 1), named(age))
  }
}
