import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Tells the first instance of the second; a process of its own, because the lock must be answered without waiting. */
const TELL = `
  const [address, text] = process.argv.slice(1)
  const giveUpMs = Date.now() + 1000
  const tell = () => {
    const socket = require('node:net').connect(address, () => socket.end(text, () => process.exit(0)))
    socket.on('error', () => (Date.now() < giveUpMs ? setTimeout(tell, 50) : process.exit(1)))
  }
  tell()`

/**
 * The lock of the first instance on a user-data folder. Answers at once, as Electron does: true for the first; a later one
 * tells the first its arguments and is answered false. The lock of one that died is taken over, also when another program
 * has its process id by now: only who listens holds the lock.
 * @param {string} folder
 * @param {(argv: string[], workingDirectory: string) => void} onSecond
 */
export function takeInstanceLock(folder, onSecond) {
  const file = join(folder, 'stand-in.lock')
  const address = socketFor(folder)
  if (!claim(file)) {
    const text = JSON.stringify({ argv: process.argv, directory: process.cwd() })
    if (spawnSync(process.execPath, ['-e', TELL, address, text], { stdio: 'ignore' }).status === 0) return false
    writeFileSync(file, String(process.pid))
  }
  const removeSocket = () => process.platform !== 'win32' && rmSync(address, { force: true })
  process.once('exit', () => {
    rmSync(file, { force: true })
    removeSocket()
  })
  removeSocket()
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
