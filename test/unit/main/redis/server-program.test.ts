import { chmodSync, mkdirSync } from 'node:fs'
import { delimiter } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findProgram, findRedisServer, howToHaveRedis } from '../../../../src/main/redis/server-program.mjs'
import { ScratchFolder } from '../../../support/scratch-folder'

const scratch = new ScratchFolder()
afterAll(() => scratch.remove())
let folders = 0

/** A folder with these programs in it. */
function folderOf(...programs: string[]): string {
  const name = `bin${++folders}`
  mkdirSync(scratch.at(name))
  for (const program of programs) chmodSync(scratch.write(`${name}/${program}`, ''), 0o755)
  return scratch.at(name)
}

describe('finding a program', () => {
  it('goes by the order of the names, then of the folders', () => {
    const [first, second] = [folderOf('b'), folderOf('a', 'b')]
    const path = [first, second].join(delimiter)
    expect(findProgram(['a', 'b'], path, 'linux')).toBe(`${second}/a`)
    expect(findProgram(['b'], path, 'linux')).toBe(`${first}/b`)
    expect(findProgram(['c'], path, 'linux')).toBeNull()
  })

  it('looks for .exe on Windows', () => {
    const folder = folderOf('chrome', 'msedge.exe')
    expect(findProgram(['chrome', 'msedge'], folder, 'win32')).toBe(`${folder}/msedge.exe`)
  })
})

describe('a Redis server program', () => {
  it('is Redis, else Valkey', () => {
    const [redis, valkey] = [folderOf('redis-server'), folderOf('valkey-server')]
    expect(findRedisServer([valkey, redis].join(delimiter), 'linux')).toBe(`${redis}/redis-server`)
    expect(findRedisServer(valkey, 'darwin')).toBe(`${valkey}/valkey-server`)
  })

  it('is not run on Windows: the words say what to start and to set', () => {
    const folder = folderOf('redis-server.exe')
    expect(findRedisServer(folder, 'win32')).toBeNull()
    expect(howToHaveRedis(folder, 'win32')).toMatch(/^Start .*redis-server\.exe and set SLUICE_REDIS_URL=/)
  })

  it.each([
    ['darwin', [], 'brew install redis'],
    ['win32', [], 'Memurai'],
    ['linux', ['apt-get'], 'sudo apt-get install redis-server'],
    ['linux', ['dnf'], 'sudo dnf install redis'],
    ['linux', ['docker'], 'docker run'],
    ['linux', [], 'Install Redis 6.2'],
  ] as const)('is had on %s with %j by one command', (platform, programs, command) => {
    expect(howToHaveRedis(folderOf(...programs), platform)).toContain(command)
  })
})
