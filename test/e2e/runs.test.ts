import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app'
import { expectFinePicture, LOOKS, takeLook, withAxe } from '../support/picture'

let app: RunningApp
let page: Page

beforeAll(async () => {
  app = await launchApp()
  page = app.page
})
afterAll(async () => expect(await app?.quit()).toBe(0))

const goTo = (view: string) => page.getByRole('navigation').getByText(view, { exact: true }).click()
const done = async () => Number((await page.getByTestId('ledger-done').innerText()).replaceAll(',', ''))
const clock = async () => (await page.getByTestId('replay-clock').innerText()).split(' / ')[0]

/** Works for a while with a marker in it, then stops. */
async function workOnce(): Promise<void> {
  await page.getByTestId('toggle-run').click()
  await expect.poll(() => done(), { timeout: 30_000 }).toBeGreaterThan(30)
  await page.getByText('Classic', { exact: true }).click()
  await expect.poll(() => done(), { timeout: 30_000 }).toBeGreaterThan(60)
  await page.getByRole('button', { name: 'Stop now' }).click()
  await page.locator('[data-danger]').click()
  await page.getByText('Idle', { exact: false }).first().waitFor()
  await expect.poll(() => page.getByTestId('ledger-in-flight').innerText()).toBe('0')
}

async function openRecording(): Promise<void> {
  await goTo('Runs')
  // Its end is kept a moment after it.
  const row = page.getByTestId('run-row').filter({ hasNotText: /cut off|goes on/ })
  await row.getByTestId('replay-run').click()
  await page.getByTestId('replay-bar').waitFor()
}

describe('a recorded run', () => {
  it('is listed, replayed at any speed and place, and touches nothing of the live engine', async () => {
    await goTo('Runs')
    await page.getByText('No run has been recorded yet.', { exact: false }).waitFor()
    await goTo('Overview')
    await workOnce()
    const worked = await done()
    await openRecording()
    // Ten times as fast it could be over before it is paused.
    await page.getByText('1×', { exact: true }).click()

    // From its beginning on, by itself.
    await expect.poll(() => page.url()).toContain('#overview')
    await expect.poll(() => done(), { timeout: 20_000 }).toBeGreaterThan(5)
    await page.getByTestId('replay-toggle').click()
    expect(await page.getByTestId('replay-toggle').getAttribute('aria-label')).toBe('Play')

    // By keys: to its end, where it says what was said then, and back to its beginning.
    await page.getByTestId('scrubber').focus()
    await page.keyboard.press('End')
    await expect.poll(() => done()).toBe(worked)
    await expect.poll(() => page.getByTestId('log-line').allInnerTexts()).toContainEqual(expect.stringContaining('Pacing: classic'))
    const atEnd = await clock()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => clock()).not.toBe(atEnd)
    await page.keyboard.press('Home')
    await expect.poll(() => done()).toBeLessThan(10)
    expect(await clock()).toBe('00:00')

    // The whole of it at once, to its end; then Space plays it again, and pauses.
    await page.getByText('max', { exact: true }).click()
    await page.getByTestId('replay-toggle').click()
    await expect.poll(() => done(), { timeout: 20_000 }).toBe(worked)
    await expect.poll(() => page.getByTestId('replay-toggle').getAttribute('aria-label')).toBe('Play again')

    // Nothing here reaches the engine of now.
    expect(await page.getByTestId('toggle-run').count()).toBe(0)
    expect(await page.getByText('Adaptive', { exact: true }).locator('xpath=preceding-sibling::input').or(page.getByRole('radio', { name: 'Adaptive' })).first().isDisabled()).toBe(true)
    await page.locator('body').press(']')
    await page.getByRole('alert').filter({ hasText: 'This is a recording' }).waitFor()
    await goTo('Queue')
    await page.getByText('Not part of a recording').waitFor()
    await goTo('Overview')
    await page.getByTestId('back-to-live').click()
    await page.getByTestId('replay-bar').waitFor({ state: 'detached' })
    await page.getByTestId('toggle-run').waitFor()
    expect(await done()).toBe(worked)
  })

  it('lets the live engine go on meanwhile, and is there after a restart of the page', async () => {
    const worked = await done()
    await goTo('Runs')
    await page.getByTestId('run-row').filter({ hasNotText: /cut off|goes on/ }).waitFor()
    await page.getByTestId('toggle-run').click()
    await expect.poll(() => done(), { timeout: 30_000 }).toBeGreaterThan(worked)
    await openRecording()
    await page.getByTestId('scrubber').focus()
    await page.keyboard.press('End')
    await expect.poll(() => done()).toBe(worked)
    await expect.poll(() => page.getByTestId('replay-bar').innerText()).toMatch(/Live now: running · [\d.]+ pairs\/s/)
    await page.getByTestId('back-to-live').click()
    await expect.poll(() => done()).toBeGreaterThan(worked)
    await page.reload()
    await goTo('Runs')
    await expect.poll(() => page.getByTestId('run-row').count()).toBe(2)
  })
})

describe('the pictures of runs and replay', () => {
  beforeAll(() => withAxe(page))

  it.each(LOOKS)('fit $width×$height, $colours, and have no serious accessibility fault', async (look) => {
    await takeLook(page, look)
    await goTo('Runs')
    await page.getByTestId('run-row').filter({ hasNotText: /cut off|goes on/ }).waitFor()
    await expectFinePicture(page, 'runs', look)
    await openRecording()
    await page.getByTestId('scrubber').focus()
    await page.keyboard.press('End')
    await expect.poll(() => done()).toBeGreaterThan(40)
    await expectFinePicture(page, 'replay', look)
    expect(await page.getByRole('main').evaluate((main) => main.scrollHeight - main.clientHeight), 'the overview has to be scrolled').toBeLessThanOrEqual(0)
    await goTo('Tuning')
    await expectFinePicture(page, 'replay-tuning', look)
    await goTo('Results')
    await expectFinePicture(page, 'replay-live-only', look)
    await page.getByTestId('back-to-live').click()
    await page.getByTestId('replay-bar').waitFor({ state: 'detached' })
  })
})
