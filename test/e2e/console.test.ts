import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RESULT_COLUMNS } from '../../src/shared/result'
import { launchApp, type RunningApp } from '../support/app'

let app: RunningApp
let page: Page

beforeAll(async () => {
  app = await launchApp()
  page = app.page
  await count('ready').waitFor()
})
afterAll(async () => expect(await app?.quit()).toBe(0))

const count = (place: string) => page.getByTestId(`ledger-${place}`)
const numberOf = async (place: string) => Number((await count(place).innerText()).replaceAll(',', ''))
const rows = () => page.getByTestId('batch-row')

/** Waits until main has pushed this many more frames: a while, without a clock of our own. */
async function frames(n: number): Promise<void> {
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        let seen = 0
        const end = window.sluice?.onFrame(() => {
          seen += 1
          if (seen < wanted) return
          end?.()
          resolve()
        })
      }),
    n,
  )
}

/** The newest batch's row, once there is one with a number above this. */
async function batchAfter(number: number): Promise<{ number: number; size: number }> {
  const newest = rows().first()
  await expect.poll(async () => Number(await newest.getAttribute('data-number')), { timeout: 30_000 }).toBeGreaterThan(number)
  return { number: Number(await newest.getAttribute('data-number')), size: Number(await newest.getAttribute('data-size')) }
}

const chartShape = () => page.locator('[data-curve="done"] path').first().getAttribute('d')

describe('the main job, through the window', () => {
  it('begins with the demo waiting: 1,368 pairs and nothing lost', async () => {
    await expect.poll(() => count('ready').innerText()).toBe('1,368')
    expect(await count('enqueued').innerText()).toBe('1,368')
    await expect.poll(() => page.getByTestId('ledger-lost').innerText()).toContain('0 lost')
  })

  it('starts, and the charts and the ledger move', async () => {
    await page.getByTestId('toggle-run').click()
    expect((await batchAfter(0)).size).toBe(20)
    await expect.poll(() => numberOf('done')).toBeGreaterThan(0)
    const before = await chartShape()
    await expect.poll(chartShape).not.toBe(before)
    await expect.poll(() => page.getByTestId('log-line').allInnerTexts()).toContainEqual(
      expect.stringMatching(/\d+ batch(es)?: \d+ done/),
    )
  })

  it('learns the quota, sizes its window by itself, and says why', async () => {
    const card = page.getByRole('region', { name: 'Pacing' })
    await expect.poll(() => card.innerText(), { timeout: 30_000 }).toMatch(/quota 15\/s ± \d+\s%, learned/)
    await expect.poll(() => card.innerText()).toMatch(/cruising just below 15\.0\/s/)
    await expect.poll(() => page.getByTestId('batch-size-state').innerText(), { timeout: 30_000 }).toMatch(/auto: .* requests\/s ÷/)
  })

  it('looks for the best batch size when asked, shows how far it is, and can be cancelled', async () => {
    await page.getByRole('button', { name: 'Find the best' }).click()
    const card = page.getByRole('region', { name: 'Batch size', exact: true })
    await expect.poll(() => card.innerText(), { timeout: 20_000 }).toMatch(/trying \d+ · \d+ sizes? measured/)
    await card.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => card.innerText()).toMatch(/cancelled; back to \d+/)
  })

  it('takes a new batch size with the next batch, and says so', async () => {
    await page.getByText('Classic', { exact: true }).click()
    await expect.poll(() => page.getByTestId('log-line').allInnerTexts()).toContainEqual(
      expect.stringContaining('Pacing: classic'),
    )
    const newestSize = async () => Number(await rows().first().getAttribute('data-size'))
    // What the rolling window had in flight is finished first; then come batches of the size that is set.
    const shown = Number(await page.getByTestId('batch-size').innerText())
    await expect.poll(newestSize, { timeout: 30_000 }).toBe(shown)
    const { number } = await batchAfter(0)
    const field = page.getByRole('textbox', { name: /batch size/i }).or(page.getByRole('spinbutton', { name: /batch size/i })).first()
    await field.fill('35')
    await field.press('Enter')
    await expect.poll(() => page.getByTestId('batch-size').innerText()).toBe('35')
    let batch = await batchAfter(number)
    // The batch that was in flight when the size was asked for still has the old one.
    if (batch.size !== 35) batch = await batchAfter(batch.number)
    expect(batch.size).toBe(35)
    await expect.poll(() => page.getByTestId('batch-size-state').innerText()).toContain('was ')
  })

  it('pauses: what is in flight is finished, and nothing new starts', async () => {
    await page.keyboard.press('Escape')
    await page.getByTestId('toggle-run').click()
    await expect.poll(() => numberOf('in-flight'), { timeout: 20_000 }).toBe(0)
    await page.getByText('Paused', { exact: false }).first().waitFor()
    const before = await rows().first().getAttribute('data-number')
    const ready = await numberOf('ready')
    await frames(16)
    expect(await rows().first().getAttribute('data-number')).toBe(before)
    expect(await numberOf('ready')).toBe(ready)
    expect(await numberOf('in-flight')).toBe(0)
  })

  it('keeps its picture over a reload of the window', async () => {
    const number = await rows().first().getAttribute('data-number')
    await page.reload()
    await expect.poll(() => rows().first().getAttribute('data-number')).toBe(number)
    expect(await page.getByTestId('batch-size').innerText()).toBe('35')
  })

  it('resumes where it was', async () => {
    const number = Number(await rows().first().getAttribute('data-number'))
    await page.getByTestId('toggle-run').click()
    expect((await batchAfter(number)).size).toBe(35)
  })

  it('exports the results as a CSV that says what the ledger says', async () => {
    await page.getByTestId('toggle-run').click()
    await expect.poll(() => numberOf('in-flight'), { timeout: 20_000 }).toBe(0)
    const done = await numberOf('done')
    await page.getByTestId('export').click()
    await page.getByTestId('export-results').click()
    await page.locator('[data-testid=export-row][data-kind=finished]').waitFor()
    const [file = ''] = await readdir(join(app.home, 'Downloads'))
    expect(await page.getByTestId('export-row').innerText()).toContain(file)
    const text = await readFile(join(app.home, 'Downloads', file), 'utf8')
    const records = parse(text, { columns: true }) as Record<string, string>[] // `columns` makes records of the rows
    expect(records).toHaveLength(done)
    expect(Object.keys(records[0] ?? {})).toEqual(RESULT_COLUMNS.map(({ name }) => name))
    expect(records.every(({ status }) => status === 'success')).toBe(true)
    expect(new Set(records.map((row) => `${row['wallet_address']}:${row['token_address']}`)).size).toBe(done)
  })

  it('stops at once after asking, and gives what is in flight back', async () => {
    await page.getByTestId('toggle-run').click()
    await expect.poll(() => numberOf('in-flight'), { timeout: 20_000 }).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Stop now' }).click()
    await page.locator('[data-danger]').click()
    await expect.poll(() => numberOf('in-flight')).toBe(0)
    await expect.poll(() => page.getByTestId('ledger-lost').innerText()).toContain('0 lost')
    await page.getByText('Idle', { exact: false }).first().waitFor()
  })
})
