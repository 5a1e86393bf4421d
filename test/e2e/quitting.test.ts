import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { RedisWorkQueue } from '../../src/main/queue/redis-work-queue'
import { RedisConnection } from '../../src/main/redis/connection'
import { startSimulator } from '../../src/main/simulator/simulator'
import type { SimulatorOptions } from '../../src/main/simulator/options'
import { launchApp } from '../support/app'
import { CANARY_PASSWORD } from '../support/canaries'
import { startGuardedRedis } from '../support/guarded-redis'

const pairs = Array.from({ length: 100 }, (_, i) =>
  JSON.stringify({ wallet_address: `0x${String(i).padStart(40, '0')}`, token_address: `0x${'a'.repeat(40)}`, chain: 'base' }),
)

async function workplace(api: SimulatorOptions) {
  const redis = await startGuardedRedis(CANARY_PASSWORD)
  const simulator = await startSimulator(api)
  onTestFinished(() => simulator.close())
  await redis.connection.redis.lpush('discovered_wallet_token_pairs_queue', ...pairs)
  const queue = new RedisWorkQueue({ redis: redis.connection.redis, pipeline: 'default', owner: 'test', inbox: 'none', leaseMs: 30_000, maxRecoveries: 3, priorities: { headStartMs: 0, byVolume: [] } })
  return { queue, launch: (...args: string[]) => launchApp({ args, env: { SLUICE_REDIS_URL: redis.url, SLUICE_API_BASE_URL: simulator.url } }) }
}

describe('quitting while pairs are in flight', () => {
  it('hands them back, so that the next engine has them at once', async () => {
    const { queue, launch } = await workplace({ latencyMs: 1500 })
    const app = await launch('--autostart')
    await expect.poll(async () => (await queue.audit()).inFlight).toBeGreaterThan(0)
    expect(await app.quit()).toBe(0)
    expect(await queue.audit()).toMatchObject({ inFlight: 0, lost: 0, recovered: 0 })
    const { done, ready, delayed } = await queue.audit()
    expect(done + ready + delayed).toBe(100)
  })

  it('works with two windows on one pipeline as one', async () => {
    const { queue, launch } = await workplace({ latencyMs: 500, rps: 60 })
    const [one, other] = [await launch(), await launch()]
    onTestFinished(async () => void (await Promise.all([one.quit(), other.quit()])))
    await Promise.all([one, other].map(({ page }) => page.getByTestId('toggle-run').click()))
    await expect.poll(() => one.page.getByTestId('ledger-done').innerText(), { timeout: 60_000 }).toBe('100')
    await expect.poll(() => other.page.getByTestId('ledger-done').innerText()).toBe('100')
    expect(await queue.audit()).toMatchObject({ enqueued: 100, done: 100, failed: 0, lost: 0, recovered: 0 })
    for (const { page } of [one, other]) {
      const worked = await page.getByTestId('batch-row').count()
      expect(worked).toBeGreaterThan(0)
    }
  })
})

describe('a second app on the same user data', () => {
  it('ends at once and leaves the first one at work', async () => {
    const first = await launchApp()
    onTestFinished(async () => void (await first.quit()))
    const data = join(first.home, 'data')
    await expect(launchApp({ env: { SLUICE_USER_DATA_DIR: data } })).rejects.toThrow('before it had a window')
    await first.page.getByTestId('toggle-run').click()
    await expect.poll(() => first.page.getByTestId('batch-row').count()).toBeGreaterThan(0)
    const control = await RedisConnection.open(`unix://${join(data, 'redis/redis.sock')}`, 'test')
    onTestFinished(() => control.close())
    expect(await control.redis.ping()).toBe('PONG')
  })
})
