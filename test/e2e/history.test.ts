import { readFile } from 'node:fs/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { RedisConnection } from '../../src/main/redis/connection'
import { PrivateRedis } from '../../src/main/redis/private-redis'
import { startSimulator } from '../../src/main/simulator/simulator'
import { launchApp } from '../support/app'
import { pictureFile } from '../support/picture'
import { ScratchFolder } from '../support/scratch-folder'

describe('the app, started again', () => {
  it('shows the charts as they were, after it had told of the end of the run and kept its window’s place', async () => {
    const scratch = new ScratchFolder()
    onTestFinished(() => scratch.remove())
    const server = await PrivateRedis.start(scratch.at('redis'))
    onTestFinished(() => server.leave())
    const simulator = await startSimulator({ rps: 100, latencyMs: 20 })
    onTestFinished(() => simulator.close())
    const control = await RedisConnection.open(server.url, 'test')
    onTestFinished(() => control.close())
    const pairs = Array.from({ length: 120 }, (_, i) => ({ wallet_address: `0x${String(i).padStart(40, '0')}`, token_address: `0x${'a'.repeat(40)}`, chain: 'base' }))
    await control.redis.lpush('discovered_wallet_token_pairs_queue', ...pairs.map((pair) => JSON.stringify(pair)))
    const launch = (...more: string[]) =>
      launchApp({ args: ['--redis', server.url, '--api', simulator.url, ...more], env: { SLUICE_USER_DATA_DIR: scratch.at('data') } })

    const before = await launch('--autostart')
    await expect.poll(() => before.page.getByTestId('ledger-done').innerText(), { timeout: 20_000 }).toBe('120')
    await before.page.getByTestId('batch-row').first().waitFor()
    await expect.poll(() => before.printed()).toContain('Notification: All pairs are done: 120 done, 0 lost.')
    expect(await before.quit()).toBe(0)
    expect(JSON.parse(await readFile(scratch.at('data/window.json'), 'utf8'))).toMatchObject({ bounds: { width: 1440, height: 900 } })

    const after = await launch()
    await after.page.getByTestId('batch-row').first().waitFor()
    await after.page.getByTestId('marker').first().hover()
    await after.page.getByRole('tooltip').filter({ hasText: 'idle' }).waitFor()
    await after.page.screenshot({ path: pictureFile('history', { width: 1440, dark: true }) })
    expect(await after.quit()).toBe(0)

    // An empty queue has words of its own, but never over a curve.
    const kept = await control.redis.keys('{sluice:default}:*')
    await control.redis.del(...kept.filter((key) => !key.includes(':charts:')))
    const emptied = await launch()
    onTestFinished(async () => void (await emptied.quit()))
    await emptied.page.getByTestId('ledger-enqueued').filter({ hasText: /^0$/ }).waitFor()
    const throughput = emptied.page.getByRole('region', { name: /^Throughput/ })
    await throughput.locator('[data-curve="done"] path').first().waitFor()
    expect(await throughput.innerText()).not.toContain('The queue is empty')
    await emptied.page.screenshot({ path: pictureFile('history-emptied', { width: 1440, dark: true }) })
  })
})
