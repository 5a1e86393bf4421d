import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../src/main/simulator/simulator'
import { launchApp, type RunningApp } from '../support/app'
import { CANARY_KEY } from '../support/canaries'
import { expectFinePictures, withAxe } from '../support/picture'

let simulator: Simulator
let app: RunningApp
let page: RunningApp['page']

beforeAll(async () => {
  simulator = await startSimulator({ latencyMs: 0, accounts: `one=${CANARY_KEY}` })
  app = await launchApp()
  page = app.page
  await withAxe(page)
})
afterAll(async () => {
  expect(await app?.quit()).toBe(0)
  await simulator?.close()
})

const by = (id: string) => page.getByTestId(id)

describe('in every size, dark and light, without a serious accessibility fault', () => {
  it('is the first page', async () => {
    await by('welcome').waitFor()
    await expectFinePictures(page, 'welcome')
  })

  it('is its step of the Redis', async () => {
    await by('welcome-own').click()
    await page.getByText('My own', { exact: true }).click()
    await by('redis-address').fill('127.0.0.1:1')
    await by('welcome-next').click()
    await expect.poll(() => by('welcome-verdict').innerText()).toContain('nothing listens there')
    await expectFinePictures(page, 'welcome-redis')
  })

  it('is its step of the keys', async () => {
    await page.getByText('Sluice’s own', { exact: true }).click()
    await by('welcome-next').click()
    await by('account-1-key').fill(CANARY_KEY)
    await by('api-address').fill(simulator.url)
    await by('test-key-1').click()
    await expect.poll(() => by('key-verdict-1').innerText()).toContain('accepts')
    await expectFinePictures(page, 'welcome-key')
  })

  it('is the setup of the connections', async () => {
    await by('welcome-next').click()
    await page.getByText(new URL(simulator.url).host, { exact: false }).first().waitFor({ state: 'attached' })
    await page.getByRole('navigation').getByText('Setup', { exact: true }).click()
    await by('add-account').click()
    await page.getByText('My own', { exact: true }).click()
    await by('test-redis').click()
    await expect.poll(() => by('redis-verdict').innerText()).toContain('Enter the address')
    await by('account-2-plan').selectOption('premium')
    await by('test-key-1').click()
    await expect.poll(() => by('key-verdict-1').innerText()).toContain('accepts')
    await expectFinePictures(page, 'setup')
  })
})
