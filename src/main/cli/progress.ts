import type { Frame } from '../../shared/frames'
import type { Terminal } from './terminal'

/** How often a terminal that cannot rewrite a line gets a new one. */
const PLAIN_EVERY_MS = 10_000
const BAR_CELLS = 24

/** Draws frames as one live line; where lines cannot be rewritten, as a line now and then. Answers how to end it. */
export function showProgress(subscribe: (listener: (frame: Frame) => void) => () => void, terminal: Terminal) {
  let lastPlainMs = 0
  const unsubscribe = subscribe((frame) => {
    if (frame.ledger === null) return
    if (terminal.isScreen) return rewrite(progressLine(frame, terminal.columns))
    if (frame.atMs - lastPlainMs < PLAIN_EVERY_MS) return
    lastPlainMs = frame.atMs
    terminal.err(progressLine(frame, Number.MAX_SAFE_INTEGER))
  })
  return () => {
    unsubscribe()
    if (terminal.isScreen) process.stderr.write('\n')
  }
}

function rewrite(line: string): void {
  process.stderr.write(`\r\u001b[2K${line}`)
}

/** For example `[#####...] 512/1,368 done · 3 failed · 0 lost · 3.1/s · 20 in flight · about 4:10–4:50 left`. */
export function progressLine({ ledger, gauges }: Frame, columns: number): string {
  if (ledger === null) return ''
  const { enqueued, done, failed, inFlight, lost } = ledger
  const share = enqueued === 0 ? 0 : (done + failed) / enqueued
  const full = Math.round(share * BAR_CELLS)
  const eta = gauges.etaSeconds
  const parts = [
    `[${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}] ${done.toLocaleString('en-US')}/${enqueued.toLocaleString('en-US')} done`,
    `${failed} failed`,
    `${lost} lost`,
    ...(gauges.goodputPerSecond === null ? [] : [`${gauges.goodputPerSecond.toFixed(1)}/s`]),
    `${inFlight} in flight`,
    ...(eta === null ? [] : [`about ${clock(eta.low)}–${clock(eta.high)} left`]),
  ]
  return parts.join(' · ').slice(0, columns - 1)
}

function clock(seconds: number): string {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
