import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app'
import { expectFinePicture, LOOKS, takeLook, withAxe } from '../support/picture'

let app: RunningApp
let page: Page

beforeAll(async () => {
  app = await launchApp({ args: ['--autostart'] })
  page = app.page
  await withAxe(page)
})
afterAll(async () => expect(await app?.quit()).toBe(0))

async function openBatches(): Promise<void> {
  await page.getByRole('navigation').getByText('Batches', { exact: true }).click()
  await page.getByTestId('batch-row').first().waitFor()
}

/** Opens the oldest batch on the list: newer ones push in above it. */
async function openOldest(): Promise<number> {
  const row = page.getByTestId('batch-row').last()
  const size = Number(await row.getAttribute('data-size'))
  await row.getByRole('button', { name: /^Pairs of batch/ }).click()
  await page.getByTestId('batch-pair').first().waitFor()
  return size
}

describe('a batch', () => {
  it('opens to its pairs with what came of each, and each that is done leads to its page', async () => {
    await openBatches()
    const size = await openOldest()
    expect(await page.getByTestId('batch-pair').count()).toBe(size)
    await page.keyboard.press('Enter')
    await page.getByTestId('batch-pair').first().waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    const done = page.getByTestId('batch-pair').filter({ hasText: 'done' }).first()
    await done.getByRole('link').click()
    await expect.poll(() => page.url()).toContain('#results/')
  })
})

describe('the pictures of an open batch', () => {
  beforeAll(async () => {
    await openBatches()
    await openOldest()
  })

  it.each(LOOKS)('fit $width×$height, $colours, and have no serious accessibility fault', async (look) => {
    await takeLook(page, look)
    await page.getByTestId('batch-pair').first().scrollIntoViewIfNeeded()
    await expectFinePicture(page, 'batches', look)
  })
})
