import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { launchApp, type LaunchOptions } from '../support/app'

const axe = createRequire(import.meta.url).resolve('axe-core')
const folder = resolve(import.meta.dirname, '../../test-results/pictures')

async function openQueue(options: LaunchOptions = {}): Promise<Page> {
  const app = await launchApp(options)
  onTestFinished(async () => void (await app.quit()))
  await app.page.addInitScript({ path: axe })
  await app.page.reload()
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
  it.each([
    { width: 1440, height: 900 },
    { width: 1024, height: 720 },
  ])('fit $width×$height and have no serious accessibility fault', async ({ width, height }) => {
    const page = await openQueue({ width, height, dark })
    const name = `queue-${width}-${dark ? 'dark' : 'light'}`
    await page.screenshot({ path: `${folder}/${name}.png` })
    const { overflow, faults } = await page.evaluate(async () => {
      const { axe: engine } = window as unknown as { axe: { run(): Promise<AxeResults> } } // put there by the init script
      const { violations } = await engine.run()
      return {
        overflow: document.documentElement.scrollWidth - window.innerWidth,
        faults: violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
      }
    })
    expect(faults, name).toEqual([])
    expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0)
  })
})
