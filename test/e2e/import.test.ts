import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { base58 } from '@scure/base'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { launchApp, usesElectron, type LaunchOptions, type RunningApp } from '../support/app'
import { expectFinePictures, LOOKS, pictureFile, takeLook, withAxe } from '../support/picture'
import { ScratchFolder } from '../support/scratch-folder'


/** A Solana address of the test's own. */
const address = (n: number) => base58.encode(Uint8Array.from({ length: 32 }, (_, i) => (i < 4 ? (n >> (8 * i)) & 255 : 11)))
const rowOf = (n: number) => `${address(n)},${address(999_999)},FOX,${n % 10}`
const csv = (rows: readonly string[]) => ['wallet_address,token_address,token_symbol,priority', ...rows].join('\n')
const MIXED = csv([...Array.from({ length: 12 }, (_, n) => rowOf(n)), rowOf(3), 'nobody,at,all,1', 'short'])

async function openQueue(options: LaunchOptions = {}): Promise<RunningApp> {
  const app = await launchApp(options)
  onTestFinished(async () => void (await app.quit()))
  await withAxe(app.page)
  await app.page.getByRole('navigation').getByText('Queue', { exact: true }).click()
  await app.page.getByTestId('queue-row').first().waitFor()
  return app
}

/** Holds files over the window, as a person does with the mouse, and lets them go unless told not to. */
async function drag(page: Page, files: Readonly<Record<string, string>>, letGo = true): Promise<void> {
  await page.evaluate(
    ([contents, isDropped]) => {
      const dataTransfer = new DataTransfer()
      for (const [name, text] of Object.entries(contents)) dataTransfer.items.add(new File([text], name))
      const send = (type: string) => document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
      send('dragover')
      if (isDropped) send('drop')
    },
    [files, letGo] as const,
  )
}

const dialog = (page: Page, kind: string) => page.locator(`[data-testid=import-dialog][data-kind=${kind}]`)
const count = (page: Page, name: string) => page.getByTestId(`import-${name}`).innerText()
const ledger = async (page: Page, place: string) => Number((await page.getByTestId(`ledger-${place}`).innerText()).replaceAll(',', ''))

describe('a file of pairs that is dropped on the window', () => {
  it('is shown before anything is queued, then queued, and the ledger agrees', async () => {
    const { page, home } = await openQueue()
    await expect.poll(() => ledger(page, 'enqueued')).toBe(1368)
    const before = await ledger(page, 'enqueued')
    await drag(page, { 'pairs.csv': MIXED }, false)
    await page.getByTestId('drop-zone').waitFor()
    await drag(page, { 'pairs.csv': MIXED })
    await dialog(page, 'checked').waitFor()
    expect([await count(page, 'fresh'), await count(page, 'duplicates'), await count(page, 'rejected')]).toEqual(['12', '1', '2'])
    expect(await page.getByTestId('import-sample-row').count()).toBe(6)
    expect(await page.getByTestId('import-rejection').allInnerTexts()).toEqual([
      expect.stringMatching(/^line 15 .*is not an address on solana.*nobody,at,all,1$/),
      expect.stringMatching(/^line 16 has 1 column where the header has 4 short$/),
    ])
    expect(await ledger(page, 'enqueued')).toBe(before)

    await page.getByTestId('import-save-rejected').click()
    await page.getByText(/^2 rows saved to /).waitFor()
    expect(await readFile(join(home, 'Downloads', 'pairs-rejected.csv'), 'utf8')).toContain('is not an address on solana')

    await page.getByRole('button', { name: 'Queue 12 pairs' }).click()
    await dialog(page, 'finished').waitFor()
    expect(await count(page, 'fresh')).toBe('12')
    await expect.poll(() => ledger(page, 'enqueued')).toBe(before + 12)
    await page.keyboard.press('Escape')
    await page.getByTestId('import-dialog').waitFor({ state: 'detached' })
    await expect.poll(() => readdir(join(home, 'data/dropped'))).toEqual([])
    await expect.poll(() => page.getByTestId('ledger-lost').innerText()).toContain('0 lost')
  })

  it('queues nothing when the person decides against it, and says what is wrong with what cannot be read', async () => {
    const { page } = await openQueue()
    await expect.poll(() => ledger(page, 'enqueued')).toBe(1368)
    await drag(page, { 'pairs.jsonl': JSON.stringify({ wallet: address(1), token: address(2) }) })
    await dialog(page, 'checked').waitFor()
    await page.getByRole('button', { name: 'Queue nothing' }).click()
    await page.getByTestId('import-dialog').waitFor({ state: 'detached' })

    await drag(page, { 'notes.csv': 'a,b\n1,2' })
    await dialog(page, 'failed').waitFor()
    expect(await dialog(page, 'failed').innerText()).toMatch(/notes\.csv has no column wallet_address and no token_address/)
    await page.keyboard.press('Escape')
    await drag(page, { 'one.csv': MIXED, 'two.csv': MIXED })
    await page.getByText('One file at a time').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('One file at a time').waitFor({ state: 'detached' })
    expect(await ledger(page, 'enqueued')).toBe(1368)
  })

  it('goes on while the dialog is closed, and can be stopped', async () => {
    const { page } = await openQueue()
    await drag(page, { 'many.csv': csv(Array.from({ length: 60_000 }, (_, n) => rowOf(n))) })
    await page.getByTestId('import-cancel').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByTestId('import').innerText()).toMatch(/^Importing [\d.]+\s%$/)
    await page.getByTestId('import').click()
    await page.getByTestId('import-cancel').click()
    await dialog(page, 'cancelled').waitFor()
    await expect.poll(() => page.getByTestId('ledger-lost').innerText()).toContain('0 lost')
  })
})

describe('a file of pairs that is chosen in the dialog', () => {
  it.skipIf(usesElectron())('is read where it is', async () => {
    const scratch = new ScratchFolder()
    onTestFinished(() => scratch.remove())
    await writeFile(scratch.at('chosen.csv'), MIXED)
    const { page } = await openQueue({ env: { SLUICE_STAND_IN_FILE: scratch.at('chosen.csv') } })
    await page.getByTestId('import').click()
    await dialog(page, 'checked').waitFor()
    expect(await dialog(page, 'checked').innerText()).toContain('chosen.csv')
    expect(await dialog(page, 'checked').innerText()).not.toContain(scratch.path)
    expect(await count(page, 'fresh')).toBe('12')
  })
})

describe('the pictures of an import', () => {
  it('fit every size, dark and light, and have no serious accessibility fault', async () => {
    const { page } = await openQueue()
    for (const look of LOOKS) {
      await takeLook(page, look)
      await drag(page, { 'pairs.csv': MIXED }, false)
      await page.getByTestId('drop-zone').waitFor()
      await page.screenshot({ path: pictureFile('import-drop', look) })
    }
    await drag(page, { 'pairs.csv': MIXED })
    await dialog(page, 'checked').waitFor()
    await expectFinePictures(page, 'import-checked')
    await page.getByTestId('import-queue').click()
    await dialog(page, 'finished').waitFor()
    await expectFinePictures(page, 'import-finished')
    await page.keyboard.press('Escape')
    await drag(page, { 'notes.csv': 'a,b\n1,2' })
    await dialog(page, 'failed').waitFor()
    await expectFinePictures(page, 'import-failed')
  })
})
