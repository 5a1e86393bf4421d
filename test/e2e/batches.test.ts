import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { launchApp, type LaunchOptions } from '../support/app'
import { expectFinePicture, PICTURE_SIZES, withAxe } from '../support/picture'

async function openBatches(options: LaunchOptions = {}): Promise<Page> {
  const app = await launchApp({ args: ['--autostart'], ...options })
  onTestFinished(async () => void (await app.quit()))
  await withAxe(app.page)
  await app.page.getByRole('navigation').getByText('Batches', { exact: true }).click()
  await app.page.getByTestId('batch-row').first().waitFor()
  return app.page
}

/** Opens the oldest batch on the list: newer ones push in above it. */
async function openOldest(page: Page): Promise<number> {
  const row = page.getByTestId('batch-row').last()
  const size = Number(await row.getAttribute('data-size'))
  await row.getByRole('button', { name: /^Pairs of batch/ }).click()
  await page.getByTestId('batch-pair').first().waitFor()
  return size
}

describe('a batch', () => {
  it('opens to its pairs with what came of each, and each that is done leads to its page', async () => {
    const page = await openBatches()
    const size = await openOldest(page)
    expect(await page.getByTestId('batch-pair').count()).toBe(size)
    await page.keyboard.press('Enter')
    await page.getByTestId('batch-pair').first().waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    const done = page.getByTestId('batch-pair').filter({ hasText: 'done' }).first()
    await done.getByRole('link').click()
    await expect.poll(() => page.url()).toContain('#results/')
  })
})

describe.each([true, false])('the pictures of an open batch, dark: %s', (dark) => {
  it.each(PICTURE_SIZES)('fit $width×$height and have no serious accessibility fault', async ({ width, height }) => {
    const page = await openBatches({ width, height, dark })
    await openOldest(page)
    await expectFinePicture(page, 'batches', { width, dark })
  })
})
