import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app'
import { expectFinePicture, LOOKS, takeLook, withAxe } from '../support/picture'

let app: RunningApp
let page: RunningApp['page']

beforeAll(async () => {
  // The others begin dark, and are turned light: this one begins light.
  app = await launchApp({ width: 1024, height: 720, dark: false, args: ['--autostart'] })
  page = app.page
  await withAxe(page)
  await page.getByTestId('batch-row').first().waitFor()
})
afterAll(async () => expect(await app?.quit()).toBe(0))

/** Takes the pictures that somebody looks at, and checks by program what a program can see. */
describe('every view', () => {
  it.each(LOOKS.toReversed())('fits $width×$height, $colours, and has no serious accessibility fault', async (look) => {
    await takeLook(page, look)
    for (const view of ['Overview', 'Tuning', 'Batches', 'Log']) {
      await page.getByRole('navigation').getByText(view, { exact: true }).click()
      await expectFinePicture(page, view.toLowerCase(), look)
      const hiddenPx = await page.getByRole('main').evaluate((main) => main.scrollHeight - main.clientHeight)
      expect(hiddenPx, `${view} has to be scrolled`).toBeLessThanOrEqual(0)
    }
  })
})
