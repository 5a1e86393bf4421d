import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app'
import { expectFinePicture, LOOKS, takeLook, withAxe } from '../support/picture'

let app: RunningApp
let page: Page

const doneBeyond = (count: number) =>
  page.waitForFunction((least) => Number(document.querySelector('[data-testid=ledger-done]')?.textContent?.replaceAll(',', '')) > least, count)
const chart = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) })
const CHARTS = ['Throughput', 'Retries and refusals', 'Queue depth'] as const

/** Works for some seconds, with a marker in the middle of them, and pauses: nothing moves on the charts but time. */
async function workAndPause(): Promise<void> {
  await doneBeyond(40)
  await page.getByText('Classic', { exact: true }).click()
  await doneBeyond(80)
  await page.getByTestId('toggle-run').click()
  await page.getByTestId('ledger-in-flight').filter({ hasText: /^0$/ }).waitFor()
}

beforeAll(async () => {
  app = await launchApp({ args: ['--autostart'] })
  page = app.page
  await workAndPause()
}, 90_000)
afterAll(async () => expect(await app?.quit()).toBe(0))

/** Puts the pointer over the newest marker of a chart. */
async function hoverMarker(region: Locator): Promise<void> {
  // A line has no width, and is hidden for Playwright's own hover.
  const line = await region.locator('line[class*="marker-"]').last().boundingBox()
  const plot = await region.locator('.recharts-surface').first().boundingBox()
  if (line === null || plot === null) throw new Error('The chart has no marker')
  await page.mouse.move(line.x, plot.y + plot.height / 3)
}

describe('every chart of the overview', () => {
  it.each([...CHARTS, 'Time per pair'])('%s tells on hover what happened there, and all others have the crosshair at the same time', async (name) => {
    if (name === 'Time per pair') await page.getByText('Times', { exact: true }).click()
    const region = chart(name)
    await region.locator('line[class*="marker-"]').first().waitFor({ state: 'attached' })
    await expect
      .poll(async () => {
        await hoverMarker(region)
        return region.locator('[class*="tooltipEvent"]').allInnerTexts()
      })
      .toContainEqual(expect.stringMatching(/\d\d:\d\d:\d\d .*paus/i))
    const others = name === 'Time per pair' ? ['Throughput', 'Time per pair', 'Queue depth'] : CHARTS
    const places = await Promise.all(others.map(async (other) => (await chart(other).locator('.recharts-tooltip-cursor').boundingBox())?.x))
    expect(new Set(places.map((x) => x && Math.round(x))).size).toBe(1)
    expect(places[0]).toBeGreaterThan(0)
    if (name === 'Time per pair') await page.getByText('Refusals', { exact: true }).click()
  })
})

describe('the brush', () => {
  const figures = () => page.getByTestId('span-figures')
  const ticks = () => chart('Throughput').locator('text[class*="tick"]').allTextContents()
  const timesShown = async () => (await ticks()).filter((words) => /^\d\d:\d\d/.test(words))

  it('chooses a stretch by dragging over a chart: all charts show it and stand still, and it has figures', async () => {
    const plot = await chart('Queue depth').locator('.recharts-surface').first().boundingBox()
    if (plot === null) throw new Error('There is no chart')
    const y = plot.y + plot.height / 2
    await page.mouse.move(plot.x + plot.width * 0.5, y)
    await page.mouse.down()
    await page.mouse.move(plot.x + plot.width * 0.7, y, { steps: 4 })
    await page.mouse.move(plot.x + plot.width * 0.98, y, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => figures().innerText()).toMatch(/\d\d:\d\d:\d\d–\d\d:\d\d:\d\d · \d+\s(s|min).* [\d,]+ pairs done · [\d.]+\/s · [\d,]+ refused/)
    const [from = ''] = (await figures().innerText()).split('–')
    await expect.poll(async () => {
      const times = await timesShown()
      return times.length > 0 && times.every((time) => time >= from.slice(0, time.length))
    }).toBe(true)
    const before = await ticks()
    expect(before).not.toEqual([])
    await page.evaluate(() => new Promise<void>((resolve) => {
      let seen = 0
      const end = window.sluice?.onFrame(() => {
        seen += 1
        if (seen < 12) return
        end?.()
        resolve()
      })
    }))
    expect(await ticks()).toEqual(before)
  })

  it('is moved and drawn out by keys, and let go by Escape', async () => {
    const said = await figures().innerText()
    await page.getByTestId('zoom-from').focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => figures().innerText()).not.toBe(said)
    const from = Number(await page.getByTestId('zoom-from').getAttribute('aria-valuenow'))
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => Number(await page.getByTestId('zoom-from').getAttribute('aria-valuenow'))).toBe(from + 5)
    await page.getByTestId('zoom-to').focus()
    await page.keyboard.press('End')
    await expect.poll(() => figures().innerText()).toMatch(/pairs done/)
    await page.keyboard.press('Escape')
    await figures().waitFor({ state: 'detached' })
  })

  it('is drawn up on the strip, and a range or the button leads back', async () => {
    const strip = await page.getByTestId('time-strip').boundingBox()
    if (strip === null) throw new Error('There is no strip')
    const drawUp = async () => {
      await page.mouse.move(strip.x + strip.width * 0.2, strip.y + 10)
      await page.mouse.down()
      await page.mouse.move(strip.x + strip.width * 0.4, strip.y + 10, { steps: 4 })
      await page.mouse.up()
      await figures().waitFor()
    }
    await drawUp()
    await page.getByTestId('zoom-out').click()
    await figures().waitFor({ state: 'detached' })
    await drawUp()
    await page.getByText('1 m', { exact: true }).click()
    await expect.poll(() => figures().count()).toBe(0)
  })
})

describe('the pictures of a stretch that is looked at', () => {
  beforeAll(() => withAxe(page))

  it.each(LOOKS)('fit $width×$height, $colours, and have no serious accessibility fault', async (look) => {
    await takeLook(page, look)
    await page.getByTestId('time-strip').waitFor()
    await expectFinePicture(page, 'overview-strip', look)
    await page.getByTestId('zoom-from').focus()
    await page.keyboard.press('End')
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowLeft')
    await page.getByTestId('span-figures').waitFor()
    await expectFinePicture(page, 'zoom', look)
    await page.keyboard.press('Escape')
    await page.getByTestId('span-figures').waitFor({ state: 'detached' })
  })
})
