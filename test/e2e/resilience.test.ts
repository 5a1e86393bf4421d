import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { RedisConnection } from '../../src/main/redis/connection'
import { PrivateRedis } from '../../src/main/redis/private-redis'
import { startSimulator } from '../../src/main/simulator/simulator'
import { launchApp } from '../support/app'
import { pictureFile } from '../support/picture'

/** The app at work on so many pairs, against a Redis and an API of the test's own. */
async function workingApp(count: number) {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-redis-'))
  const server = await PrivateRedis.start(folder)
  const simulator = await startSimulator({ rps: 40, latencyMs: 20 })
  onTestFinished(async () => {
    await server.leave()
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })
  const app = await launchApp({ args: ['--redis', server.url, '--api', simulator.url, '--autostart'] })
  onTestFinished(async () => void (await app.quit()))
  const control = await RedisConnection.open(server.url, 'test')
  onTestFinished(() => control.close())
  const pairs = Array.from({ length: count }, (_, i) => ({
    wallet_address: `0x${String(i).padStart(40, '0')}`,
    token_address: `0x${'a'.repeat(40)}`,
    chain: 'base',
  }))
  await control.redis.lpush('discovered_wallet_token_pairs_queue', ...pairs.map((pair) => JSON.stringify(pair)))
  const done = async () => Number(await app.page.getByTestId('ledger-done').innerText())
  await expect.poll(done, { timeout: 20_000 }).toBeGreaterThan(0)
  return { app, control, done }
}

describe('the window', () => {
  it('waits in words while Redis is away, goes on when it is back, and loses nothing', async () => {
    const { app, control, done } = await workingApp(300)

    const pid = Number(/process_id:(\d+)/.exec(await control.redis.info('server'))?.[1])
    process.kill(pid, 'SIGSTOP')
    process.kill(pid, 'SIGKILL')
    await app.page.getByText(/waiting for redis/i).first().waitFor()
    await expect.poll(done, { timeout: 40_000 }).toBe(300)
    expect(await app.page.getByTestId('ledger-lost').innerText()).toContain('0 lost')
    await app.page.getByRole('button', { name: 'Log' }).or(app.page.getByRole('link', { name: 'Log' })).first().click()
    await expect.poll(() => app.page.getByTestId('log-line').allInnerTexts()).toContainEqual(expect.stringContaining('Redis answers again'))
  })

  it('says that Redis is full and what to do, goes on when there is room, and loses nothing', async () => {
    const { app, control, done } = await workingApp(200)

    await control.redis.config('SET', 'maxmemory', '1mb')
    await app.page.getByRole('alert').filter({ hasText: 'Redis is full' }).waitFor()
    expect(await app.page.getByRole('status').first().innerText()).toContain('Redis is full')
    await app.page.screenshot({ path: pictureFile('redis-full', { width: 1440, dark: true }) })
    await control.redis.config('SET', 'maxmemory', '0')
    await expect.poll(done, { timeout: 40_000 }).toBe(200)
    await app.page.getByRole('alert').filter({ hasText: 'Redis is full' }).waitFor({ state: 'detached' })
    expect(await app.page.getByTestId('ledger-lost').innerText()).toContain('0 lost')
  })

  it('says which key was refused and that nothing is lost', async () => {
    const simulator = await startSimulator({ latencyMs: 0, accounts: 'one=right-key' })
    onTestFinished(() => simulator.close())
    const app = await launchApp({ args: ['--api', simulator.url], env: { SLUICE_API_KEYS: 'wrong-key-123' } })
    onTestFinished(async () => void (await app.quit()))
    const { page } = app
    const socket = join(app.home, 'data/redis/redis.sock')
    const control = await RedisConnection.open(`unix://${socket}`, 'test')
    onTestFinished(() => control.close())
    const pair = { wallet_address: `0x${'1'.repeat(40)}`, token_address: `0x${'a'.repeat(40)}`, chain: 'base' }
    await control.redis.lpush('discovered_wallet_token_pairs_queue', JSON.stringify(pair))
    await page.getByTestId('toggle-run').click()
    await page.getByText(/key 1 of account 1/i).first().waitFor()
    await expect.poll(() => page.getByTestId('ledger-ready').innerText()).toBe('1')
    expect(await page.locator('body').innerText()).not.toContain('wrong-key-123')
  })
})
