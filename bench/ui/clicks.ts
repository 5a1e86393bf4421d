import type { Page } from 'playwright-core'
import type { Frame } from '../../src/shared/frames'

/** Between two clicks at least, so that each is one of its own; what is added keeps them from the beat of main's clocks. */
const EVERY_MS = 1500
const ADDED_MS = 400

/** From the browser's own time stamp on the click, each the 95th percentile. */
export interface ClickTimes {
  readonly count: number
  /** Until the frame is there which says that the engine has taken it over. */
  readonly inForceP95Ms: number
  /** Until the page's text says so. */
  readonly saidP95Ms: number
  /** Until the picture with that text has been handed to the screen. */
  readonly drawnP95Ms: number
}

interface Click {
  readonly inForceMs: number
  readonly saidMs: number
  readonly drawnMs: number
}

/** What a click is to bring about: in the frame, and in the window's words. */
type Goal =
  | { readonly kind: 'size'; readonly size: number }
  | { readonly kind: 'state'; readonly states: readonly Frame['state']['kind'][]; readonly button: string }

/** Clicks in turn on one more, one fewer, pause and resume, `rounds` times. */
export async function clickTimes(page: Page, rounds: number): Promise<Record<'size' | 'pause' | 'all', ClickTimes>> {
  await page.getByText('Manual', { exact: true }).click()
  await page.waitForTimeout(EVERY_MS)
  const [sizes, pauses]: [Click[], Click[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    const size = Number(await page.getByTestId('batch-size').innerText())
    sizes.push(await click(page, page.getByRole('button', { name: 'One more' }), { kind: 'size', size: size + 1 }))
    sizes.push(await click(page, page.getByRole('button', { name: 'One fewer' }), { kind: 'size', size }))
    const toggle = page.getByTestId('toggle-run')
    pauses.push(await click(page, toggle, { kind: 'state', states: ['pausing', 'paused'], button: 'Resume' }))
    pauses.push(await click(page, toggle, { kind: 'state', states: ['running'], button: 'Pause' }))
  }
  return { size: timesOf(sizes), pause: timesOf(pauses), all: timesOf([...sizes, ...pauses]) }
}

async function click(page: Page, control: ReturnType<Page['getByTestId']>, goal: Goal): Promise<Click> {
  const times = await page.evaluateHandle(watchForGoal, goal)
  await control.click()
  const click = await times.evaluate(({ reached }) => reached)
  await times.dispose()
  await page.waitForTimeout(EVERY_MS + Math.random() * ADDED_MS)
  return click
}

/** Runs in the page. Wrapped in an object, as a promise would be waited for before the click. */
function watchForGoal(goal: Goal): { readonly reached: Promise<Click> } {
  const isInForce = ({ gauges, state }: Frame) =>
    goal.kind === 'size' ? gauges.batchSize.inForce === goal.size : goal.states.includes(state.kind)
  const isSaid = () => {
    if (goal.kind === 'state') return document.querySelector('[data-testid="toggle-run"]')?.textContent.includes(goal.button) ?? false
    const size = document.querySelector('[data-testid="batch-size"]')
    return size !== null && !size.hasAttribute('data-pending') && Number(size.textContent) === goal.size
  }
  const { sluice } = window as unknown as { sluice: { onFrame(listener: (frame: Frame) => void): () => void } } // the preload's bridge
  const reached = new Promise<Click>((resolve) => {
    document.addEventListener('click', ({ timeStamp }) => {
      const sinceMs = () => performance.now() - timeStamp
      let inForceMs = NaN
      const off = sluice.onFrame((frame) => {
        if (!isInForce(frame)) return
        off()
        inForceMs = sinceMs()
      })
      const observer = new MutationObserver(() => {
        if (!isSaid()) return
        observer.disconnect()
        const saidMs = sinceMs()
        // What is posted in an animation frame comes after the picture of that frame has been handed on.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', () => resolve({ inForceMs, saidMs, drawnMs: sinceMs() }))
          port1.start()
          port2.postMessage(null)
        })
      })
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['data-pending'] })
    }, { once: true, capture: true })
  })
  return { reached }
}

function timesOf(clicks: readonly Click[]): ClickTimes {
  return {
    count: clicks.length,
    inForceP95Ms: p95(clicks.map(({ inForceMs }) => inForceMs)),
    saidP95Ms: p95(clicks.map(({ saidMs }) => saidMs)),
    drawnP95Ms: p95(clicks.map(({ drawnMs }) => drawnMs)),
  }
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Infinity
}
