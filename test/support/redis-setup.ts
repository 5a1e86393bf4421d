import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { PrivateRedis } from '../../src/main/redis/private-redis'

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string
  }
}

/** One Redis for the whole run: the configured one, else a private one found as the app finds it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const configured = process.env['SLUICE_REDIS_URL']
  if (configured) {
    project.provide('redisUrl', configured)
    return async () => {}
  }
  const folder = await mkdtemp(join(tmpdir(), 'sluice-test-redis-'))
  const server = await PrivateRedis.start(folder)
  project.provide('redisUrl', server.url)
  return async () => {
    await server.leave()
    await rm(folder, { recursive: true, force: true })
  }
}
