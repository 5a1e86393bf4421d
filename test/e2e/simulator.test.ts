import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/main/simulator/simulator'
import { launchApp, type LaunchOptions } from '../support/app'
import { expectFinePicture, PICTURE_SIZES, withAxe } from '../support/picture'

async function openSetup(options: LaunchOptions = {}): Promise<Page> {
  const app = await launchApp(options)
  onTestFinished(async () => void (await app.quit()))
  await withAxe(app.page)
  await app.page.getByRole('navigation').getByText('Setup', { exact: true }).click()
  await app.page.getByText('Redis', { exact: true }).first().waitFor()
  return app.page
}

describe('the panel of the demo’s API', () => {
  it('turns its quota while it is worked, which is marked on the charts, and turns it back', async () => {
    const page = await openSetup({ args: ['--autostart'] })
    await page.getByTestId('simulator-requestsPerSecond').fill('50')
    await page.keyboard.press('Enter')
    await page.getByRole('navigation').getByText('Overview', { exact: true }).click()
    await page.getByTestId('marker').filter({ hasText: 'API' }).or(page.getByTestId('marker').filter({ hasText: '+' })).first().hover()
    await page.getByRole('tooltip').filter({ hasText: 'API quota 15 → 50/s' }).waitFor()
    await page.getByRole('navigation').getByText('Log', { exact: true }).click()
    await expect.poll(() => page.getByTestId('log-line').allInnerTexts()).toContainEqual(expect.stringContaining('Simulator: quota 15 → 50/s'))
    await page.getByRole('navigation').getByText('Setup', { exact: true }).click()
    expect(await page.getByTestId('simulator-requestsPerSecond').inputValue()).toBe('50 /s')
    await page.getByTestId('simulator-reset').click()
    await expect.poll(() => page.getByTestId('simulator-requestsPerSecond').inputValue()).toBe('15 /s')
  })

  it('is not there where real pairs are worked', async () => {
    const simulator = await startSimulator({ latencyMs: 20 })
    onTestFinished(() => simulator.close())
    const page = await openSetup({ args: ['--api', simulator.url] })
    expect(await page.getByTestId('simulator-requestsPerSecond').count()).toBe(0)
  })
})

describe.each([true, false])('the pictures of the panel, dark: %s', (dark) => {
  it.each(PICTURE_SIZES)('fit $width×$height and have no serious accessibility fault', async ({ width, height }) => {
    const page = await openSetup({ width, height, dark })
    await page.getByTestId('simulator-requestsPerSecond').waitFor()
    await expectFinePicture(page, 'simulator', { width, dark })
  })
})
