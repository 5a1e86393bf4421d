import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, it, onTestFinished } from 'vitest'
import { ATTEMPT_COLUMNS } from '../../src/shared/attempt'
import { launchApp } from '../support/app'

it('the attempts of the pairs that are not done are written from the export menu, one row a pair', async () => {
  const app = await launchApp()
  onTestFinished(async () => void (await app.quit()))
  const { page } = app
  await expect.poll(() => page.getByTestId('ledger-ready').innerText()).toBe('1,368')
  await page.getByTestId('export').click()
  const item = page.getByTestId('export-attempts')
  expect(await item.innerText()).toContain('1,368')
  await item.click()
  await page.locator('[data-testid=export-row][data-kind=finished]').filter({ hasText: 'Attempts exported' }).waitFor()
  const [file = ''] = await readdir(join(app.home, 'Downloads'))
  expect(file).toMatch(/^sluice-attempts-/)
  const records = parse(await readFile(join(app.home, 'Downloads', file), 'utf8'), { columns: true }) as Record<string, string>[] // `columns` makes records of the rows
  expect(records).toHaveLength(1368)
  expect(Object.keys(records[0] ?? {})).toEqual(ATTEMPT_COLUMNS.map(({ name }) => name))
  expect(new Set(records.map(({ place }) => place))).toEqual(new Set(['ready']))
})
