import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/main/simulator/simulator'
import type { SimulatorOptions } from '../../src/main/simulator/options'
import { launchApp, type RunningApp } from '../support/app'
import { expectFinePictures, LOOKS, pictureFile, takeLook, withAxe } from '../support/picture'


const preview = (page: Page) => page.getByTestId('discover-preview').innerText()
const news = (page: Page, kind: string) => page.locator(`[data-testid=discovery-news][data-kind=${kind}]`)
const numberOf = async (page: Page, testId: string) => Number((await page.getByTestId(testId).innerText()).replaceAll(',', ''))

describe('discovering pairs in the demo', () => {
  let app: RunningApp
  let page: Page

  beforeAll(async () => {
    app = await launchApp()
    page = app.page
    await page.getByTestId('ledger-ready').waitFor()
  })
  afterAll(async () => expect(await app?.quit()).toBe(0))

  it('says what it will cost before anything is sent', async () => {
    await page.getByTestId('discover').click()
    await expect.poll(() => preview(page)).toMatch(/101[\s\S]*3,050[\s\S]*1,000[\s\S]*time at 15\/s\s+≥\s7\s+s/)
    await page.getByTestId('discover-tokens').fill('10')
    await expect.poll(() => preview(page)).toMatch(/51\b[\s\S]*1,550[\s\S]*500/)
    await page.getByTestId('discover-tokens').fill('0')
    await page.getByText('1 to 1,000').waitFor()
    expect(await page.getByTestId('discover-start').isDisabled()).toBe(true)
    await page.getByTestId('discover-tokens').fill('10')
  })

  it('keeps the keys of the console out of the dialog', async () => {
    await page.getByTestId('discover-start').focus()
    await page.keyboard.press('e')
    await page.keyboard.press(']')
    await expect.poll(() => page.getByTestId('batch-size').innerText()).toBe('20')
    expect(await page.getByTestId('export-results').count()).toBe(0)
  })

  it('queues what it finds, says so, and the ledger agrees', async () => {
    await page.getByTestId('discover-start').click()
    await news(page, 'running').waitFor()
    await news(page, 'finished').waitFor()
    const enqueued = await numberOf(page, 'discovery-enqueued')
    expect(enqueued).toBeGreaterThan(0)
    expect(enqueued + (await numberOf(page, 'discovery-known')) + (await numberOf(page, 'discovery-tradersSkipped'))).toBe(500)
    await page.keyboard.press('Escape')
    await expect.poll(() => numberOf(page, 'ledger-enqueued')).toBe(1368 + enqueued)
    await expect.poll(() => page.getByTestId('log-line').allInnerTexts()).toContainEqual(expect.stringContaining('Discovery finished'))
  })

  it('goes on while the dialog is closed, and can be cancelled', async () => {
    await page.getByTestId('discover').click()
    await page.getByTestId('discover-tokens').fill('60')
    await page.getByTestId('discover-start').click()
    await news(page, 'running').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByTestId('discover').innerText()).toMatch(/Discovering \d+/)
    await page.getByTestId('discover').click()
    await page.getByTestId('discover-cancel').click()
    await news(page, 'cancelled').waitFor()
    await expect.poll(() => page.getByTestId('ledger-lost').innerText()).toContain('0 lost')
  })

  it('fits every size, dark and light, and has no serious accessibility fault', { timeout: 120_000 }, async () => {
    const picturesOf = async (name: string) => {
      for (const look of LOOKS) {
        await takeLook(page, look)
        await page.screenshot({ path: pictureFile(name, look) })
      }
    }
    await withAxe(page)
    await page.getByTestId('discover').waitFor()
    await picturesOf('discover-closed')
    await page.getByTestId('discover').click()
    await page.getByTestId('discover-tokens').fill('20')
    await expect.poll(() => preview(page)).toContain('101')
    await expectFinePictures(page, 'discover-before')
    await page.getByTestId('discover-tokens').fill('100')
    await page.getByTestId('discover-start').click()
    await expect.poll(() => numberOf(page, 'discovery-known')).toBeGreaterThan(50)
    await picturesOf('discover-running')
    expect(await news(page, 'running').count()).toBe(1)
    await page.getByTestId('discover-cancel').click()
    await news(page, 'cancelled').waitFor()
    await page.getByTestId('discover-tokens').fill('2')
    await page.getByTestId('discover-start').click()
    await news(page, 'finished').waitFor()
    await expectFinePictures(page, 'discover-finished')
  })
})

describe('against another API, with an empty queue', () => {
  async function opened(api: SimulatorOptions, dark: boolean) {
    const simulator = await startSimulator({ latencyMs: 20, ...api })
    onTestFinished(() => simulator.close())
    const env = { SLUICE_API_BASE_URL: simulator.url, SLUICE_API_KEYS: 'some-key-1' }
    const app = await launchApp({ width: 1024, height: 720, dark, env })
    onTestFinished(async () => void (await app.quit()))
    await app.page.getByText('The queue is empty. Press Discover pairs').waitFor()
    return app.page
  }

  it('skips tokens that cannot be read, and says which and why', async () => {
    const page = await opened({ faults: '422=0.15' }, true)
    await page.screenshot({ path: pictureFile('discover-empty', { width: 1024, dark: true }) })
    await page.getByTestId('discover').click()
    await page.getByLabel('Chain').waitFor()
    await page.getByTestId('discover-traders').fill('10')
    await page.getByTestId('discover-start').click()
    await news(page, 'finished').waitFor()
    expect(await news(page, 'finished').innerText()).toMatch(/tokens? skipped[\s\S]*Invalid data/)
    expect(await numberOf(page, 'discovery-enqueued')).toBeGreaterThan(0)
    await page.screenshot({ path: pictureFile('discover-skips', { width: 1024, dark: true }) })
  })

  it('ends with the message when the key is refused', async () => {
    const page = await opened({ accounts: 'one=another-key' }, false)
    await page.getByTestId('discover').click()
    await page.getByTestId('discover-start').click()
    await news(page, 'failed').waitFor()
    expect(await news(page, 'failed').innerText()).toMatch(/key 1 of account 1.*Correct/)
    expect(await news(page, 'failed').innerText()).not.toContain('some-key-1')
    await page.screenshot({ path: pictureFile('discover-failed', { width: 1024, dark: false }) })
  })
})
