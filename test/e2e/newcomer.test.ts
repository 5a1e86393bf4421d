import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { launchApp } from '../support/app'
import { pictureFile } from '../support/picture'

const take = (page: Page, step: string) => page.screenshot({ path: pictureFile(`newcomer-${step}`, { width: 1440, dark: true }) })

/** Only what is on screen says what to press next: the one filled button of each step. */
it('somebody who reads nothing comes from the first page to a CSV on disk by the button that stands out', async () => {
  const app = await launchApp()
  onTestFinished(async () => void (await app.quit()))
  const { page } = app
  await page.getByTestId('welcome').waitFor()
  await take(page, '1-first-page')
  await page.getByRole('button', { name: 'Start the demo' }).click()
  await page.getByRole('banner').getByRole('status').filter({ hasText: 'Running' }).waitFor()
  await take(page, '2-started')
  await expect.poll(async () => Number((await page.getByTestId('ledger-done').innerText()).replaceAll(',', '')), { timeout: 60_000 }).toBeGreaterThan(60)
  await take(page, '3-running')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  await page.getByTestId('export-results').waitFor()
  await take(page, '4-what-to-export')
  await page.getByTestId('export-results').click()
  await page.getByText('Results exported').waitFor()
  await take(page, '5-exported')
  const folder = join(app.home, 'Downloads')
  const [file = ''] = await readdir(folder)
  const rows: Record<string, string>[] = parse(await readFile(join(folder, file), 'utf8'), { columns: true })
  expect(rows.length).toBeGreaterThanOrEqual(60)
}, 120_000)
