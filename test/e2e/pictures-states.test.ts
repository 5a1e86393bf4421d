import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/main/simulator/simulator'
import { launchApp, type LaunchOptions } from '../support/app'
import { expectFinePicture, LOOKS, takeLook, withAxe } from '../support/picture'
import { pushPairs } from '../support/push-pairs'

async function launch(options: LaunchOptions) {
  const app = await launchApp(options)
  onTestFinished(async () => void (await app.quit()))
  await withAxe(app.page)
  return app
}

/** The same window in each size and both themes. What has to be scrolled only while a notice takes room may be. */
async function inEachLook(page: Page, name: string, mostHiddenPx = 0): Promise<void> {
  for (const look of LOOKS) {
    await takeLook(page, look)
    await expectFinePicture(page, name, look)
    const hiddenPx = await page.getByRole('main').evaluate((main) => main.scrollHeight - main.clientHeight)
    expect(hiddenPx, `${name} has to be scrolled`).toBeLessThanOrEqual(mostHiddenPx)
  }
}

const status = (page: Page) => page.getByRole('banner').getByRole('status')

describe('the overview in every state fits, and has no serious accessibility fault', () => {
  it('idle, paused, and with what can be exported', async () => {
    const { page } = await launch({})
    await page.getByRole('button', { name: 'Just look around' }).click()
    await page.getByText('Nothing worked yet').first().waitFor()
    await inEachLook(page, 'state-idle')
    await page.getByTestId('toggle-run').click()
    await expect.poll(async () => Number(await page.getByTestId('ledger-done').innerText()), { timeout: 40_000 }).toBeGreaterThan(100)
    await page.getByTestId('toggle-run').click()
    await status(page).filter({ hasText: 'Paused' }).waitFor()
    await inEachLook(page, 'state-paused')
    // The unit that tells it has no room there; nothing moves now, and it still speaks.
    await page.getByText(/^oldest \d/).waitFor()
    await page.getByTestId('export').click()
    await page.getByTestId('export-results').waitFor()
    await inEachLook(page, 'state-export')
  }, 120_000)

  it('finished', async () => {
    const simulator = await startSimulator({ rps: 40, latencyMs: 60 })
    onTestFinished(() => simulator.close())
    const { page, home } = await launch({ args: ['--api', simulator.url], env: { SLUICE_API_KEYS: 'some-key-1' } })
    await pushPairs(home, 150)
    await page.getByTestId('toggle-run').click()
    await expect.poll(() => page.getByTestId('ledger-done').innerText(), { timeout: 60_000 }).toBe('150')
    await page.getByRole('button', { name: 'Drain' }).click()
    await status(page).filter({ hasText: 'Finished' }).waitFor()
    await inEachLook(page, 'state-finished')
  }, 120_000)

  it('with the breaker open', async () => {
    const simulator = await startSimulator({ latencyMs: 20, faults: '500=1' })
    onTestFinished(() => simulator.close())
    const { page, home } = await launch({ args: ['--api', simulator.url], env: { SLUICE_API_KEYS: 'some-key-1' } })
    await pushPairs(home, 150)
    await page.getByTestId('toggle-run').click()
    await expect.poll(() => status(page).innerText(), { timeout: 60_000 }).toContain('Breaker open')
    await inEachLook(page, 'state-breaker', 60)
  }, 120_000)
})
