import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { PrivateRedis } from '../src/main/redis/private-redis'
import { startSimulator } from '../src/main/simulator/simulator'
import { launchApp } from '../test/support/app'
import { inTemporaryFolder } from './process'
import { recordRun } from './ui/recorded-run'
import { RendererLoad } from './ui/renderer-load'
import { judge, say, type Figure } from './ui/report'

const PAIRS_PER_SECOND = 1000
const PLAY_FOR_MS = 20_000
const SEEKS = 40
/** A seek is a new picture of everything at once; what plays by itself has a steady state to keep. */
const MOST = { taskMs: 50, seekTaskMs: 200, openMs: 3000, bytes: 3_000_000 }

/**
 * A recorded run of `--hours` (1) at 1,000 pairs a second: how large it is, how soon it is on screen, and what the page's main thread
 * does while it is replayed at 60 times its pace, and while it is sought in by keys. Fails beyond its limits. Build first: npm run build.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...argv], options: { hours: { type: 'string' } } })
  const seconds = Number(values.hours ?? 1) * 3600
  await inTemporaryFolder(async (folder) => {
    const redis = await PrivateRedis.start(join(folder, 'redis'))
    const api = await startSimulator({ rps: 15 })
    try {
      const userData = join(folder, 'data')
      const bytes = await recordRun(redis.url, userData, seconds, PAIRS_PER_SECOND)
      const app = await launchApp({ args: ['--redis', redis.url, '--api', api.url], env: { SLUICE_USER_DATA_DIR: userData } })
      try {
        judge([{ name: `${seconds} seconds recorded, bytes`, value: bytes, unit: 'B', most: MOST.bytes }, ...(await measure(app.page))])
      } finally {
        await app.quit()
      }
    } finally {
      await api.close()
      await redis.leave()
    }
  })
}

async function measure(page: Page): Promise<Figure[]> {
  await page.getByRole('navigation').getByText('Runs', { exact: true }).click()
  await page.getByTestId('replay-run').waitFor()
  const askedMs = performance.now()
  await page.getByTestId('replay-run').click()
  await page.getByTestId('replay-bar').waitFor()
  const openMs = performance.now() - askedMs
  await page.getByText('60×', { exact: true }).click()
  await page.getByTestId('scrubber').focus()
  await page.keyboard.press('PageUp')
  await page.waitForTimeout(2000)
  const playing = await loadDuring(page, () => page.waitForTimeout(PLAY_FOR_MS))
  await page.getByTestId('replay-toggle').click()
  await page.getByTestId('scrubber').focus()
  const seeking = await loadDuring(page, async () => {
    for (let i = 0; i < SEEKS; i += 1) {
      await page.keyboard.press(i % 2 === 0 ? 'Shift+ArrowRight' : 'Shift+ArrowLeft')
      await page.waitForTimeout(150)
    }
  })
  say(`long tasks, ms: playing ${words(playing.tasks)}; seeking ${words(seeking.tasks)}; heap ${(seeking.heapBytes / 1024 / 1024).toFixed(1)} MiB`)
  return [
    { name: 'from the click until it is on screen', value: openMs, unit: 'ms', most: MOST.openMs },
    { name: `longest task at 60×, with an hour on screen (${playing.tasks.length} over 50 ms)`, value: playing.longestTaskMs, unit: 'ms', most: MOST.taskMs },
    { name: 'renderer at 60×, of one core', value: playing.coreShare * 100, unit: '%' , most: 100 },
    { name: `longest task of ${SEEKS} seeks`, value: seeking.longestTaskMs, unit: 'ms', most: MOST.seekTaskMs },
  ]
}

async function loadDuring(page: Page, task: () => Promise<unknown>) {
  const load = await RendererLoad.watch(page)
  await task()
  return load.end()
}

function words(tasks: readonly number[]): string {
  return tasks.map(Math.round).join(', ') || 'none'
}
