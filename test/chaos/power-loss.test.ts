import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { isWhole, recount } from '../../scripts/recount.mjs'
import { startSimulator } from '../../src/main/simulator/simulator'
import { DurableRedis, startSluice } from './processes'

const TOKEN = `0x${'c'.repeat(40)}`
const PAIRS = 400

it('a Redis that comes back from a power failure with an older state is told of, and its books still add up', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-power-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const redis = await DurableRedis.start(folder, 'everysec')
  onTestFinished(() => redis.close())
  const api = await startSimulator({ latencyMs: 10, rps: 200 })
  onTestFinished(() => api.close())
  const wallets = Array.from({ length: PAIRS }, (_, i) => `0x${i.toString(16).padStart(40, '0')}`)
  const file = join(folder, 'pairs.csv')
  await writeFile(file, ['wallet,token,chain', ...wallets.map((wallet) => `${wallet},${TOKEN},base`)].join('\n'))
  const config = join(folder, 'sluice.toml')
  await writeFile(config, '[engine]\nlease_seconds = 2\n')
  const url = `redis://127.0.0.1:${redis.port}`
  expect(await startSluice(['enqueue', file, '--redis', url]).ended).toBe(0)
  const bystander = redis.connect()
  bystander.on('error', () => {
    // It is down for a while.
  })
  onTestFinished(() => bystander.disconnect())

  const engine = startSluice(['work', '--until-empty', '--json', '--config', config, '--redis', url, '--api', api.url], { SLUICE_API_KEYS: 'key1' })
  onTestFinished(() => engine.end('SIGKILL'))
  await vi.waitFor(async () => expect((await recount(bystander, 'default')).done).toBeGreaterThan(PAIRS / 2), { timeout: 30_000 })
  expect(await redis.losePower()).toBeGreaterThan(0)
  await redis.startAgain()
  expect(await engine.ended, engine.said).toBe(0)
  expect(engine.said).toMatch(/Redis came back with an older state: the last \d+ commands? that it had acknowledged to this engine \(\d+ pairs? settled/)
  const count = await recount(bystander, 'default', wallets.map((wallet) => `base:${wallet}:${TOKEN}`))
  expect(isWhole(count), JSON.stringify(count)).toBe(true)
  expect(count.done).toBe(PAIRS)
})
