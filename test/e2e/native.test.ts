import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApp, usesElectron, type RunningApp } from '../support/app'

let app: RunningApp

beforeAll(async () => {
  app = await launchApp()
  await app.page.getByTestId('toggle-run').waitFor()
})
afterAll(async () => expect(await app?.quit()).toBe(0))

const status = () => app.page.getByRole('banner').getByRole('status').innerText()
/** The menu follows the frames: what is asked for may not be there yet. */
async function clickMenu(...path: string[]): Promise<void> {
  await expect.poll(() => app.clickMenu(...path).then(() => null, String), { timeout: 10_000 }).toBeNull()
}

describe('the native menu', () => {
  it('works the engine as the window does, and follows its state', async () => {
    await clickMenu('Run', 'Start')
    await expect.poll(status).toBe('Running')
    await clickMenu('Run', 'Pause')
    await expect.poll(status).toMatch(/^Paus/)
    await expect(app.clickMenu('Run', 'Pause')).rejects.toThrow()
    await clickMenu('Run', 'Resume')
    await expect.poll(status).toBe('Running')
    await clickMenu('Run', 'Pacing: Adaptive')
    await expect.poll(() => app.page.getByTestId('log-line').allInnerTexts()).toContainEqual(expect.stringContaining('Pacing: classic'))
  })

  it('goes to the views, and opens what asks before it is done', async () => {
    await clickMenu('View', 'Failures')
    await app.page.getByRole('main', { name: 'Failures' }).waitFor()
    await clickMenu('View', 'Overview')
    await clickMenu('Run', 'Stop Now…')
    await app.page.getByRole('button', { name: 'Stop and give back' }).waitFor()
    await app.page.getByRole('button', { name: 'Keep running' }).click()
    await expect.poll(status).toBe('Running')
    await clickMenu('Help', 'Keyboard Shortcuts')
    await app.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Export attempts').waitFor()
    await app.page.keyboard.press('Escape')
  })
})

describe('the accelerators of the menu', () => {
  it('do the same where there is no native menu to hear them', async () => {
    await app.page.keyboard.press('Control+5')
    await app.page.getByRole('main', { name: 'Failures' }).waitFor()
    await app.page.keyboard.press('Control+1')
    await app.page.getByRole('main', { name: 'Overview' }).waitFor()
    await app.page.keyboard.press('Control+Shift+D')
    await app.page.getByRole('dialog', { name: /discover/i }).waitFor()
    await app.page.keyboard.press('Escape')
    await expect.poll(() => app.page.getByRole('dialog').count()).toBe(0)
    await app.page.keyboard.press('Control+k')
    await app.page.getByPlaceholder('Go to a view, or do something …').fill('attempts')
    await app.page.getByText('Export attempts').waitFor()
    await app.page.keyboard.press('Escape')
  })
})

describe.skipIf(usesElectron())('the tray', () => {
  it('says the state and the progress, and pauses and resumes the work', async () => {
    await expect.poll(() => app.trayWords().then(([toolTip = '']) => toolTip)).toMatch(/^Sluice · Running · \d+ % done.*0 lost$/)
    await app.clickTray('Pause')
    await expect.poll(status).toMatch(/^Paus/)
    await expect.poll(() => app.trayWords()).toContain('Resume')
    await app.clickTray('Resume')
    await expect.poll(status).toBe('Running')
  })
})
