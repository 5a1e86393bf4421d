import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { findRedisServer } from '../../../src/main/redis/server-program.mjs'
import { startSimulator } from '../../../src/main/simulator/simulator'
import { runCli, startCli, temporaryFolder } from '../../support/cli'

/** A Redis that somebody else runs: with an append-only file, stopped and started again by its operator. */
async function outsideRedis(folder: string) {
  const port = await freePort()
  const program = findRedisServer(process.env['PATH'] ?? '', process.platform) ?? 'redis-server'
  let server: ChildProcess
  const start = () => {
    server = spawn(program, ['--port', String(port), '--dir', folder, '--appendonly', 'yes', '--save', ''], { stdio: 'ignore' })
  }
  const stop = async () => {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await ended
  }
  start()
  onTestFinished(stop)
  return { url: `redis://127.0.0.1:${port}`, start, stop }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a server that listens on TCP has one
  server.close()
  return port
}

it('a Redis that is stopped in the middle of a run is waited for, in words, and nothing is lost', async () => {
  const folder = await temporaryFolder()
  const redis = await outsideRedis(folder)
  const api = await startSimulator({ latencyMs: 200 })
  onTestFinished(() => api.close())
  const file = join(folder, 'pairs.csv')
  const rows = Array.from({ length: 200 }, (_, i) => `0x${String(i).padStart(40, '0')},0x${'a'.repeat(40)},base`)
  await writeFile(file, ['wallet,token,chain', ...rows].join('\n'))
  await vi.waitFor(async () => expect((await runCli(['enqueue', file, '--redis', redis.url])).code).toBe(0), { timeout: 15_000 })

  const worker = startCli(['work', '--until-empty', '--json', '--api', api.url, '--redis', redis.url])
  await vi.waitFor(() => expect(worker.said()).toMatch(/\d+ batch(es)?: \d+ done/), { timeout: 15_000 })
  await redis.stop()
  await vi.waitFor(() => expect(worker.said()).toContain('Redis does not answer'), { timeout: 15_000 })
  redis.start()
  const { code, out, err } = await worker.ended
  expect(err).toContain('Redis answers again')
  expect(err).not.toMatch(/^\s+at /m)
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ pairs: { enqueued: 200, done: 200, failed: 0, lost: 0 } })
})
