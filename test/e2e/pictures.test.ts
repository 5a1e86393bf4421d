import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { AxeResults } from 'axe-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { launchApp } from '../support/app'

const axe = createRequire(import.meta.url).resolve('axe-core')
const folder = resolve(import.meta.dirname, '../../test-results/pictures')
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 720 },
]

/** Takes the pictures that somebody looks at, and checks by program what a program can see. */
describe.each([true, false])('every view, dark: %s', (dark) => {
  it.each(SIZES)('fits $width×$height and has no serious accessibility fault', async ({ width, height }) => {
    const app = await launchApp({ width, height, dark, args: ['--autostart'] })
    onTestFinished(async () => void (await app.quit()))
    const { page } = app
    await expect.poll(() => page.getByTestId('batch-row').count()).toBeGreaterThan(1)
    // Axe comes by the debugger, past the page's policy, which the app itself must obey.
    await page.addInitScript({ path: axe })
    await page.reload()
    await page.getByTestId('batch-row').first().waitFor()
    for (const view of ['Overview', 'Tuning', 'Batches', 'Log']) {
      await page.getByRole('navigation').getByText(view, { exact: true }).click()
      await page.screenshot({ path: `${folder}/${view.toLowerCase()}-${width}-${dark ? 'dark' : 'light'}.png` })
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
      expect(faults, view).toEqual([])
      expect(overflow, `${view} is wider than the window`).toBeLessThanOrEqual(0)
    }
  })
})
