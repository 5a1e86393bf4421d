import { chmod, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { RedisConnection } from '../../../src/main/redis/connection'
import { findRedisServer } from '../../../src/main/redis/find-server'
import { CLIENT_NAME_PREFIX, PrivateRedis } from '../../../src/main/redis/private-redis'

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

  it('is shared by those who start it on the same folder, and stopped by the last to leave', async () => {
    const data = await folder()
    const [one, two] = await Promise.all([PrivateRedis.start(data), PrivateRedis.start(data)])
    expect(one.url).toBe(two.url)
    const [first, second] = [clientOf(one), clientOf(two)]
    const pid = async (redis: Redis) => /process_id:(\d+)/.exec(await redis.info('server'))?.[1]
    expect(await pid(first)).toBe(await pid(second))
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
    const pid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1])
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow())
    expect(await redis.get('key')).toBe('value')
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
})

describe('finding the server program', () => {
  it('names the one command for the system where there is none', () => {
    expect(() => findRedisServer('', 'darwin')).toThrow('brew install redis')
    expect(() => findRedisServer('', 'win32')).toThrow('Memurai')
    expect(() => findRedisServer('', 'linux')).toThrow('SLUICE_REDIS_URL')
  })
})
