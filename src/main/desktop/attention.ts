import type { Frame, RunState } from '../../shared/frames'

/** What the taskbar or dock shows of the work. */
export interface TaskbarProgress {
  /** 0 to 1; below 0: nothing is shown (Electron's own convention). */
  readonly share: number
  readonly mode: 'normal' | 'paused' | 'error'
}

/** What is told to somebody who looks elsewhere. */
export interface Notice {
  readonly title: string
  readonly body: string
}

/** What of a frame it follows from. */
export type Seen = Pick<Frame, 'state' | 'ledger' | 'gauges'>

/** In whole percent, so that it is only told when it can be seen. */
export function progressOf({ state, ledger, gauges }: Seen): TaskbarProgress {
  if (state.kind === 'idle' || state.kind === 'stopping' || ledger === null) return { share: -1, mode: 'normal' }
  const known = ledger.enqueued - ledger.discarded + ledger.inbox
  const share = known === 0 ? 0 : Math.floor(((ledger.done + ledger.failed) / known) * 100) / 100
  const isTrouble = isStuck(state) || gauges.breaker.kind === 'open'
  return { share, mode: isTrouble ? 'error' : state.kind === 'paused' || state.kind === 'pausing' ? 'paused' : 'normal' }
}

/** What has happened from one frame to the next that is worth an interruption; null for most. */
export function noticeOf(before: Seen, now: Seen): Notice | null {
  if (before.gauges.breaker.kind !== 'open' && now.gauges.breaker.kind === 'open') {
    return { title: 'The circuit breaker is open', body: `${now.gauges.breaker.reason ?? ''} Nothing is lost; it tries again by itself.` }
  }
  if (!isStuck(before.state) && isStuck(now.state)) return { title: 'Sluice cannot go on', body: stuckWords(now.state) }
  const hasEnded = before.gauges.run?.endedAtMs === null && now.gauges.run !== null && now.gauges.run.endedAtMs !== null
  return hasEnded || hasEmptied(before, now) ? endOf(now) : null
}

/** Whether it takes a person, or another program, to go on. */
function isStuck(state: RunState): boolean {
  return state.kind === 'waiting-for-redis' || state.kind === 'redis-full' || (state.kind === 'paused' && state.by !== 'operator')
}

function stuckWords(state: RunState): string {
  if (state.kind === 'paused') return `${state.reason} Nothing is lost.`
  return state.kind === 'redis-full' ? 'Redis is full. Nothing is lost.' : 'Redis does not answer. Nothing is lost.'
}

/** An engine that waits for new pairs has nothing left to do, and ends nothing. */
function hasEmptied(before: Seen, now: Seen): boolean {
  return now.state.kind === 'running' && remainingOf(before) > 0 && now.ledger !== null && remainingOf(now) === 0
}

function endOf({ ledger }: Seen): Notice | null {
  if (ledger === null || ledger.done + ledger.failed === 0) return null
  const failed = ledger.failed === 0 ? '' : `, ${ledger.failed.toLocaleString('en-US')} failed`
  const left = remainingOf({ ledger })
  const title = left === 0 ? 'All pairs are done' : `Stopped with ${left.toLocaleString('en-US')} pairs to do`
  return { title, body: `${ledger.done.toLocaleString('en-US')} done${failed}, ${ledger.lost} lost.` }
}

function remainingOf({ ledger }: Pick<Seen, 'ledger'>): number {
  return ledger === null ? 0 : ledger.ready + ledger.delayed + ledger.inFlight + ledger.inbox
}
