import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoAtWork } from '../support/demo-at-work'
import { expectFinePicture, LOOKS, takeLook, withAxe } from '../support/picture'

let page: Page
demoAtWork((opened) => (page = opened))

const card = () => page.getByRole('region', { name: 'Pacing' })
const choice = () => page.getByTestId('quota-1')
const logLines = () => page.getByTestId('log-line').allInnerTexts()
/** Requests per second that are let through, as the card says it. */
const permits = async () => Number(/([\d.]+)/.exec(await card().locator('b').first().innerText())?.[1])

describe('the quota of an account', () => {
  it('is learned where the settings say nothing of it, and the card says so', async () => {
    await expect.poll(() => choice().inputValue()).toBe('settings')
    expect(await choice().locator('option:checked').innerText()).toBe('as in the settings: learned')
  })

  it('can be told to be a plan while the engine works: in force at once, never exceeded, marked and logged', async () => {
    await expect.poll(permits, { timeout: 30_000 }).toBeGreaterThan(5)
    await choice().selectOption('standard')
    await expect.poll(() => card().innerText()).toContain('quota 1/s, configured')
    expect(await permits()).toBeLessThanOrEqual(1)
    await expect.poll(logLines).toContainEqual(expect.stringContaining('Quota of account 1: at most 1 in 1 s (standard)'))
    await page.getByTestId('marker').filter({ hasText: 'standard' }).or(page.getByTestId('marker').filter({ hasText: '+' })).first().waitFor()
    expect(await choice().inputValue()).toBe('standard')
  })

  it('can be limits of one’s own', async () => {
    await choice().selectOption('own')
    await page.getByRole('textbox', { name: 'Requests of limit 1' }).fill('12')
    await page.getByRole('button', { name: 'Another limit' }).click()
    await page.getByRole('textbox', { name: 'Requests of limit 2' }).fill('600')
    await page.getByRole('button', { name: 'Apply' }).click()
    await expect.poll(() => choice().locator('option:checked').innerText()).toBe('my own: 12/s and 600/min')
    await expect.poll(() => card().innerText()).toContain('quota 10/s, configured')
  })

  it('stays what was chosen over a reload, and is as the settings say when that is chosen', async () => {
    await page.reload()
    await expect.poll(() => choice().locator('option:checked').innerText()).toBe('my own: 12/s and 600/min')
    await choice().selectOption('settings')
    await expect.poll(logLines).toContainEqual(expect.stringContaining('Quota of account 1: learned from what the API accepts, as the settings say'))
    await expect.poll(() => card().innerText(), { timeout: 30_000 }).toContain('learned')
  })
})

describe('the pictures of the quota', () => {
  beforeAll(() => withAxe(page))

  it.each(LOOKS)('fit $width×$height, $colours, and have no serious accessibility fault', async (look) => {
    await takeLook(page, look)
    await choice().selectOption('premium')
    await expect.poll(() => choice().inputValue()).toBe('premium')
    await expectFinePicture(page, 'quota', look)
    await choice().selectOption('own')
    await page.getByRole('button', { name: 'Apply' }).waitFor()
    await expectFinePicture(page, 'quota-own', look)
  })
})
