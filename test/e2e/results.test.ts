import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Simulator } from '../../src/main/simulator/simulator'
import { analyzedPairs } from '../support/analyzed-pairs'
import { launchApp, type RunningApp } from '../support/app'
import { expectFinePictures, withAxe } from '../support/picture'
import { freshPipeline, type Pipeline } from '../support/pipeline'

let pipeline: Pipeline
let simulator: Simulator
let done = 0

let app: RunningApp
let page: Page

const openPipelines: (() => Promise<void>)[] = []
beforeAll(async () => {
  pipeline = await freshPipeline((close) => openPipelines.push(close))
  ;({ simulator, done } = await analyzedPairs(pipeline, 200))
  app = await launchApp({ args: ['--redis', inject('redisUrl'), '--pipeline', pipeline.pipeline, '--api', simulator.url] })
  page = app.page
})
afterAll(async () => {
  expect(await app?.quit()).toBe(0)
  for (const close of openPipelines) await close()
  await simulator?.close()
})

async function openResults(): Promise<void> {
  await page.getByRole('navigation').getByText('Results', { exact: true }).click()
  await page.getByTestId('result-row').first().waitFor()
}

const count = () => page.getByTestId('result-count').innerText()
/** The cells of a column, as far as its rows are on screen. */
const column = (n: number) => page.locator(`[data-testid="result-row"] > span:nth-child(${n})`).allInnerTexts()
const usd = (texts: readonly string[]) => texts.map((text) => Number(text.replace('−', '-').replaceAll(/[$,]/g, '')))

describe('the results view', () => {
  it('shows every result, searches, filters and orders them, and exports what it shows', async () => {
    await openResults()
    await expect.poll(() => count()).toBe(`${done} pairs`)

    await page.getByRole('button', { name: 'Total P&L', exact: true }).click()
    await expect.poll(async () => usd(await column(3)).slice(0, 10)).toEqual(usd(await column(3)).slice(0, 10).toSorted((a, b) => b - a))
    await expect.poll(() => page.getByRole('columnheader', { name: 'Total P&L' }).getAttribute('aria-sort')).toBe('descending')

    await page.getByTestId('result-filters').click()
    await page.getByRole('textbox', { name: 'Trades at least' }).fill('3')
    await expect.poll(async () => count()).toMatch(new RegExp(`^\\d+ of ${done}$`))
    const withTrades = await count()
    await page.getByRole('textbox', { name: 'Total P&L at least' }).fill('0')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByTestId('result-filters').innerText()).toBe('Filters · 2')
    await expect.poll(() => count()).not.toBe(withTrades)
    const matching = Number((await count()).split(' ')[0])
    expect(matching).toBeGreaterThan(0)
    expect(matching).toBeLessThan(done)

    await page.getByTestId('export-selection').click()
    await page.getByTestId('export-shown-columns').click()
    await page.getByText('Results exported').waitFor()
    const [file = ''] = readdirSync(join(app.home, 'Downloads')).filter((name) => name.startsWith('sluice-results-'))
    const rows: Record<string, string>[] = parse(readFileSync(join(app.home, 'Downloads', file)), { columns: true })
    expect(rows).toHaveLength(matching)
    expect(Object.keys(rows[0] ?? {})).toContain('total_pnl_usd')
    expect(Object.keys(rows[0] ?? {})).not.toContain('analysis_ms')
    expect(rows.every((row) => Number(row['total_trades']) >= 3 && Number(row['total_pnl_usd']) >= 0)).toBe(true)

    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect.poll(() => count()).toBe(`${done} pairs`)
    const wallet = rows[0]?.['wallet_address'] ?? ''
    await page.getByRole('textbox', { name: 'Wallet' }).fill(wallet.slice(3, 20))
    await expect.poll(() => count()).toBe(`1 of ${done}`)
    await page.getByRole('textbox', { name: 'Wallet' }).fill('no such wallet')
    await page.getByText('No result matches').waitFor()
    await page.getByRole('region', { name: 'Distribution' }).getByText('No result to be spread out.').waitFor()
    await page.getByRole('textbox', { name: 'Wallet' }).fill('')
    await expect.poll(() => count()).toBe(`${done} pairs`)
  })

  it('shows and hides columns, and remembers which', async () => {
    await openResults()
    await page.getByTestId('result-columns').click()
    await page.getByRole('checkbox', { name: 'Epoch' }).check()
    await page.getByRole('columnheader', { name: 'Epoch' }).waitFor()
    await page.getByRole('checkbox', { name: 'Volume', exact: true }).uncheck()
    await expect.poll(() => page.getByRole('columnheader', { name: 'Volume' }).count()).toBe(0)
    await page.reload()
    await page.getByRole('columnheader', { name: 'Epoch' }).waitFor()
    expect(await page.getByRole('columnheader', { name: 'Volume' }).count()).toBe(0)
    await page.getByTestId('result-columns').click()
    await page.getByRole('button', { name: 'As at first' }).click()
    await expect.poll(() => page.getByRole('columnheader', { name: 'Epoch' }).count()).toBe(0)
  })

  it('opens a pair: its figures, its trades, its curve, and what BirdEye makes of it', async () => {
    await openResults()
    await page.getByRole('button', { name: 'Trades', exact: true }).click()
    await expect.poll(() => page.getByRole('columnheader', { name: 'Trades' }).getAttribute('aria-sort')).toBe('descending')
    await expect.poll(async () => Number((await column(6))[0])).toBeGreaterThan(3)
    const trades = (await column(6))[0] ?? ''
    await page.getByTestId('result-row').first().getByRole('link').click()
    await page.getByTestId('read-trades').click()
    await page.getByText(`Matched ${trades}`).waitFor()
    await page.getByText('USD, after each sell').waitFor()
    await page.getByText(/^Swaps \d+/).click()
    await page.getByRole('columnheader', { name: 'Side' }).waitFor()
    await page.getByTestId('compare').click()
    await page.getByRole('columnheader', { name: 'Difference' }).waitFor()
    await page.reload()
    await page.getByTestId('read-trades').waitFor()
    await page.getByText('All results').click()
    await page.getByTestId('result-row').first().waitFor()
  })
})

describe('the pictures of the results', () => {
  it('fit every size, dark and light, and have no serious accessibility fault', async () => {
    await withAxe(page)
    await openResults()
    await expect.poll(() => count()).toBe(`${done} pairs`)
    await expectFinePictures(page, 'results')
    expect(await page.getByRole('region', { name: 'Results, one row a pair' }).evaluate((table) => table.scrollWidth - table.clientWidth), 'columns beyond the right edge').toBeLessThanOrEqual(0)
    await page.getByTestId('result-filters').click()
    await page.getByRole('textbox', { name: 'Win rate at least' }).waitFor()
    await expectFinePictures(page, 'results-filters')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Trades', exact: true }).click()
    await expect.poll(async () => Number((await column(6))[0])).toBeGreaterThan(3)
    await page.getByTestId('result-row').first().getByRole('link').click()
    await page.getByTestId('read-trades').click()
    await page.getByText('USD, after each sell').waitFor()
    await page.getByTestId('compare').click()
    await page.getByRole('columnheader', { name: 'Difference' }).waitFor()
    await expectFinePictures(page, 'pair')
  })
})
