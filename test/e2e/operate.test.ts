import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator, type Simulator } from '../../src/main/simulator/simulator'
import type { SimulatorOptions } from '../../src/main/simulator/options'
import { launchApp, type RunningApp } from '../support/app'
import { pushPairs } from '../support/push-pairs'

/** The app before so many pairs and an API of the test's own. */
async function against(options: SimulatorOptions, count: number): Promise<RunningApp & { readonly simulator: Simulator }> {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  const app = await launchApp({ args: ['--api', simulator.url], env: { SLUICE_API_KEYS: 'some-key-1' } })
  onTestFinished(async () => void (await app.quit()))
  await app.page.getByTestId('toggle-run').waitFor()
  await pushPairs(app.home, count)
  return { ...app, simulator }
}

const status = (page: Page) => page.getByRole('banner').getByRole('status').innerText()
const count = async (page: Page, place: string) => Number((await page.getByTestId(`ledger-${place}`).innerText()).replaceAll(',', ''))

async function exported(app: RunningApp, kind: string): Promise<Record<string, string>[]> {
  await app.page.getByTestId('export').click()
  await app.page.getByTestId(`export-${kind}`).click()
  const file = async () => (await readdir(join(app.home, 'Downloads'))).find((name) => name.startsWith(`sluice-${kind}-`) && name.endsWith('.csv'))
  await expect.poll(async () => (await file().catch(() => undefined)) !== undefined).toBe(true)
  return parse(await readFile(join(app.home, 'Downloads', (await file()) ?? ''), 'utf8'), { columns: true }) as Record<string, string>[] // `columns` makes records of the rows
}

describe('draining', () => {
  it('says that it does and how many are in flight, finishes those, starts nothing new, and every kind of row can be taken away after', async () => {
    const app = await against({ rps: 30, latencyMs: 400 }, 200)
    const { page } = app
    await page.getByTestId('toggle-run').click()
    await expect.poll(() => count(page, 'done'), { timeout: 30_000 }).toBeGreaterThan(10)
    await page.getByRole('button', { name: 'Drain' }).click()
    await expect.poll(() => status(page)).toBe('Draining')
    expect(await page.getByTestId('run-timing').innerText()).toMatch(/\d+ in flight/)
    await expect.poll(() => status(page)).toMatch(/Idle|Finished/)
    // The books are audited once a second.
    await expect.poll(() => count(page, 'in-flight')).toBe(0)
    expect(await page.getByTestId('ledger-lost').innerText()).toContain('0 lost')
    const [done, ready, delayed, failed] = await Promise.all(['done', 'ready', 'delayed', 'failed'].map((place) => count(page, place)))
    expect((done ?? 0) + (ready ?? 0) + (delayed ?? 0) + (failed ?? 0)).toBe(200)
    const batches = await exported(app, 'batches')
    expect(batches.reduce((sum, row) => sum + Number(row['succeeded']), 0)).toBe(done)
    const epochs = await exported(app, 'epochs')
    expect(epochs.map((row) => Number(row['done'])).reduce((sum, of) => sum + of, 0)).toBe(done)
    expect(batches.every((row) => epochs.some(({ epoch }) => epoch === row['epoch']))).toBe(true)
  }, 90_000)
})

describe('an open breaker', () => {
  it('is said with its reason, and closed by hand once the API is well again', async () => {
    const { page, simulator } = await against({ latencyMs: 20, faults: '500=1' }, 60)
    await page.getByTestId('toggle-run').click()
    await expect.poll(() => status(page), { timeout: 40_000 }).toBe('Breaker open')
    const notice = page.getByText(/pairs in a row failed: 500/).first()
    await notice.waitFor()
    simulator.configure({ faults: '500=0' })
    await page.getByRole('button', { name: 'Work on now' }).click()
    await expect.poll(() => count(page, 'done'), { timeout: 30_000 }).toBeGreaterThan(0)
    await expect.poll(() => status(page), { timeout: 30_000 }).not.toContain('Breaker')
    expect(await page.getByTestId('ledger-lost').innerText()).toContain('0 lost')
  }, 100_000)
})

describe('a pause until the quota resets', () => {
  it('is offered while requests are held back, says until when, and ends by itself', async () => {
    const { page } = await against({ limits: [{ requests: 6, windowSeconds: 25 }], window: 'fixed', headers: 'x', latencyMs: 20 }, 40)
    await page.getByTestId('toggle-run').click()
    await expect.poll(() => page.getByRole('region', { name: 'Pacing' }).innerText(), { timeout: 40_000 }).toMatch(/held for/)
    await page.getByTestId('pause-until').click()
    await page.getByRole('button', { name: 'Until the quota resets' }).click()
    await expect.poll(() => status(page)).toMatch(/^(Paused until \d\d:\d\d|Pausing)$/)
    await expect.poll(() => status(page), { timeout: 60_000 }).toBe('Running')
  }, 120_000)
})

describe('somebody who wants less motion', () => {
  it('sees what comes and goes without any', async () => {
    const app = await launchApp({ args: ['--autostart'] })
    onTestFinished(async () => void (await app.quit()))
    const { page } = app
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.getByText('Classic', { exact: true }).click()
    const offer = page.getByTestId('undo')
    await offer.waitFor()
    expect(await offer.evaluate((element) => getComputedStyle(element).animationName)).toBe('none')
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  })
})
