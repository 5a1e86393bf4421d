import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../src/main/simulator/simulator'
import { launchApp, usesElectron, type RunningApp } from '../support/app'
import { CANARY_KEY, CANARY_PASSWORD, canariesBelow, canariesIn } from '../support/canaries'
import { startGuardedRedis } from '../support/guarded-redis'

async function userData(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-e2e-data-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

async function launch(data: string, env: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  const app = await launchApp({ env: { SLUICE_USER_DATA_DIR: data, ...env } })
  onTestFinished(async () => void (await app.quit()))
  return app
}

async function api(): Promise<string> {
  const simulator = await startSimulator({ latencyMs: 20, accounts: `one=${CANARY_KEY}` })
  onTestFinished(() => simulator.close())
  return simulator.url
}

const by = (page: Page, id: string) => page.getByTestId(id)
const nav = (page: Page, name: string) => page.getByRole('navigation').getByText(name, { exact: true }).click()

/** Everything of the page that somebody else could read: its text, its mark-up, and what main tells it when it asks. */
async function told(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const replies = await Promise.all([window.sluice?.command('connections:read'), window.sluice?.command('snapshot')])
    return JSON.stringify(replies) + document.documentElement.outerHTML
  })
}

describe('the first page', () => {
  it('starts the demo in one step', async () => {
    const { page } = await launch(await userData())
    await by(page, 'welcome-demo').click()
    await expect.poll(() => by(page, 'batch-row').count()).toBeGreaterThan(0)
    expect(await by(page, 'welcome').count()).toBe(0)
  })

  it('connects one’s own Redis and key in two steps, after saying what is wrong with them', async () => {
    const [redis, url, data] = [await startGuardedRedis(CANARY_PASSWORD), await api(), await userData()]
    const app = await launch(data)
    const { page } = app
    await by(page, 'welcome-own').click()
    await page.getByText('My own', { exact: true }).click()
    await by(page, 'redis-address').fill(`${redis.host}:${redis.port}`)
    await by(page, 'welcome-next').click()
    await expect.poll(() => by(page, 'welcome-verdict').innerText()).toContain('it wants a password')
    await by(page, 'redis-password').fill(CANARY_PASSWORD)
    await by(page, 'welcome-next').click()
    await by(page, 'api-address').fill(url)
    await by(page, 'account-1-key').fill('not-the-key-12345')
    await by(page, 'test-key-1').click()
    await expect.poll(() => by(page, 'key-verdict-1').innerText()).toContain('refuses the key')
    await by(page, 'account-1-key').fill(CANARY_KEY)
    await by(page, 'test-key-1').click()
    await expect.poll(() => by(page, 'key-verdict-1').innerText()).toBe('The API accepts the key')
    await by(page, 'welcome-next').click()
    await expect.poll(() => page.locator('header').first().innerText(), { timeout: 20_000 }).toContain(new URL(url).host)

    const pair = { wallet_address: `0x${'1'.repeat(40)}`, token_address: `0x${'a'.repeat(40)}`, chain: 'base' }
    await redis.connection.redis.lpush('discovered_wallet_token_pairs_queue', JSON.stringify(pair))
    await by(page, 'toggle-run').click()
    await expect.poll(() => by(page, 'ledger-done').innerText(), { timeout: 20_000 }).toBe('1')
    expect(canariesIn(await told(page))).toEqual([])
    expect(canariesIn(app.printed())).toEqual([])
    expect([...canariesBelow(data), ...canariesBelow(app.home)]).toEqual([])
  })
})

describe.skipIf(usesElectron())('the connections view', () => {
  const KEYCHAIN = { SLUICE_STAND_IN_KEYCHAIN: 'a keychain for this test' }

  it('keeps keys masked and sealed over a restart, and exports and imports all but the secrets', async () => {
    const [redis, url, data] = [await startGuardedRedis(CANARY_PASSWORD), await api(), await userData()]
    const first = await launch(data, KEYCHAIN)
    await nav(first.page, 'Setup')
    await first.page.getByText('My own', { exact: true }).click()
    await by(first.page, 'redis-address').fill(redis.url)
    await by(first.page, 'test-redis').click()
    await expect.poll(() => by(first.page, 'redis-verdict').innerText()).toMatch(/(Redis|Valkey) \d\S* answers in/)
    await by(first.page, 'add-account').click()
    await by(first.page, 'account-1-key').fill(CANARY_KEY)
    await by(first.page, 'account-1-plan').selectOption('premium')
    await by(first.page, 'account-1-name').fill('main')
    await by(first.page, 'api-address').fill(url)
    await by(first.page, 'save-connections').click()
    await expect.poll(() => first.page.locator('header').first().innerText(), { timeout: 20_000 }).toContain('Premium')
    expect(await by(first.page, 'redis-address').inputValue()).toBe(`${redis.host}:${redis.port}`)
    expect(await by(first.page, 'account-1-key').inputValue()).toBe('')
    expect(await by(first.page, 'account-1-key').getAttribute('placeholder')).toContain(`••••${CANARY_KEY.slice(-4)}`)
    expect(canariesIn(await told(first.page))).toEqual([])
    await by(first.page, 'write-toml').click()
    await expect.poll(() => by(first.page, 'toml-verdict').innerText()).toContain('sluice.toml')
    const file = join(first.home, 'Downloads', 'sluice.toml')
    const toml = await readFile(file, 'utf8')
    expect(toml).toContain('plan = "premium"')
    expect(canariesIn(toml)).toEqual([])
    expect([...canariesBelow(data), ...canariesBelow(first.home)]).toEqual([])
    expect(await first.quit()).toBe(0)

    const second = await launch(data, KEYCHAIN)
    await nav(second.page, 'Setup')
    expect(await second.page.locator('header').first().innerText()).toContain('Premium')
    await by(second.page, 'test-key-1').click()
    await expect.poll(() => by(second.page, 'key-verdict-1').innerText()).toBe('The API accepts the key')
    const changed = toml.replace('plan = "premium"', 'plan = "starter"')
    await second.page.locator('input[type=file]').setInputFiles({ name: 'sluice.toml', mimeType: 'text/plain', buffer: Buffer.from(changed) })
    await expect.poll(() => second.page.locator('header').first().innerText(), { timeout: 20_000 }).toContain('Starter')
    await by(second.page, 'test-key-1').click()
    await expect.poll(() => by(second.page, 'key-verdict-1').innerText()).toBe('The API accepts the key')
  })

  it('says in words what cannot be used, keeps what there was, and lets the demo work on', async () => {
    const data = await userData()
    const { page } = await launch(data)
    await nav(page, 'Setup')
    await page.getByText('My own', { exact: true }).click()
    await by(page, 'redis-address').fill('127.0.0.1:1')
    await by(page, 'save-connections').click()
    await expect.poll(() => by(page, 'save-verdict').innerText()).toContain('nothing listens there')
    await page.locator('input[type=file]').setInputFiles({ name: 'x.toml', mimeType: 'text/plain', buffer: Buffer.from('[engine]\nmax_attempts = 0') })
    await expect.poll(() => by(page, 'toml-verdict').innerText()).toContain('max_attempts = 0 cannot be used')
    await by(page, 'toggle-run').click()
    await expect.poll(async () => Number(await by(page, 'ledger-done').innerText())).toBeGreaterThan(0)
    await page.reload()
    await expect.poll(() => by(page, 'redis-address').count()).toBe(0)
  })

  it('gives back what is in flight when it reconnects', async () => {
    const { page } = await launch(await userData())
    await by(page, 'welcome-demo').click()
    await expect.poll(async () => Number(await by(page, 'ledger-done').innerText())).toBeGreaterThan(0)
    await expect.poll(async () => Number(await by(page, 'ledger-in-flight').innerText())).toBeGreaterThan(0)
    const redis = await startGuardedRedis(CANARY_PASSWORD)
    await nav(page, 'Setup')
    await page.getByText('My own', { exact: true }).click()
    await by(page, 'redis-address').fill(redis.url)
    await by(page, 'save-connections').click()
    await expect.poll(() => by(page, 'redis-address').inputValue(), { timeout: 20_000 }).toBe(`${redis.host}:${redis.port}`)
    await expect.poll(() => by(page, 'ledger-done').innerText()).toBe('0')
    await page.getByText('Sluice’s own', { exact: true }).click()
    await by(page, 'save-connections').click()
    await expect.poll(() => by(page, 'redis-address').count(), { timeout: 20_000 }).toBe(0)
    await expect.poll(async () => Number(await by(page, 'ledger-done').innerText())).toBeGreaterThan(0)
    expect(await by(page, 'ledger-in-flight').innerText()).toBe('0')
    expect(await by(page, 'ledger-lost').innerText()).toContain('0 lost')
  })

  it('opens also when the Redis that is kept is away, and says so', async () => {
    const data = await userData()
    const redis = await startGuardedRedis(CANARY_PASSWORD)
    const first = await launch(data)
    await nav(first.page, 'Setup')
    await first.page.getByText('My own', { exact: true }).click()
    await by(first.page, 'redis-address').fill(redis.url)
    await by(first.page, 'save-connections').click()
    await expect.poll(() => by(first.page, 'save-connections').innerText(), { timeout: 20_000 }).toBe('Nothing changed')
    await first.quit()
    // Without a keychain the password is gone with the session.
    const second = await launch(data)
    await expect.poll(() => by(second.page, 'welcome').innerText()).toContain('it wants a password')
    await nav(second.page, 'Setup')
    await second.page.getByText('What is kept is not in use', { exact: false }).waitFor()
    expect(await by(second.page, 'redis-address').inputValue()).toBe(`${redis.host}:${redis.port}`)
  })

  it('leaves alone what the environment decides, and says so', async () => {
    const { page } = await launch(await userData(), { SLUICE_API_KEYS: CANARY_KEY, SLUICE_API_BASE_URL: await api() })
    await nav(page, 'Setup')
    await page.getByText('Decided by SLUICE_API_KEYS').waitFor()
    expect(await by(page, 'add-account').count()).toBe(0)
    expect(await by(page, 'api-address').isDisabled()).toBe(true)
    expect(canariesIn(await told(page))).toEqual([])
  })
})
