import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findRedisServer } from '../../../src/main/redis/server-program.mjs'
import { startSimulator } from '../../../src/main/simulator/simulator'
import { CANARY_KEY, CANARY_PASSWORD, canariesBelow, canariesIn, commandLines } from '../../support/canaries'
import { runCli, startCli, temporaryFolder, type Ran } from '../../support/cli'
import { startGuardedRedis, type GuardedRedis } from '../../support/guarded-redis'

const address = (n: number) => `0x${String(n).padStart(40, '0')}`

/** Everything that Redis was asked for, and what it keeps beside its data. */
async function watched(redis: GuardedRedis): Promise<() => Promise<string>> {
  const spare = redis.connection.redis.duplicate({ retryStrategy: () => null })
  const monitor = await spare.monitor()
  spare.disconnect()
  const commands: string[] = []
  monitor.on('monitor', (_time: string, args: string[]) => commands.push(args.join(' ')))
  onTestFinished(() => monitor.disconnect())
  return async () => {
    const kept = await redis.connection.redis.multi().client('LIST').slowlog('GET', 10_000).acl('LOG').exec()
    await redis.connection.redis.save()
    expect(commands.length).toBeGreaterThan(10)
    return `${commands.join('\n')}\n${JSON.stringify(kept)}`
  }
}

/** Runs a command to its end, and notes what `ps` shows to everybody meanwhile. */
async function runWatched(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran & { shown: string }> {
  const running = startCli(args, env)
  let shown = ''
  const look = setInterval(() => (shown += commandLines()), 20)
  const ran = await running.ended.finally(() => clearInterval(look))
  return { ...ran, shown }
}

async function workshop() {
  const folder = await temporaryFolder()
  const redis = await startGuardedRedis(CANARY_PASSWORD)
  const pairs = join(folder, 'pairs.csv')
  await writeFile(pairs, ['wallet,token,chain', ...Array.from({ length: 40 }, (_, i) => `${address(i + 1)},${address(9)},base`)].join('\n'))
  const env = { SLUICE_REDIS_URL: redis.url, SLUICE_API_KEYS: CANARY_KEY, SLUICE_USER_DATA_DIR: join(folder, 'data') }
  const said: string[] = []
  const run = async (args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const ran = await runWatched(args, { ...env, ...more })
    said.push(ran.out, ran.err, ran.shown)
    return ran
  }
  return { folder, redis, pairs, run, said }
}

/** An API that says the key in each answer, as some do. */
async function echoingApi(status: number): Promise<string> {
  const server = createServer((request, response) => {
    const key = String(request.headers['x-api-key'])
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ success: false, message: `invalid request by ${key} (${key.toUpperCase()}) at ${request.url}` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a canary key and a canary password', () => {
  it('are found where they are: the search itself works', () => {
    expect(canariesIn(`x${CANARY_KEY}y`)).not.toEqual([])
    for (const before of ['', 'a', 'ab', 'abc']) {
      expect(canariesIn(Buffer.from(`${before}${CANARY_PASSWORD} and more`).toString('base64'))).not.toEqual([])
    }
  })

  it('are in nothing that a whole job writes, says or leaves in Redis', async () => {
    const { folder, redis, pairs, run, said } = await workshop()
    const seen = await watched(redis)
    const api = await startSimulator({ latencyMs: 10, rps: 60, accounts: `one=${CANARY_KEY}`, faults: '500=0.1,reset=0.05,malformed=0.05' })
    onTestFinished(() => api.close())
    const to = { SLUICE_API_BASE_URL: api.url }
    expect((await run(['enqueue', pairs], to)).code).toBe(0)
    expect((await run(['work', '--until-empty', '--json'], to)).code).toBe(0)
    for (const kind of ['results', 'failed', 'batches']) {
      expect((await run(['export', kind, join(folder, `${kind}.csv`)], to)).code).toBe(0)
    }
    expect((await run(['status', '--json'], to)).out).toContain('"lost":0')
    expect(canariesIn(await seen())).toEqual([])
    expect(canariesIn(said.join('\n'))).toEqual([])
    expect(canariesBelow(folder)).toEqual([])
    expect(canariesBelow(redis.folder)).toEqual([])
  }, 60_000)

  it.each([400, 401, 403, 429, 500])('are in nothing when the API answers %i and says the key', async (status) => {
    const { folder, redis, pairs, run, said } = await workshop()
    const seen = await watched(redis)
    const to = { SLUICE_API_BASE_URL: await echoingApi(status) }
    const config = join(folder, 'sluice.toml')
    await writeFile(config, '[engine]\nmax_attempts = 1\nbreaker_minimum_pairs = 5000\nlease_seconds = 1\n')
    await run(['enqueue', pairs], to)
    const working = startCli(['work', '--until-empty', '--json', '--config', config], {
      SLUICE_REDIS_URL: redis.url,
      SLUICE_API_KEYS: CANARY_KEY,
      SLUICE_USER_DATA_DIR: join(folder, 'data'),
      ...to,
    })
    onTestFinished(() => void working.process.kill('SIGKILL'))
    await expect.poll(() => working.process.exitCode !== null || /refus|batch|paused/i.test(working.said()), { timeout: 20_000 }).toBe(true)
    working.process.kill('SIGINT')
    await working.ended
    said.push(working.said())
    await run(['export', 'failed', join(folder, 'failed.csv')], to)
    expect(canariesIn(await seen())).toEqual([])
    expect(canariesIn(said.join('\n'))).toEqual([])
    expect(canariesBelow(folder)).toEqual([])
    expect(canariesBelow(redis.folder)).toEqual([])
  }, 60_000)

  it('are in no message about settings and connections that do not work', async () => {
    const folder = await temporaryFolder()
    const { host, port } = await startGuardedRedis('another-word')
    const data = { SLUICE_USER_DATA_DIR: join(folder, 'data') }
    const badToml = join(folder, 'bad.toml')
    await writeFile(badToml, `[birdeye]\napi_key = "${CANARY_KEY}\n[redis]\nurl = "redis://:${CANARY_PASSWORD}@h"\n`)
    const wrongToml = join(folder, 'wrong.toml')
    await writeFile(wrongToml, `[birdeye]\napi_key = ["${CANARY_KEY}"]\n[redis]\nurl = "http://u:${CANARY_PASSWORD}@h"\n`)
    const urls = [
      `redis://:${CANARY_PASSWORD}@${host}:${port}`,
      `redis://user:${CANARY_PASSWORD}@${host}:${port}`,
      `redis://:${CANARY_PASSWORD}@127.0.0.1:1`,
      `redis://:p@ss/${CANARY_PASSWORD}@127.0.0.1:1`,
      `redis://:${CANARY_PASSWORD}@host.invalid:6379`,
      `rediss://:${CANARY_PASSWORD}@${host}:${port}`,
      `redis://:${CANARY_PASSWORD}@${host}:99999`,
      `redis://:${CANARY_PASSWORD}@[bad`,
      `http://:${CANARY_PASSWORD}@${host}`,
      `redis://${host}:1/?password=${CANARY_PASSWORD}`,
    ]
    const ran = await Promise.all([
      runCli(['status', '--config', badToml], data),
      runCli(['status', '--config', wrongToml], data),
      ...urls.map((url) => runCli(['status'], { ...data, SLUICE_REDIS_URL: url })),
      runCli(['work', '--until-empty'], { ...data, SLUICE_API_BASE_URL: `http://u:${CANARY_PASSWORD}@127.0.0.1:1` }),
    ])
    expect(ran.map(({ code }) => code)).toEqual(ran.map(() => 2))
    expect(ran.flatMap(({ out, err }) => canariesIn(out + err))).toEqual([])
    expect(ran.map(({ err }) => err).join('\n')).not.toContain('a mistake in Sluice itself')
  }, 60_000)
})

describe.skipIf(process.platform === 'win32')('the environment', () => {
  it('of the private Redis, which may outlive us, holds nothing of ours', async () => {
    const folder = await temporaryFolder()
    const program = findRedisServer(process.env['PATH'] ?? '', process.platform)
    const noted = join(folder, 'environment')
    // Redis itself writes over its environment when it sets its title.
    await writeFile(join(folder, 'redis-server'), `#!/bin/sh\nenv > '${noted}'\nexec '${program}' "$@"\n`, { mode: 0o755 })
    const env = { PATH: `${folder}:${process.env['PATH']}`, SLUICE_API_KEYS: CANARY_KEY, SLUICE_USER_DATA_DIR: join(folder, 'data') }
    expect((await runCli(['status', '--json'], env)).code).toBe(0)
    const environment = await readFile(noted, 'utf8')
    expect(environment).toContain('PATH=')
    expect(canariesIn(environment)).toEqual([])
  }, 30_000)
})

describe.skipIf(process.platform !== 'linux')('a password on the command line', () => {
  it('is taken out of the process list, and said to be better left out of it', async () => {
    const { folder, redis, pairs } = await workshop()
    const running = startCli(['work', '--redis', redis.url, '--api', await echoingApi(429)], { SLUICE_USER_DATA_DIR: join(folder, 'data') })
    onTestFinished(() => void running.process.kill('SIGKILL'))
    await runCli(['enqueue', pairs], { SLUICE_REDIS_URL: redis.url, SLUICE_USER_DATA_DIR: join(folder, 'data') })
    await expect.poll(() => running.said(), { timeout: 10_000 }).toContain('SLUICE_REDIS_URL')
    expect(canariesIn(commandLines())).toEqual([])
    expect(commandLines()).toMatch(/^sluice\b/m)
    running.process.kill('SIGINT')
    expect(canariesIn((await running.ended).err)).toEqual([])
  }, 30_000)
})
