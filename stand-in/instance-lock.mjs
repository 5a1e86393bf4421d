import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Resolves when the first instance has been told of this one, or cannot be; this one must not exit before. */
export let told = Promise.resolve()

/**
 * The lock of the first instance on a user-data folder. Answers at once, as Electron does: true for the first; a later one
 * tells the first its arguments and is answered false. The lock of a process that died is taken over.
 * @param {string} folder
 * @param {(argv: string[], workingDirectory: string) => void} onSecond
 */
export function takeInstanceLock(folder, onSecond) {
  const file = join(folder, 'stand-in.lock')
  const address = socketFor(folder)
  if (!claim(file)) {
    const socket = connect(address, () => socket.end(JSON.stringify({ argv: process.argv, directory: process.cwd() })))
    told = new Promise((resolve) => socket.on('error', () => resolve()).on('close', () => resolve()))
    return false
  }
  process.once('exit', () => rmSync(file, { force: true }))
  if (process.platform !== 'win32') rmSync(address, { force: true })
  const server = createServer((socket) => {
    let text = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => (text += chunk))
    socket.on('end', () => {
      if (text === '') return
      const { argv, directory } = JSON.parse(text)
      onSecond(argv, directory)
    })
  })
  server.on('error', () => {})
  server.listen(address).unref()
  return true
}

/** @param {string} file */
function claim(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (isAlive(Number(readFileSync(file, 'utf8')))) return false
    writeFileSync(file, String(process.pid))
    return true
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** @param {string} folder a socket's path may have about a hundred bytes, a folder's more */
function socketFor(folder) {
  const name = `sluice-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}
