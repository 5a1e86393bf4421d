import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/main/simulator/simulator'
import { launchApp } from '../support/app'
import { CANARY_KEY, CANARY_PASSWORD, canariesBelow, canariesIn, commandLines } from '../support/canaries'
import { startGuardedRedis } from '../support/guarded-redis'

/** Keeps every frame as text on the page. */
async function keepFrames(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const kept: string[] = []
    Reflect.set(window, 'kept', kept)
    window.sluice?.onFrame((frame) => void kept.push(JSON.stringify(frame)))
  })
  return () =>
    page.evaluate(async () => {
      const kept = Reflect.get(window, 'kept') as string[] // put there above
      return [...kept, JSON.stringify(await window.sluice?.command('snapshot')), document.documentElement.outerHTML].join('\n')
    })
}

describe('a canary key and a canary password', () => {
  it('reach the window in no frame, and nothing that it writes', async () => {
    const redis = await startGuardedRedis(CANARY_PASSWORD)
    const api = await startSimulator({ rps: 60, latencyMs: 20, accounts: `one=${CANARY_KEY}`, faults: '500=0.1,reset=0.05' })
    onTestFinished(() => api.close())
    const env = { SLUICE_REDIS_URL: redis.url, SLUICE_API_KEYS: `${CANARY_KEY},wrong-${CANARY_KEY}`, SLUICE_API_BASE_URL: api.url }
    const app = await launchApp({ env })
    onTestFinished(async () => void (await app.quit()))
    const { page } = app
    const frames = await keepFrames(page)
    const pairs = Array.from({ length: 60 }, (_, i) =>
      JSON.stringify({ wallet_address: `0x${String(i).padStart(40, '0')}`, token_address: `0x${'a'.repeat(40)}`, chain: 'base' }),
    )
    await redis.connection.redis.lpush('discovered_wallet_token_pairs_queue', ...pairs)
    await page.getByTestId('toggle-run').click()
    await expect.poll(() => page.getByTestId('ledger-done').innerText(), { timeout: 40_000 }).toBe('60')
    expect(canariesIn(commandLines())).toEqual([])
    const seen = await frames()
    expect(seen).toContain('key 1 of account 2 was refused')
    expect(canariesIn(seen)).toEqual([])
    expect(canariesIn(app.printed())).toEqual([])
    await redis.connection.redis.save()
    expect(canariesBelow(redis.folder)).toEqual([])
    // The search finds what is there.
    await writeFile(join(app.home, 'planted'), `x${CANARY_KEY}`)
    expect(canariesBelow(app.home)).toEqual([expect.stringContaining('planted')])
  })
})
