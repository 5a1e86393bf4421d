import type { Page } from 'playwright-core'

export interface LongestTask {
  /** From its begin to its end, the time that it waited for a core among it. */
  readonly wallMs: number
  readonly cpuMs: number
}

/** The fields of a trace event that are looked at; times in µs. See Chromium's trace event format. */
interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Shorter ones cannot be the longest, and there are hundreds of them a second. */
const LEAST_US = 5000

/**
 * The task of the page's main thread that took the most CPU time in `forMs`, and the one that took longest. A machine whose cores are
 * all busy makes tasks wait: only the first is the page's own doing.
 */
export async function longestTasks(page: Page, forMs: number): Promise<{ readonly byCpu: LongestTask; readonly byWall: LongestTask }> {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page has no browser to ask')
  const session = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) { // as the protocol has it
      if (event.name === 'thread_name' || (event.name.endsWith('RunTask') && (event.dur ?? 0) >= LEAST_US)) events.push(event)
    }
  })
  await session.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel'] } })
  await page.waitForTimeout(forMs)
  const isComplete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await isComplete
  await session.detach()
  const mainThreads = new Set(events.filter(({ args }) => args?.name === 'CrRendererMain').map(threadOf))
  const tasks = events
    .filter((event) => event.name !== 'thread_name' && mainThreads.has(threadOf(event)))
    .map(({ dur = 0, tdur = 0 }) => ({ wallMs: dur / 1000, cpuMs: tdur / 1000 }))
  return { byCpu: most(tasks, 'cpuMs'), byWall: most(tasks, 'wallMs') }
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}:${tid}`
}

function most(tasks: readonly LongestTask[], field: keyof LongestTask): LongestTask {
  return tasks.reduce((longest, task) => (task[field] > longest[field] ? task : longest), { wallMs: 0, cpuMs: 0 })
}
