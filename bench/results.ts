import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { RedisWorkQueue } from '../src/main/queue/redis-work-queue'
import { RedisConnection } from '../src/main/redis/connection'
import { PrivateRedis } from '../src/main/redis/private-redis'
import { startSimulator } from '../src/main/simulator/simulator'
import { RESULT_COLUMNS, type PairResult } from '../src/shared/result'
import { launchApp } from '../test/support/app'
import { inTemporaryFolder } from './process'

/** What the results view is held to, ms. */
const MOST_MS = { opens: 1000, filters: 1000, blank: 100 }
const AT_ONCE = 2000
const SYMBOLS = ['BONK', 'WIF', 'FOX', 'BADGER', 'SEAL', 'PANDA', 'TOUCAN', 'SLOTH']

/**
 * The results view over `--results` (1,000,000) results in a Redis of its own, in the built app: how long it takes to open,
 * to read them all, to filter and to order them, and for how long a row is blank while a person scrolls. Fails beyond its
 * limits. Build first: npm run build.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...argv], options: { results: { type: 'string' } } })
  const count = Number(values.results ?? 1_000_000)
  await inTemporaryFolder(async (folder) => {
    const redis = await PrivateRedis.start(join(folder, 'redis'))
    const api = await startSimulator()
    try {
      await fill(redis.url, count)
      say(`${count.toLocaleString('en-US')} results are in Redis`)
      const app = await launchApp({ args: ['--redis', redis.url, '--api', api.url] })
      try {
        judge(await measure(app.page, count))
      } finally {
        await app.quit()
      }
    } finally {
      await api.close()
      await redis.leave()
    }
  })
}

interface Figure {
  readonly name: string
  readonly ms: number
  readonly mostMs?: number
}

async function measure(page: Page, count: number): Promise<Figure[]> {
  const total = count.toLocaleString('en-US')
  const row = page.getByTestId('result-row').first()
  const words = page.getByTestId('result-count')
  await page.getByText('0 lost').first().waitFor()
  const opens = await timed(async () => {
    await page.getByRole('navigation').getByText('Results', { exact: true }).click()
    await row.waitFor()
  })
  const reads = await timed(() => page.getByText('reading the results').waitFor({ state: 'detached', timeout: 300_000 }))
  const sorts = await timed(async () => {
    await page.getByRole('button', { name: 'Total P&L', exact: true }).click()
    await page.locator('[role=columnheader][aria-sort]', { hasText: 'Total P&L' }).waitFor()
    await page.waitForFunction(() => document.querySelector('[data-testid="result-row"] > span:nth-child(3)')?.textContent.startsWith('$99'))
  })
  const filters = await timed(async () => {
    await page.getByRole('textbox', { name: 'Token' }).fill('wif')
    await words.filter({ hasText: ` of ${total}` }).waitFor()
  })
  const clears = await timed(async () => {
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await words.filter({ hasText: `${total} pairs` }).waitFor()
  })
  const searches = await timed(async () => {
    await page.getByRole('textbox', { name: 'Wallet' }).fill('0000abcd')
    await words.filter({ hasText: ` of ${total}` }).waitFor()
  })
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await words.filter({ hasText: `${total} pairs` }).waitFor()
  return [
    { name: 'opens', ms: opens, mostMs: MOST_MS.opens },
    { name: 'reads all of them, in the background', ms: reads },
    { name: 'orders by another column', ms: sorts, mostMs: MOST_MS.filters },
    { name: 'filters by a token, typing included', ms: filters, mostMs: MOST_MS.filters },
    { name: 'clears the filter', ms: clears, mostMs: MOST_MS.filters },
    { name: 'searches a wallet, typing included', ms: searches, mostMs: MOST_MS.filters },
    { name: 'longest blank row while scrolling', ms: await longestBlankMs(page), mostMs: MOST_MS.blank },
  ]
}

/** Scrolls by the wheel, page by page and by leaps over the whole length; answers for how long a row stood blank at most. */
async function longestBlankMs(page: Page): Promise<number> {
  await page.evaluate(() => {
    const watch = { longestMs: 0, blankSinceMs: null as number | null }
    Object.assign(window, { watch })
    const look = () => {
      const nowMs = performance.now()
      const isBlank = document.querySelector('[role="row"][data-loading]') !== null
      if (isBlank) watch.blankSinceMs ??= nowMs
      else watch.blankSinceMs = null
      if (watch.blankSinceMs !== null) watch.longestMs = Math.max(watch.longestMs, nowMs - watch.blankSinceMs)
      requestAnimationFrame(look)
    }
    look()
  })
  const table = page.getByRole('region', { name: 'Results, one row a pair' })
  await table.hover()
  for (let i = 0; i < 60; i++) {
    await page.mouse.wheel(0, 400)
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
  for (let i = 1; i <= 20; i++) {
    await table.evaluate((element, share) => element.scrollTo({ top: element.scrollHeight * share }), i / 21)
    await page.waitForFunction(() => document.querySelector('[role="row"][data-loading]') === null)
  }
  return page.evaluate(() => (window as unknown as { watch: { longestMs: number } }).watch.longestMs) // put there above
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await task()
  return performance.now() - startedMs
}

function judge(figures: readonly Figure[]): void {
  for (const { name, ms, mostMs } of figures) say(`${name.padEnd(40)} ${Math.round(ms).toString().padStart(7)} ms${mostMs === undefined ? '' : ms <= mostMs ? `   met (${mostMs})` : `   NOT MET (${mostMs})`}`)
  if (figures.some(({ ms, mostMs = Number.POSITIVE_INFINITY }) => ms > mostMs)) process.exitCode = 1
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function fill(url: string, count: number): Promise<void> {
  const connection = await RedisConnection.open(url, 'bench')
  const { redis } = connection
  const inbox = 'discovered_wallet_token_pairs_queue'
  const queue = new RedisWorkQueue({ redis, pipeline: 'default', inbox, owner: 'bench', leaseMs: 30_000, maxRecoveries: 3 })
  for (let from = 0; from < count; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i)
    await queue.enqueue(numbers.map((n) => JSON.stringify(entryOf(n))))
    const { pairs } = await queue.claim(numbers.length)
    await queue.settle(pairs.map(({ id, token }, i) => ({ id, token, disposition: { to: 'done', result: resultOf(from + i) } })))
  }
  connection.close()
}

function entryOf(n: number) {
  return { wallet_address: `0x${n.toString(16).padStart(40, '0')}`, token_address: `0x${(n % 5000).toString(16).padStart(40, 'a')}`, chain: 'base' }
}

const EMPTY = Object.fromEntries(RESULT_COLUMNS.map(({ name }) => [name, null])) as PairResult // each column of the list

/** Different for each, the same in every run. */
function resultOf(n: number): PairResult {
  const chance = ((Math.imul(n + 1, 0x9e3779b1) >>> 0) % 1_000_003) / 1_000_003
  const pnl = (chance - 0.5) * 199_998
  return {
    ...EMPTY,
    ...entryOf(n),
    status: 'success',
    token_symbol: SYMBOLS[n % SYMBOLS.length] ?? null,
    total_pnl_usd: pnl.toFixed(18),
    realized_pnl_usd: (pnl * 0.8).toFixed(18),
    unrealized_pnl_usd: (pnl * 0.2).toFixed(18),
    total_trades: n % 60,
    winning_trades: n % 30,
    losing_trades: n % 29,
    win_rate: Math.round(chance * 10_000) / 100,
    total_volume_usd: (chance * 1e6).toFixed(18),
    invested_usd: (chance * 5e5).toFixed(18),
    average_hold_minutes: n % 5000,
    confidence: n % 3 === 0 ? 'high' : 'medium',
    confidence_reason: n % 3 === 0 ? '' : 'a few swaps have no price',
    requests: 1 + (n % 9),
    epoch: 1 + (n % 40),
    analyzed_at: new Date(1_750_000_000_000 + n * 137).toISOString(),
    analysis_ms: n % 3000,
  }
}
