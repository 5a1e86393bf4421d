import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { RedisConnection } from '../../../src/main/redis/connection'
import { CLIENT_NAME_PREFIX, PrivateRedis } from '../../../src/main/redis/private-redis'
import { findRedisServer } from '../../../src/main/redis/server-program.mjs'
import { bundle } from '../../support/bundle'

async function folder(name = ''): Promise<string> {
  const base = await mkdtemp(join(tmpdir(), 'sluice-private-'))
  onTestFinished(() => rm(base, { recursive: true, force: true }))
  return join(base, name)
}

function clientOf(server: PrivateRedis, name = `${CLIENT_NAME_PREFIX}test`): Redis {
  const redis = new Redis({ path: server.url.slice('unix://'.length), connectionName: name, maxRetriesPerRequest: null })
  redis.on('error', () => {})
  onTestFinished(() => redis.disconnect())
  return redis
}

const pidOf = async (redis: Redis) => Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1])

/** Another Sluice process that has started the private Redis of this folder. Answers it, and the server's process id. */
async function startedElsewhere(data: string) {
  const built = await folder()
  await bundle({ 'private-redis': 'src/main/redis/private-redis.ts' }, built)
  const script = `
    const { PrivateRedis } = await import(${JSON.stringify(join(built, 'private-redis.mjs'))})
    const server = await PrivateRedis.start(${JSON.stringify(data)})
    console.log(server.url)
  `
  const app = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = (await once(app.stdout, 'data')) as [Buffer] // the one line that it prints
  const redis = new Redis({ path: url.toString().trim().slice('unix://'.length) })
  const pid = await pidOf(redis)
  redis.disconnect()
  return { app, pid }
}

describe('a private Redis', () => {
  it('keeps its data from one start to the next', async () => {
    const data = await folder()
    const first = await PrivateRedis.start(data)
    const before = clientOf(first)
    await before.set('key', 'value')
    before.disconnect()
    await first.leave()
    const second = await PrivateRedis.start(data)
    onTestFinished(() => second.leave())
    expect(await clientOf(second).get('key')).toBe('value')
  })

  it.skipIf(process.platform === 'win32')('can be reached by its own user alone', async () => {
    const data = await folder('data')
    const server = await PrivateRedis.start(data)
    onTestFinished(() => server.leave())
    const modeOf = async (path: string) => (await stat(path)).mode & 0o077
    expect(await modeOf(server.url.slice('unix://'.length))).toBe(0)
    expect(await modeOf(data)).toBe(0)
  })

  it('throws nothing away, writes everything down, and listens on no port', async () => {
    const server = await PrivateRedis.start(await folder())
    onTestFinished(() => server.leave())
    const { facts } = await RedisConnection.open(server.url, 'test').then((connection) => (connection.close(), connection))
    expect(facts.warnings).toEqual([])
    const settings = await clientOf(server).config('GET', '*')
    const setting = (name: string) => (settings as string[])[(settings as string[]).indexOf(name) + 1] // CONFIG GET answers names and values in turn
    expect(['maxmemory-policy', 'appendonly', 'appendfsync', 'port', 'unixsocketperm'].map(setting)).toEqual(['noeviction', 'yes', 'everysec', '0', '700'])
  })

  it('is shared by those who start it on the same folder, and stopped by the last to leave', async () => {
    const data = await folder()
    const [one, two] = await Promise.all([PrivateRedis.start(data), PrivateRedis.start(data)])
    expect(one.url).toBe(two.url)
    const [first, second] = [clientOf(one), clientOf(two)]
    expect(await pidOf(first)).toBe(await pidOf(second))
    first.disconnect()
    await one.leave()
    expect(await second.ping()).toBe('PONG')
    second.disconnect()
    await two.leave()
    await expect(RedisConnection.open(two.url, 'test')).rejects.toThrow('nothing listens there')
  })

  it('is started again when it dies, with what it had', async () => {
    const server = await PrivateRedis.start(await folder())
    onTestFinished(() => server.leave())
    const redis = clientOf(server)
    await redis.set('key', 'value')
    const pid = await pidOf(redis)
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 10_000 })
    expect(await redis.get('key')).toBe('value')
  })

  it('outlives an app that is killed, and the next start adopts it: it serves, restarts and stops it', async () => {
    const data = await folder()
    const { app, pid } = await startedElsewhere(data)
    app.kill('SIGKILL')
    await once(app, 'exit')
    const server = await PrivateRedis.start(data)
    const redis = clientOf(server)
    expect(await pidOf(redis)).toBe(pid)
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await pidOf(redis)).not.toBe(pid), { timeout: 10_000 })
    redis.disconnect()
    await server.leave()
    await expect(RedisConnection.open(server.url, 'test')).rejects.toThrow('nothing listens there')
  })

  it('that dies is started again by those who joined it, while the app that started it does nothing', async () => {
    const data = await folder()
    const { app, pid } = await startedElsewhere(data)
    onTestFinished(() => void app.kill('SIGKILL'))
    const server = await PrivateRedis.start(data)
    onTestFinished(() => server.leave())
    app.kill('SIGSTOP')
    const redis = clientOf(server)
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await pidOf(redis)).not.toBe(pid), { timeout: 10_000 })
  })

  it('is not stopped by one who leaves while another joins', async () => {
    const data = await folder()
    let last = await PrivateRedis.start(data)
    for (let turn = 0; turn < 10; turn += 1) {
      const [, next] = await Promise.all([last.leave(), PrivateRedis.start(data)])
      expect(await clientOf(next, 'test').ping()).toBe('PONG')
      last = next
    }
    await last.leave()
  })

  it('that still loads its data is waited for: a second server beside it would spoil the data', async () => {
    const data = await folder()
    const before = await PrivateRedis.start(data)
    const writer = clientOf(before)
    await Promise.all(Array.from({ length: 20_000 }, (_, i) => writer.set(`key${i}`, 'x'.repeat(100))))
    writer.disconnect()
    await before.leave()
    // It answers LOADING each 1024 commands.
    const slowly = ['--key-load-delay', '20']
    const where = ['--port', '0', '--unixsocket', join(data, 'redis.sock'), '--dir', data, '--appendonly', 'yes']
    const left = spawn(findRedisServer(process.env['PATH'] ?? '', process.platform) ?? '', [...where, ...slowly], { stdio: 'ignore' })
    await vi.waitFor(() => expect(existsSync(join(data, 'redis.sock'))).toBe(true), { timeout: 10_000 })
    const server = await PrivateRedis.start(data)
    onTestFinished(() => server.leave())
    expect(await pidOf(clientOf(server))).toBe(left.pid)
  })

  it('lives in a folder whose path is too long for a socket', async () => {
    const data = await folder('x'.repeat(120))
    await mkdir(data, { recursive: true })
    const server = await PrivateRedis.start(data)
    onTestFinished(() => server.leave())
    expect(await clientOf(server).ping()).toBe('PONG')
  })

  it('that was being started by a process which died is started all the same', async () => {
    const data = await folder('redis')
    await mkdir(data)
    await writeFile(join(data, 'start.lock'), '999999999')
    const server = await PrivateRedis.start(data)
    onTestFinished(() => server.leave())
    expect(await clientOf(server).ping()).toBe('PONG')
  })

  it('that was being started by a process which died before it could sign its lock is started all the same', async () => {
    const data = await folder('redis')
    await mkdir(data)
    const lock = join(data, 'start.lock')
    await writeFile(lock, '')
    await utimes(lock, 0, 0)
    const server = await PrivateRedis.start(data)
    onTestFinished(() => server.leave())
    expect(await clientOf(server).ping()).toBe('PONG')
  })

  it('that does not start says why, with the end of its log', async () => {
    const data = await folder('redis')
    const programs = await folder('bin')
    await mkdir(programs)
    const program = join(programs, 'redis-server')
    await writeFile(program, '#!/bin/sh\nexit 3\n')
    await chmod(program, 0o755)
    await expect(PrivateRedis.start(data, { PATH: programs })).rejects.toThrow(/did not start: it ended with exit code 3/)
  })

  it('without a server program says how to have one', async () => {
    await expect(PrivateRedis.start(await folder(), { PATH: '' })).rejects.toThrow(/No redis-server .* is on the PATH.*SLUICE_REDIS_URL/)
  })
})
