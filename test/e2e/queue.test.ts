import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { launchApp, type LaunchOptions } from '../support/app'
import { expectFinePicture, PICTURE_SIZES, withAxe } from '../support/picture'


async function openQueue(options: LaunchOptions = {}): Promise<Page> {
  const app = await launchApp(options)
  onTestFinished(async () => void (await app.quit()))
  await withAxe(app.page)
  await app.page.getByRole('navigation').getByText('Queue', { exact: true }).click()
  await app.page.getByTestId('queue-row').first().waitFor()
  return app.page
}

const cells = (page: Page, n: number) => page.locator(`[data-testid="queue-row"] > td:nth-child(${n})`).allInnerTexts()

describe('the queue view', () => {
  it('shows what comes up, lets a pair go first, and pages on', async () => {
    const page = await openQueue()
    await expect.poll(async () => (await cells(page, 2)).slice(0, 3)).toEqual(['1', '2', '3'])
    const third = (await page.locator('[data-testid="queue-row"]').nth(2).locator('td').nth(2).getAttribute('title')) ?? ''
    await page.getByTestId('queue-row').nth(2).getByRole('checkbox').check()
    await page.getByText('Priority of 1 pair').waitFor()
    await page.getByTestId('set-priority').click()
    await page.getByText('1 pair changed priority.').waitFor()
    await expect.poll(() => page.getByTestId('queue-row').first().locator('td').nth(2).getAttribute('title')).toBe(third)
    expect((await cells(page, 5))[0]?.trim()).toBe('9')
    await page.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => page.getByTestId('queue-row').count()).toBe(400)
    await page.getByText(/^In flight/).first().click()
    await page.getByText('No pair is in flight').waitFor()
  })
})

describe.each([true, false])('the pictures of the queue, dark: %s', (dark) => {
  it.each(PICTURE_SIZES)('fit $width×$height and have no serious accessibility fault', async ({ width, height }) => {
    const page = await openQueue({ width, height, dark })
    await expectFinePicture(page, 'queue', { width, dark })
  })
})
