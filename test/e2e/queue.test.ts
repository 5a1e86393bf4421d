import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchApp, type RunningApp } from '../support/app'
import { expectFinePicture, LOOKS, takeLook, withAxe } from '../support/picture'

let app: RunningApp
let page: Page

beforeAll(async () => {
  app = await launchApp()
  page = app.page
  await withAxe(page)
  await goToQueue(page)
})
afterAll(async () => expect(await app?.quit()).toBe(0))

async function goToQueue(of: Page): Promise<void> {
  await of.getByRole('navigation').getByText('Queue', { exact: true }).click()
  await of.getByTestId('queue-row').first().waitFor()
}

const cells = (of: Page, column: string) => of.locator(`[data-testid="queue-row"] > [data-column=${column}]`).allInnerTexts()
const wallets = (of: Page) =>
  of.locator('[data-testid="queue-row"] > [data-column=wallet]').evaluateAll((found) => found.map((cell) => cell.getAttribute('title') ?? ''))

describe('the queue view', () => {
  it('shows what comes up, and lets a pair go first', async () => {
    await expect.poll(async () => (await cells(page, 'position')).slice(0, 3)).toEqual(['1', '2', '3'])
    const third = (await wallets(page))[2]
    await page.getByTestId('queue-row').nth(2).getByRole('checkbox').check()
    await page.getByText('Priority of 1 pair').waitFor()
    await page.getByTestId('set-priority').click()
    await page.getByText('1 pair changed priority.').waitFor()
    await expect.poll(async () => (await wallets(page))[0]).toBe(third)
    expect((await cells(page, 'priority'))[0]?.trim()).toBe('9')
    await page.getByText(/^In flight/).first().click()
    await page.getByText('No pair is in flight').waitFor()
    await page.getByText(/^Ready/).first().click()
    await page.getByTestId('queue-row').first().waitFor()
  })

  it('brings the last pair to the screen without having them all there', async () => {
    await expect.poll(() => page.getByTestId('ledger-ready').innerText()).toBe('1,368')
    const table = page.getByRole('region', { name: 'Pairs, the next one first' })
    await table.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
    await expect.poll(async () => (await cells(page, 'position')).at(-1)).toBe('1,368')
    expect(await page.getByTestId('queue-row').count()).toBeLessThan(80)
  })

  it('finds a wallet by a part of its address, where it stands, and lets all that is found go first', async () => {
    const other = await launchApp()
    onTestFinished(async () => void (await other.quit()))
    const { page } = other
    await goToQueue(page)
    const wallet = (await wallets(page))[7] ?? ''
    const search = page.getByRole('textbox', { name: 'Search wallet or token address' })
    await search.fill(wallet.slice(3, 15))
    await page.getByText(/^\d+ found$/).waitFor()
    await expect.poll(async () => [...new Set(await wallets(page))]).toEqual([wallet])
    expect(await cells(page, 'position')).toContain('8')
    const found = (await cells(page, 'position')).length
    await page.getByTestId('set-priority').click()
    await page.getByText(found === 1 ? '1 pair changed priority.' : `${found} pairs changed priority.`).waitFor()
    await expect.poll(async () => (await cells(page, 'position'))[0]).toBe('1')
    await search.fill('nobody has this')
    await page.getByText('No pair matches').waitFor()
    await search.fill('')
    await expect.poll(async () => (await wallets(page))[0]).toBe(wallet)
  })
})

describe('the pictures of the queue', () => {
  it.each(LOOKS)('fit $width×$height, $colours, and have no serious accessibility fault', async (look) => {
    await takeLook(page, look)
    await page.getByRole('region', { name: 'Pairs, the next one first' }).evaluate((element) => element.scrollTo({ top: 0 }))
    await expect.poll(async () => (await cells(page, 'position'))[0]).toBe('1')
    await expectFinePicture(page, 'queue', look)
  })
})

describe('the pairs in flight', () => {
  it('shows what is in flight with its batch and the end of its lease', async () => {
    await page.getByTestId('toggle-run').click()
    await page.getByText(/^In flight/).first().click()
    await expect.poll(async () => (await cells(page, 'batch'))[0] ?? '', { timeout: 20_000 }).toMatch(/^#\d+$/)
    await expect.poll(async () => (await cells(page, 'moment'))[0] ?? '').toMatch(/^in \d+\s(s|min)/)
  })
})
