import { describe, expect, it, onTestFinished } from 'vitest'
import { launchApp } from '../support/app'
import { expectFinePicture, PICTURE_SIZES, withAxe } from '../support/picture'


/** Takes the pictures that somebody looks at, and checks by program what a program can see. */
describe.each([true, false])('every view, dark: %s', (dark) => {
  it.each(PICTURE_SIZES)('fits $width×$height and has no serious accessibility fault', async ({ width, height }) => {
    const app = await launchApp({ width, height, dark, args: ['--autostart'] })
    onTestFinished(async () => void (await app.quit()))
    const { page } = app
    await page.getByTestId('batch-row').first().waitFor()
    await withAxe(page)
    await page.getByTestId('batch-row').first().waitFor()
    for (const view of ['Overview', 'Tuning', 'Batches', 'Log']) {
      await page.getByRole('navigation').getByText(view, { exact: true }).click()
      await expectFinePicture(page, view.toLowerCase(), { width, dark })
      const hiddenPx = await page.getByRole('main').evaluate((main) => main.scrollHeight - main.clientHeight)
      expect(hiddenPx, `${view} has to be scrolled`).toBeLessThanOrEqual(0)
    }
  })
})
