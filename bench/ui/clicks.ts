import type { Page } from 'playwright-core'

/** Between two clicks, so that each is one of its own. */
const EVERY_MS = 1500

export interface ClickTimes {
  /** From the click to the engine's own time stamp on having taken it over. */
  readonly inForceP95Ms: number
  /** From the click to the first picture in which the window says so. */
  readonly seenP95Ms: number
}

interface Click {
  readonly inForceMs: number
  readonly seenMs: number
}

/** Clicks on the batch size's buttons, one up, one down. Both clocks are the machine's: main and page run on the same one. */
export async function clickTimes(page: Page, count: number): Promise<ClickTimes> {
  await page.getByText('Manual', { exact: true }).click()
  await page.waitForTimeout(EVERY_MS)
  const clicks: Click[] = []
  for (let i = 0; i < count; i += 1) {
    clicks.push(await click(page, i % 2 === 0 ? 'One more' : 'One fewer'))
    await page.waitForTimeout(EVERY_MS)
  }
  return { inForceP95Ms: p95(clicks.map(({ inForceMs }) => inForceMs)), seenP95Ms: p95(clicks.map(({ seenMs }) => seenMs)) }
}

async function click(page: Page, name: string): Promise<Click> {
  const times = page.evaluate(() => new Promise<Click>((resolve) => {
    document.addEventListener('click', () => {
      const clickedAtMs = Date.now()
      const { sluice } = window as unknown as { sluice: { onFrame(listener: (frame: { markers: { atMs: number; text: string }[] }) => void): () => void } } // the preload's bridge
      const off = sluice.onFrame(({ markers }) => {
        const taken = markers.find(({ atMs, text }) => atMs >= clickedAtMs && text.includes('→'))
        if (!taken) return
        off()
        const inForceMs = taken.atMs - clickedAtMs
        // The store hears the frame in the same turn; the picture after the next one has it.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve({ inForceMs, seenMs: Date.now() - clickedAtMs })))
      })
    }, { once: true, capture: true })
  }))
  await page.getByRole('button', { name }).click()
  return times
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Infinity
}
