import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { launchApp } from '../support/app'
import { demoAtWork } from '../support/demo-at-work'
import { expectFinePicture, PICTURE_SIZES, withAxe } from '../support/picture'

let page: Page
demoAtWork((opened) => (page = opened))

const offer = () => page.getByTestId('undo')

describe('undo', () => {
  it('takes a change back by its button, and the log tells both', async () => {
    await page.getByText('Classic', { exact: true }).click()
    await offer().filter({ hasText: 'pacing classic' }).waitFor()
    await offer().getByRole('button', { name: /^Undo/ }).click()
    await expect.poll(() => page.getByTestId('log-line').allInnerTexts()).toContainEqual(expect.stringContaining('Pacing: adaptive'))
    await expect.poll(() => offer().count()).toBe(0)
  })

  it('takes a change back by its keys', async () => {
    const limit = page.getByRole('textbox', { name: 'Time limit of a pair' })
    await limit.fill('120')
    await limit.press('Enter')
    await offer().filter({ hasText: 'limit 120 s' }).waitFor()
    await page.locator('body').click({ position: { x: 5, y: 5 } })
    await page.keyboard.press('Control+z')
    await expect.poll(() => limit.inputValue()).toBe('300 s')
  })

  it('takes a quota back to what it was', async () => {
    const choice = page.getByTestId('quota-1')
    await choice.selectOption('standard')
    await offer().filter({ hasText: 'quota standard' }).waitFor()
    await offer().getByRole('button', { name: /^Undo/ }).click()
    await expect.poll(() => choice.inputValue()).toBe('settings')
  })

  it('takes a change of priorities back', async () => {
    await page.getByTestId('toggle-run').click()
    await page.getByRole('navigation').getByText('Queue', { exact: true }).click()
    await page.getByTestId('set-priority').click()
    await offer().filter({ hasText: 'priority 9' }).waitFor()
    await offer().getByRole('button', { name: /^Undo/ }).click()
    await page.getByRole('navigation').getByText('Queue', { exact: true }).click()
    await expect.poll(() => offer().count()).toBe(0)
  })

  it('is offered for some seconds only, and can be put away', async () => {
    await page.keyboard.press('Control+]')
    await offer().waitFor()
    await offer().getByRole('button', { name: 'Dismiss' }).click()
    expect(await offer().count()).toBe(0)
  })
})

describe.each([true, false])('the pictures of undo, dark: %s', (dark) => {
  it.each(PICTURE_SIZES)('fit $width×$height and have no serious accessibility fault', async ({ width, height }) => {
    const other = await launchApp({ args: ['--autostart'], width, height, dark })
    onTestFinished(async () => void (await other.quit()))
    await withAxe(other.page)
    await other.page.getByText('Classic', { exact: true }).click()
    await other.page.getByTestId('undo').hover()
    await expectFinePicture(other.page, 'undo', { width, dark })
  })
})
