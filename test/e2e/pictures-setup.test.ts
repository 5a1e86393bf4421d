import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/main/simulator/simulator'
import { launchApp, type LaunchOptions } from '../support/app'
import { CANARY_KEY } from '../support/canaries'
import { expectFinePicture, PICTURE_SIZES, withAxe } from '../support/picture'


async function launch(options: LaunchOptions): Promise<Page> {
  const app = await launchApp(options)
  onTestFinished(async () => void (await app.quit()))
  await withAxe(app.page)
  return app.page
}

describe.each([true, false])('the first page and the connections, dark: %s', (dark) => {
  it.each(PICTURE_SIZES)('fit $width×$height and have no serious accessibility fault', async ({ width, height }) => {
    const look = { width, dark }
    const simulator = await startSimulator({ latencyMs: 0, accounts: `one=${CANARY_KEY}` })
    onTestFinished(() => simulator.close())
    const page = await launch({ width, height, dark })
    const by = (id: string) => page.getByTestId(id)
    await by('welcome').waitFor()
    await expectFinePicture(page, 'welcome', look)
    await by('welcome-own').click()
    await page.getByText('My own', { exact: true }).click()
    await by('redis-address').fill('127.0.0.1:1')
    await by('welcome-next').click()
    await expect.poll(() => by('welcome-verdict').innerText()).toContain('nothing listens there')
    await expectFinePicture(page, 'welcome-redis', look)
    await page.getByText('Sluice’s own', { exact: true }).click()
    await by('welcome-next').click()
    await by('account-1-key').fill(CANARY_KEY)
    await by('api-address').fill(simulator.url)
    await by('test-key-1').click()
    await expect.poll(() => by('key-verdict-1').innerText()).toContain('accepts')
    await expectFinePicture(page, 'welcome-key', look)
    await by('welcome-next').click()
    await page.getByText(new URL(simulator.url).host, { exact: false }).first().waitFor({ state: 'attached' })
    await page.getByRole('navigation').getByText('Setup', { exact: true }).click()
    await by('add-account').click()
    await page.getByText('My own', { exact: true }).click()
    await by('test-redis').click()
    await expect.poll(() => by('redis-verdict').innerText()).toContain('Enter the address')
    await by('account-2-plan').selectOption('premium')
    await by('test-key-1').click()
    await expect.poll(() => by('key-verdict-1').innerText()).toContain('accepts')
    await expectFinePicture(page, 'setup', look)
  })
})
