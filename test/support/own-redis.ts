import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { RedisConnection } from '../../src/main/redis/connection'
import { RedisUnusable } from '../../src/main/redis/problems'
import { findRedisServer } from '../../src/main/redis/server-program.mjs'

/** A Redis of the test's own on a socket, set up by `options`, for what the shared one must not be put through. */
export async function ownRedis(...options: readonly string[]): Promise<{ readonly url: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-own-'))
  const socket = join(folder, 'redis.sock')
  const program = findRedisServer(process.env['PATH'] ?? '', process.platform) ?? 'redis-server'
  const server = spawn(program, ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '', ...options], { stdio: 'ignore' })
  const ended = once(server, 'exit')
  onTestFinished(async () => {
    server.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  })
  const url = `unix://${socket}`
  await vi.waitFor(async () => {
    // Refused in words is up as well.
    const opened = await RedisConnection.open(url, 'probe').catch((error: unknown) => {
      if (error instanceof RedisUnusable && !/cannot be used/.test(error.message)) return null
      throw error
    })
    opened?.close()
  }, { timeout: 15_000, interval: 50 })
  return { url }
}
