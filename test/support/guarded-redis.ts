import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { RedisConnection } from '../../src/main/redis/connection'
import { findRedisServer } from '../../src/main/redis/server-program.mjs'

export interface GuardedRedis {
  readonly host: string
  readonly port: number
  /** With the password. */
  readonly url: string
  readonly connection: RedisConnection
  /** Where its files are: uncompressed, so that they can be searched. */
  readonly folder: string
}

/** A Redis on a port, with a password, for one test. It logs everything that it logs, and every command as slow. */
export async function startGuardedRedis(password: string): Promise<GuardedRedis> {
  const program = findRedisServer(process.env['PATH'] ?? '', process.platform)
  if (program === null) throw new Error('This test wants a redis-server')
  const home = await mkdtemp(join(tmpdir(), 'sluice-guarded-'))
  const [folder, port] = [join(home, 'data'), await freePort()]
  await mkdir(folder)
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    requirepass: password,
    dir: folder,
    appendonly: 'yes',
    'aof-use-rdb-preamble': 'no',
    rdbcompression: 'no',
    loglevel: 'debug',
    logfile: join(folder, 'redis.log'),
    'slowlog-log-slower-than': '0',
    'slowlog-max-len': '10000',
  }
  // In a file, beside what is searched: on the command line everybody could read it.
  const config = join(home, 'redis.conf')
  await writeFile(config, Object.entries(settings).map(([name, value]) => `${name} ${value}\n`).join(''))
  const child = spawn(program, [config], { stdio: 'ignore' })
  const ended = new Promise((done) => child.once('exit', done))
  onTestFinished(async () => {
    child.kill()
    await ended
    await rm(home, { recursive: true, force: true })
  })
  const url = `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`
  const connection = await untilItAnswers(url)
  onTestFinished(() => connection.close())
  return { host: '127.0.0.1', port, url, connection, folder }
}

async function untilItAnswers(url: string): Promise<RedisConnection> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await RedisConnection.open(url, 'test')
    } catch (error) {
      if (tries > 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port, not a pipe
  await new Promise((resolve) => server.close(resolve))
  return port
}
