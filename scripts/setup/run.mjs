import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program to its end, with our terminal as its own, and passes signals on to it, so that nothing lingers.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 + n where a signal ended it
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
    for (const signal of SIGNALS) process.on(signal, pass)
    const settle = (/** @type {() => void} */ end) => {
      for (const signal of SIGNALS) process.off(signal, pass)
      end()
    }
    child.once('error', (error) => settle(() => reject(error)))
    child.once('exit', (code, signal) => settle(() => resolve(code ?? exitCodeOf(signal))))
  })
}

/**
 * Runs a program quietly: what it prints is shown only when it fails. A signal ends it, and then this script: an install that
 * went on alone would meet the next one.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeoutMs?: number }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function runQuietly(program, args, { timeoutMs, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    /** @type {NodeJS.Signals | null} */
    let stoppedBy = null
    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      stoppedBy = signal
      child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, stop)
    const end = (/** @type {boolean} */ ok) => {
      clearTimeout(timer)
      for (const signal of SIGNALS) process.off(signal, stop)
      if (stoppedBy) process.exit(exitCodeOf(stoppedBy))
      resolve({ ok, output })
    }
    child.once('error', (error) => {
      output += error.message
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
}

/** What a shell reports for a program that a signal ended. @param {NodeJS.Signals | null} signal */
function exitCodeOf(signal) {
  return signal === null ? 1 : 128 + constants.signals[signal]
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/**
 * Ends the script with words for a person.
 * @param {string} text
 * @returns {never}
 */
export function giveUp(text) {
  say(text)
  process.exit(1)
}
