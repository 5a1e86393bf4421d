import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoAtWork } from '../support/demo-at-work'
import { expectFinePicture, LOOKS, takeLook, withAxe } from '../support/picture'

let page: Page
demoAtWork((opened) => (page = opened))

const status = () => page.getByRole('banner').getByRole('status').innerText()

async function press(...keys: string[]): Promise<void> {
  await page.locator('body').click({ position: { x: 5, y: 5 } })
  for (const key of keys) await page.keyboard.press(key)
}

describe('a pause that ends by itself', () => {
  it('says until when, and can be ended before', async () => {
    await page.getByTestId('pause-until').click()
    await page.getByRole('button', { name: '15 min' }).click()
    await expect.poll(status).toMatch(/^Paused until \d\d:\d\d$/)
    await page.getByTestId('toggle-run').click()
    await expect.poll(status).toBe('Running')
  })
})

describe('the time limit of a pair', () => {
  it('is changed while the engine works, and the log says so', async () => {
    const field = page.getByRole('textbox', { name: 'Time limit of a pair' })
    await field.fill('120')
    await field.press('Enter')
    await page.getByText('Time limit of a pair: 300 → 120 s').waitFor()
    await expect.poll(() => field.inputValue()).toBe('120 s')
  })
})

describe('the compute units', () => {
  it('tell what requests have cost, and what the rest of the queue will, as a range', async () => {
    const tile = page.getByRole('region', { name: 'Compute units' })
    await expect.poll(() => tile.innerText(), { timeout: 60_000 }).toMatch(/rest ≈ [\d,.]+/)
    expect(Number(/([\d,]+)\s+spent/.exec(await tile.innerText())?.[1]?.replaceAll(',', ''))).toBeGreaterThan(100)
  }, 70_000)
})

describe('another pacing', () => {
  it('is said to be asked for until it is in force', async () => {
    await page.getByText('Classic', { exact: true }).click()
    const pending = page.getByTestId('pacing-pending')
    await pending.filter({ hasText: 'Classic asked for, Adaptive until what is in flight is finished' }).waitFor()
    await expect.poll(() => pending.count(), { timeout: 30_000 }).toBe(0)
    await page.getByText('Adaptive', { exact: true }).click()
    await page.getByRole('region', { name: 'Compute units' }).waitFor()
  }, 40_000)
})

describe('the second chart', () => {
  it('shows the times of the pairs in place of the refusals', async () => {
    await page.getByText('Times', { exact: true }).click()
    await page.getByRole('region', { name: /^Time per pair of/ }).waitFor()
    await expect.poll(() => page.getByText('No pair has been done in this range.').count()).toBe(0)
    await page.getByText('Refusals', { exact: true }).click()
    await page.getByRole('region', { name: /^Retries and refusals/ }).waitFor()
  })
})

describe('the command palette', () => {
  it('goes to a view by its name, and does what the controls do', async () => {
    await press('Control+k')
    await page.getByPlaceholder('Go to a view, or do something …').fill('resul')
    await page.keyboard.press('Enter')
    await page.getByRole('main', { name: 'Results' }).waitFor()
    await press('Control+k')
    await page.getByPlaceholder('Go to a view, or do something …').fill('pause')
    await page.keyboard.press('Enter')
    await expect.poll(status).toMatch(/Paus/)
    await press('Control+k')
    await page.getByPlaceholder('Go to a view, or do something …').fill('no such command')
    await page.getByText('No command is called that').waitFor()
    await page.keyboard.press('Escape')
  })

  it('has what the view on screen can do, and finds in it by a key', async () => {
    await page.getByRole('navigation').getByText('Queue', { exact: true }).click()
    await page.getByTestId('set-priority').waitFor()
    await press('Control+k')
    await page.getByPlaceholder('Go to a view, or do something …').fill('priority of all')
    await page.getByText('Priority of all that wait: 9').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByPlaceholder('Go to a view, or do something …').count()).toBe(0)
    await press('/')
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-search'))).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('navigation').getByText('Overview', { exact: true }).click()
  })

  it('lists the keys on ?', async () => {
    await press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Batch size five more').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count()).toBe(0)
  })
})

describe('the pictures of the palette', () => {
  beforeAll(() => withAxe(page))

  it.each(LOOKS)('fit $width×$height, $colours, and have no serious accessibility fault', async (look) => {
    await takeLook(page, look)
    await page.getByTestId('toggle-run').waitFor()
    await press('Control+k')
    await page.getByText('Keyboard shortcuts').waitFor({ state: 'attached' })
    await expectFinePicture(page, 'palette', look)
    await page.keyboard.press('Escape')
    await page.getByPlaceholder('Go to a view, or do something …').waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    await page.getByText('Batch size five more').waitFor()
    await expectFinePicture(page, 'shortcuts', look)
    await page.keyboard.press('Escape')
    await page.getByText('Batch size five more').waitFor({ state: 'detached' })
  })
})
