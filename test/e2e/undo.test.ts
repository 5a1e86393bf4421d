import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoAtWork } from '../support/demo-at-work'
import { expectFinePicture, LOOKS, takeLook, withAxe } from '../support/picture'

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

describe('the pictures of undo', () => {
  beforeAll(async () => {
    await withAxe(page)
    await page.getByRole('navigation').getByText('Overview', { exact: true }).click()
  })

  it.each(LOOKS)('fit $width×$height, $colours, and have no serious accessibility fault', async (look) => {
    await takeLook(page, look)
    await page.getByText('Classic', { exact: true }).click()
    await offer().filter({ hasText: 'pacing classic' }).hover()
    await expectFinePicture(page, 'undo', look)
    await offer().getByRole('button', { name: /^Undo/ }).click()
    await expect.poll(() => offer().count()).toBe(0)
  })
})
