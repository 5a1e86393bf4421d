import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest'
import { startSimulator, type Simulator } from '../../src/main/simulator/simulator'
import { launchApp } from '../support/app'
import { expectFinePictures, withAxe } from '../support/picture'
import { entry, freshPipeline, type Pipeline } from '../support/pipeline'

let pipeline: Pipeline
let simulator: Simulator
let end: () => Promise<void>

beforeEach(async () => {
  simulator = await startSimulator()
  pipeline = await freshPipeline((close) => (end = close))
  const { queue } = pipeline
  await queue.enqueue(Array.from({ length: 300 }, (_, n) => entry(`Wallet${n}`, { token_symbol: 'FOX' })))
  const { pairs } = await queue.claim(300)
  await queue.settle(
    pairs.map(({ id, token }, n) => ({
      id,
      token,
      disposition:
        n % 10 === 0
          ? { to: 'failed', reason: 'timeout', message: `not finished within ${n} s (setting [engine] pair_timeout_seconds)` }
          : { to: 'failed', reason: 'permanent', message: `404 no wallet ${n} (GET /trader/txs/seek_by_time)` },
    })),
  )
})
afterEach(async () => {
  await end()
  await simulator.close()
})

async function openFailures(): Promise<Page> {
  const app = await launchApp({ args: ['--redis', inject('redisUrl'), '--pipeline', pipeline.pipeline, '--api', simulator.url] })
  onTestFinished(async () => void (await app.quit()))
  await withAxe(app.page)
  await app.page.getByRole('navigation').getByText('Failures', { exact: true }).click()
  await app.page.getByTestId('failure-row').first().waitFor()
  return app.page
}

describe('the failures view', () => {
  it('groups them, retries one, a group and all that match, and discards after asking', async () => {
    const page = await openFailures()
    const ledger = (place: string) => page.getByTestId(`ledger-${place}`).innerText()
    await expect.poll(() => page.getByTestId('failure-group').count()).toBe(2)
    expect(await page.getByTestId('failure-group').first().innerText()).toMatch(/270\s+404 no wallet #/)

    await page.getByTestId('failure-row').first().getByRole('button', { name: 'Retry' }).click()
    await page.getByText('1 pair put back').waitFor()
    await expect.poll(() => ledger('ready')).toBe('1')

    await page.getByRole('button', { name: /^Show the pairs of: not finished/ }).click()
    await expect.poll(() => page.getByTestId('retry-failures').innerText()).toBe('Retry 30 pairs')
    await page.getByTestId('failure-row').nth(1).getByRole('checkbox').check()
    await page.getByTestId('failure-row').nth(2).getByRole('checkbox').check()
    await page.getByTestId('retry-failures').click()
    await page.getByText('2 pairs put back').waitFor()
    await expect.poll(() => page.getByTestId('retry-failures').innerText()).toBe('Retry 28 pairs')
    await page.getByTestId('retry-failures').click()
    await page.getByText('28 pairs put back').waitFor()
    await page.getByText('No failure matches').waitFor()
    await expect.poll(() => ledger('ready')).toBe('31')

    await page.getByRole('button', { name: 'All errors' }).click()
    await page.getByRole('textbox', { name: 'Search wallet, token or message' }).fill('WALLET29')
    await expect.poll(() => page.getByTestId('discard-failures').innerText()).toMatch(/^Discard \d\d? pairs …$/)
    const matching = Number(/\d+/.exec(await page.getByTestId('discard-failures').innerText()))
    await page.getByTestId('discard-failures').click()
    await page.getByText('Keep them').click()
    expect(await ledger('failed')).toBe('269')
    await page.getByTestId('discard-failures').click()
    await page.getByRole('button', { name: `Discard ${matching} pairs`, exact: true }).click()
    await page.getByText(`${matching} pairs discarded`).waitFor()
    await expect.poll(() => ledger('failed')).toBe(String(269 - matching))
    await expect.poll(() => page.getByTestId('ledger-lost').innerText()).toContain('0 lost')

    await page.getByRole('textbox', { name: 'Search wallet, token or message' }).fill('')
    await expect.poll(() => page.getByTestId('retry-failures').innerText()).toBe(`Retry ${269 - matching} pairs`)
    await page.getByTestId('export-failures').click()
    await page.getByText('Failed pairs exported').waitFor()
  })
})

describe('the filters of the failures', () => {
  it('tell poison from bad luck, and know what the pairs went through', async () => {
    const page = await openFailures()
    const retry = () => page.getByTestId('retry-failures').innerText()
    await page.getByText('Poison 270').click()
    await expect.poll(retry).toBe('Retry 270 pairs')
    await page.getByText('Bad luck 30').click()
    await expect.poll(retry).toBe('Retry 30 pairs')
    expect(await page.getByTestId('failure-group').allInnerTexts()).toEqual([expect.stringMatching(/^30\s+not finished.*\s+bad luck Took too long/)])
    await page.getByTestId('failure-bounds').click()
    await page.getByLabel('Attempts from').fill('1')
    await expect.poll(retry).toBe('Retry 30 pairs')
    await page.getByLabel('Refusals from').fill('2')
    await page.getByText('No failure matches').waitFor()
    await page.getByLabel('Refusals from').fill('')
    await expect.poll(retry).toBe('Retry 30 pairs')
  })

  it('bring every pair to the screen, however far down it is, without having them all there', async () => {
    const page = await openFailures()
    const table = page.getByRole('region', { name: 'Failed pairs, newest first' })
    expect(await page.getByTestId('failure-row').count()).toBeLessThan(80)
    await table.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
    await expect.poll(() => page.locator('[aria-rowindex="301"][data-testid=failure-row]').count()).toBe(1)
    expect(await page.getByTestId('failure-row').count()).toBeLessThan(80)
  })
})

describe('the pictures of the failures', () => {
  it('fit every size, dark and light, and have no serious accessibility fault', async () => {
    const page = await openFailures()
    await page.getByTestId('failure-row').first().getByRole('checkbox').check()
    await expectFinePictures(page, 'failures')
    await page.getByTestId('discard-failures').click()
    await page.getByText('Keep it').waitFor()
    await expectFinePictures(page, 'failures-discard')
  })
})
