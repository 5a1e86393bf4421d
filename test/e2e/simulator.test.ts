import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/main/simulator/simulator'
import { launchApp, type LaunchOptions, type RunningApp } from '../support/app'
import { expectFinePicture, LOOKS, takeLook, withAxe } from '../support/picture'

async function launch(options: LaunchOptions = {}): Promise<RunningApp> {
  const app = await launchApp(options)
  await withAxe(app.page)
  await app.page.getByRole('navigation').getByText('Setup', { exact: true }).click()
  await app.page.getByText('Redis', { exact: true }).first().waitFor()
  return app
}

async function openSetup(options: LaunchOptions): Promise<Page> {
  const app = await launch(options)
  onTestFinished(async () => void (await app.quit()))
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

describe('the pictures of the panel', () => {
  let app: RunningApp
  beforeAll(async () => void (app = await launch()))
  afterAll(async () => expect(await app?.quit()).toBe(0))

  it.each(LOOKS)('fit $width×$height, $colours, and have no serious accessibility fault', async (look) => {
    const { page } = app
    await takeLook(page, look)
    await page.getByTestId('simulator-requestsPerSecond').waitFor()
    await expectFinePicture(page, 'simulator', look)
  })
})
