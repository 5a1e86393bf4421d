import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app'

const folder = resolve(import.meta.dirname, '../../test-results/pictures')
let app: RunningApp
let page: Page

beforeAll(async () => {
  app = await launchApp({ args: ['--autostart'] })
  page = app.page
  await page.getByRole('navigation').getByText('Tuning', { exact: true }).click()
  await chart().waitFor()
})
afterAll(async () => expect(await app?.quit()).toBe(0))

const chart = () => page.getByTestId('tuning-chart')
const samples = async () => Number(await chart().getAttribute('data-samples'))
const advice = () => page.getByTestId('size-advice').innerText()
const shownSize = async () => Number(await page.getByTestId('batch-size').innerText())
const epochs = () => page.getByTestId('epoch-row').count()

async function setSize(size: number): Promise<void> {
  const field = page.getByRole('spinbutton', { name: 'Batch size' }).first()
  await field.fill(String(size))
  await field.press('Enter')
  await expect.poll(() => page.getByTestId('batch-size-state').innerText()).toMatch(/in force/)
}

describe('the tuning view', () => {
  it('says that one size is not enough to go by, and draws what was measured', { timeout: 120_000 }, async () => {
    expect(await page.getByTestId('knee').innerText()).toMatch(/Nothing is measured yet|Not enough variation/)
    await setSize(4)
    // Long enough for this size to be compared with the next one.
    await expect.poll(samples, { timeout: 60_000 }).toBeGreaterThanOrEqual(3)
    expect(await page.getByTestId('knee').innerText()).toMatch(/Not enough variation yet|Still rising|knee is at|Flat/)
  })

  it('tells what a size is expected to do while the slider is dragged, before it is let go', async () => {
    const before = await shownSize()
    const thumb = await page.getByRole('slider', { name: 'Batch size slider' }).boundingBox()
    if (thumb === null) throw new Error('The slider has no thumb')
    const [x, y] = [thumb.x + thumb.width / 2, thumb.y + thumb.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 40, y, { steps: 8 })
    await expect.poll(advice).toMatch(new RegExp(`${before} → \\d+: `))
    await expect.poll(advice).toMatch(/goodput|no change to speak of/)
    expect(await page.getByTestId('batch-size-state').innerText()).toContain(`now ${before}`)
    await page.screenshot({ path: `${folder}/tuning-dragging-1440-dark.png` })
    await page.mouse.up()
    await expect.poll(() => page.getByTestId('batch-size-state').innerText()).toMatch(/in force/)
    expect(await shownSize()).toBeGreaterThan(before)
  })

  it('keeps the spans of constant settings side by side, and compares the last two', { timeout: 120_000 }, async () => {
    await expect.poll(epochs).toBeGreaterThanOrEqual(2)
    const comparison = page.getByTestId('comparison')
    await expect.poll(() => comparison.getAttribute('data-kind'), { timeout: 40_000 }).toBe('compared')
    expect(await comparison.innerText()).toMatch(/± \d+\s%[\s\S]*(More than chance|May well be chance)/)
  })

  it('has its curve and the last two settings on the overview as well, which lead here', async () => {
    await page.getByRole('navigation').getByText('Overview', { exact: true }).click()
    const card = page.getByTestId('tuning-card')
    await card.getByRole('region', { name: /^Goodput against batch size/ }).waitFor()
    await expect.poll(() => card.innerText()).toMatch(/A · .*size[\s\S]*B · .*size[\s\S]*± \d+\s%/)
    await card.getByRole('link', { name: 'Tuning' }).click()
    await page.getByRole('main', { name: 'Tuning' }).waitFor()
  })

  it('runs the search on the curve, and can cancel it', { timeout: 120_000 }, async () => {
    const card = page.getByRole('region', { name: 'Batch size', exact: true })
    await page.keyboard.press('Escape')
    await page.keyboard.press('f')
    await expect.poll(() => chart().innerText(), { timeout: 20_000 }).toMatch(/trying \d+/)
    await expect.poll(() => card.innerText(), { timeout: 60_000 }).toMatch(/[1-9] sizes? measured/)
    await page.screenshot({ path: `${folder}/tuning-search-1440-dark.png` })
    await card.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => page.getByRole('region', { name: /^Why the engine/ }).first().innerText()).toMatch(/cancelled; back to \d+/)
  })

  it('gives each pacing its own dots, and says the engine’s reasons', { timeout: 120_000 }, async () => {
    const before = await samples()
    await page.getByText('Classic', { exact: true }).click()
    await expect.poll(() => chart().innerText(), { timeout: 30_000 }).toContain('a dot is a batch with its pause')
    await expect.poll(samples, { timeout: 30_000 }).toBeGreaterThan(1)
    expect(before).toBeGreaterThan(2)
    await page.getByText('Adaptive', { exact: true }).click()
    await expect.poll(samples, { timeout: 30_000 }).toBeGreaterThanOrEqual(before)
  })

  it('is the same after a reload', { timeout: 60_000 }, async () => {
    const [before, knee] = [await samples(), await page.getByTestId('knee').innerText()]
    await page.getByTestId('toggle-run').click()
    await page.reload()
    await expect.poll(samples).toBeGreaterThanOrEqual(before)
    expect(knee).not.toMatch(/Nothing is measured/)
    expect(await page.getByTestId('knee').innerText()).not.toMatch(/Nothing is measured/)
  })

  it.each([
    { width: 1440, height: 900, colorScheme: 'dark' },
    { width: 1440, height: 900, colorScheme: 'light' },
    { width: 1024, height: 720, colorScheme: 'dark' },
    { width: 1024, height: 720, colorScheme: 'light' },
  ] as const)('fits $width×$height, $colorScheme, full of data', async ({ width, height, colorScheme }) => {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${folder}/tuning-full-${width}-${colorScheme}.png` })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  })
})
