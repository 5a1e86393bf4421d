import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { RedisWorkQueue } from '../src/main/queue/redis-work-queue'
import { RedisConnection } from '../src/main/redis/connection'
import { PrivateRedis } from '../src/main/redis/private-redis'
import { startSimulator } from '../src/main/simulator/simulator'
import { launchApp } from '../test/support/app'
import { HISTORY_SECONDS } from '../src/shared/frames'
import type { SluiceBridge } from '../src/shared/ipc-contract'
import { inTemporaryFolder } from './process'
import { clickTimes } from './ui/clicks'
import { recordHour } from './ui/hour'
import { RendererLoad } from './ui/renderer-load'
import { judge, say, type Figure } from './ui/report'
import { longestTasks } from './ui/task-cpu'

const MOST = { taskMs: 50, coreShare: 0.25, heapBytes: 10 * 1024 * 1024, inForceMs: 150, frameMs: 17 }
const PAIRS_PER_SECOND = 1000
/** Until the window has drawn all that it draws and the engine has its pace. */
const WARM_UP_MS = 30_000
/** Traced after the rest, as tracing costs something itself. */
const TRACED_MS = 60_000
/** Of four clicks each. */
const CLICK_ROUNDS = 15
const AT_ONCE = 1000

/**
 * The window while the engine does 1,000 pairs a second for `--minutes` (10), in the built app, with an hour of seconds on
 * screen: the load of its renderer and the growth of its heap; what its tasks
 * need of a core, for where all cores are busy they wait; then how long a click takes to be in force, and to be seen.
 * Fails beyond its limits. Build first: npm run build.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...argv], options: { minutes: { type: 'string' } } })
  const forMs = Number(values.minutes ?? 10) * 60_000
  await inTemporaryFolder(async (folder) => {
    const redis = await PrivateRedis.start(join(folder, 'redis'))
    const api = await startSimulator({ rps: PAIRS_PER_SECOND * 1.2, burst: 50, headers: 'ietf', latencyMs: 40 })
    try {
      await fill(redis.url, Math.ceil(((forMs + WARM_UP_MS + TRACED_MS) / 1000 + 150) * PAIRS_PER_SECOND * 1.2))
      const userData = join(folder, 'data')
      await recordHour(redis.url, userData, PAIRS_PER_SECOND)
      const app = await launchApp({ args: ['--redis', redis.url, '--api', api.url, '--autostart'], env: { SLUICE_USER_DATA_DIR: userData } })
      try {
        judge(await measure(app.page, forMs))
      } finally {
        await app.quit()
      }
    } finally {
      await api.close()
      await redis.leave()
    }
  })
}

async function measure(page: Page, forMs: number): Promise<Figure[]> {
  await page.getByText('1 h', { exact: true }).click()
  await page.waitForTimeout(WARM_UP_MS)
  const load = await RendererLoad.watch(page)
  const doneBefore = await doneIn(page)
  const startedMs = performance.now()
  await page.waitForTimeout(forMs)
  const seconds = (performance.now() - startedMs) / 1000
  const pairsPerSecond = ((await doneIn(page)) - doneBefore) / seconds
  const { longestTaskMs, tasks, coreShare, heapGrowthBytes, heapBytes } = await load.end()
  const { seconds: secondsShown, bins } = await drawnIn(page)
  say(`${Math.round(seconds)} s at ${Math.round(pairsPerSecond)} pairs/s; ${secondsShown} seconds of history in ${bins} bins on screen`)
  say(`heap ${(heapBytes / 1024 / 1024).toFixed(1)} MiB after collecting; long tasks, ms: ${tasks.map(Math.round).join(', ') || 'none'}`)
  const { byCpu, byWall } = await longestTasks(page, TRACED_MS)
  say(`of ${TRACED_MS / 1000} s that were traced: the task with the most CPU time had ${byCpu.cpuMs.toFixed(0)} ms of it in ${byCpu.wallMs.toFixed(0)} ms, the longest ${byWall.cpuMs.toFixed(0)} ms in ${byWall.wallMs.toFixed(0)} ms`)
  const clicks = await clickTimes(page, CLICK_ROUNDS)
  return [
    { name: 'pairs a second that were done meanwhile', value: pairsPerSecond, unit: '/s', least: PAIRS_PER_SECOND * 0.9 },
    { name: 'seconds of history on screen', value: secondsShown, unit: 's', least: HISTORY_SECONDS * 0.98 },
    { name: `longest task of the page's main thread (${tasks.length} over 50 ms)`, value: longestTaskMs, unit: 'ms', most: MOST.taskMs },
    { name: '  the most CPU time that one took, without its waiting for a core', value: byCpu.cpuMs, unit: 'ms', most: MOST.taskMs },
    { name: 'renderer, of one core', value: coreShare * 100, unit: '%', most: MOST.coreShare * 100 },
    { name: 'heap grew by', value: heapGrowthBytes / 1024 / 1024, unit: 'MiB', most: MOST.heapBytes / 1024 / 1024 },
    { name: `click until the frame says in force, p95 of ${clicks.all.count}`, value: clicks.all.inForceP95Ms, unit: 'ms', most: MOST.inForceMs },
    { name: '  of those on the batch size', value: clicks.size.inForceP95Ms, unit: 'ms', most: MOST.inForceMs },
    { name: '  of those on pause and resume', value: clicks.pause.inForceP95Ms, unit: 'ms', most: MOST.inForceMs },
    { name: 'click until the page says it, p95', value: clicks.all.saidP95Ms, unit: 'ms', most: MOST.inForceMs + MOST.frameMs },
    { name: 'click until that is drawn, p95', value: clicks.all.drawnP95Ms, unit: 'ms', most: MOST.inForceMs + MOST.frameMs },
  ]
}

/** Seconds that the window knows of the last hour, and the points that its first curve has. */
async function drawnIn(page: Page): Promise<{ readonly seconds: number; readonly bins: number }> {
  return page.evaluate(async () => {
    const { sluice } = window as unknown as { sluice: SluiceBridge } // the preload's
    const reply = await sluice.command('snapshot')
    const curve = document.querySelector('[data-curve="done"] path:last-child')?.getAttribute('d') ?? ''
    return { seconds: reply.ok ? reply.value.points.length : 0, bins: curve.split(/[ML]/).length - 1 }
  })
}

async function doneIn(page: Page): Promise<number> {
  return Number((await page.getByTestId('ledger-done').innerText()).replaceAll(',', ''))
}

async function fill(url: string, count: number): Promise<void> {
  const connection = await RedisConnection.open(url, 'bench')
  const { redis } = connection
  const inbox = 'discovered_wallet_token_pairs_queue'
  const queue = new RedisWorkQueue({ redis, pipeline: 'default', inbox, owner: 'bench', leaseMs: 30_000, maxRecoveries: 3 })
  for (let from = 0; from < count; from += AT_ONCE) await queue.enqueue(Array.from({ length: AT_ONCE }, (_, i) => entryOf(from + i)))
  connection.close()
  say(`${count.toLocaleString('en-US')} pairs wait`)
}

function entryOf(n: number): string {
  return JSON.stringify({ wallet_address: `0x${n.toString(16).padStart(40, '0')}`, token_address: `0x${'a'.repeat(40)}`, chain: 'base' })
}
