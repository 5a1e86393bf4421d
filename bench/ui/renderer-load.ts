import type { CDPSession, Page } from 'playwright-core'

export interface Load {
  readonly longestTaskMs: number
  /** Ms of each task of more than 50, as Chromium's own API for them counts. */
  readonly tasks: readonly number[]
  /** CPU time of the busiest renderer process, all its threads, over the time that passed. */
  readonly coreShare: number
  readonly heapGrowthBytes: number
  readonly heapBytes: number
}

/** Watches what a page costs, by what Chromium says of it. */
export class RendererLoad {
  readonly #startedMs = performance.now()

  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
    private readonly cpuBefore: ReadonlyMap<number, number>,
    private readonly heapBefore: number,
  ) {}

  static async watch(page: Page): Promise<RendererLoad> {
    const session = await page.context().newCDPSession(page)
    const heap = await liveBytes(session)
    await page.evaluate(() => {
      const tasks: number[] = []
      Object.assign(window, { longTasks: tasks })
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(duration)
      }).observe({ type: 'longtask' })
    })
    return new RendererLoad(page, session, await cpuSeconds(page), heap)
  }

  async end(): Promise<Load> {
    const cpuAfter = await cpuSeconds(this.page)
    const seconds = (performance.now() - this.#startedMs) / 1000
    const used = [...cpuAfter].map(([id, cpu]) => cpu - (this.cpuBefore.get(id) ?? 0))
    const tasks = await this.page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks) // put there above
    const heapBytes = await liveBytes(this.session)
    return { longestTaskMs: Math.max(...tasks, 0), tasks, coreShare: Math.max(...used) / seconds, heapGrowthBytes: heapBytes - this.heapBefore, heapBytes }
  }
}

/** What lives in the page's heap once garbage has been collected. */
async function liveBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

/** CPU time of each renderer process by its id, s. */
async function cpuSeconds(page: Page): Promise<Map<number, number>> {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page has no browser to ask')
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]))
}
