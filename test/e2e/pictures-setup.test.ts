import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/main/simulator/simulator'
import { launchApp, type LaunchOptions } from '../support/app'
import { CANARY_KEY } from '../support/canaries'

const axe = createRequire(import.meta.url).resolve('axe-core')
const folder = resolve(import.meta.dirname, '../../test-results/pictures')
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 720 },
]

/** The app with axe on its page: it comes by the debugger, past the page's policy, which the app itself must obey. */
async function launch(options: LaunchOptions): Promise<Page> {
  const app = await launchApp(options)
  onTestFinished(async () => void (await app.quit()))
  await app.page.addInitScript({ path: axe })
  await app.page.reload()
  return app.page
}

async function picture(page: Page, name: string, { width, dark }: { readonly width: number; readonly dark: boolean }): Promise<void> {
  await page.screenshot({ path: `${folder}/${name}-${width}-${dark ? 'dark' : 'light'}.png` })
  const { overflow, faults } = await page.evaluate(async () => {
    const { axe: engine } = window as unknown as { axe: { run(): Promise<AxeResults> } } // put there by the init script
    const { violations } = await engine.run()
    return {
      overflow: document.documentElement.scrollWidth - window.innerWidth,
      faults: violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`),
    }
  })
  expect(faults, name).toEqual([])
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0)
}

describe.each([true, false])('the first page and the connections, dark: %s', (dark) => {
  it.each(SIZES)('fit $width×$height and have no serious accessibility fault', async ({ width, height }) => {
    const look = { width, dark }
    const simulator = await startSimulator({ latencyMs: 0, accounts: `one=${CANARY_KEY}` })
    onTestFinished(() => simulator.close())
    const page = await launch({ width, height, dark })
    const by = (id: string) => page.getByTestId(id)
    await by('welcome').waitFor()
    await picture(page, 'welcome', look)
    await by('welcome-own').click()
    await page.getByText('My own', { exact: true }).click()
    await by('redis-address').fill('127.0.0.1:1')
    await by('welcome-next').click()
    await expect.poll(() => by('welcome-verdict').innerText()).toContain('nothing listens there')
    await picture(page, 'welcome-redis', look)
    await page.getByText('Sluice’s own', { exact: true }).click()
    await by('welcome-next').click()
    await by('account-1-key').fill(CANARY_KEY)
    await by('api-address').fill(simulator.url)
    await by('test-key-1').click()
    await expect.poll(() => by('key-verdict-1').innerText()).toContain('accepts')
    await picture(page, 'welcome-key', look)
    await by('welcome-next').click()
    await page.getByText(new URL(simulator.url).host, { exact: false }).first().waitFor({ state: 'attached' })
    await page.getByRole('navigation').getByText('Setup', { exact: true }).click()
    await by('add-account').click()
    await page.getByText('My own', { exact: true }).click()
    await by('test-redis').click()
    await expect.poll(() => by('redis-verdict').innerText()).toContain('Enter the address')
    await by('account-2-plan').selectOption('premium')
    await by('test-key-1').click()
    await expect.poll(() => by('key-verdict-1').innerText()).toContain('accepts')
    await picture(page, 'setup', look)
  })
})
