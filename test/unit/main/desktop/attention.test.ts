import { describe, expect, it } from 'vitest'
import { noticeOf, progressOf, type Seen } from '../../../../src/main/desktop/attention'
import type { Frame, RunState } from '../../../../src/shared/frames'
import { frame, ledger } from '../../renderer/fixtures'

const paused = (by: 'operator' | 'configuration'): RunState => ({ kind: 'paused', reason: 'Key 1 is refused.', by })
const half = ledger({ enqueued: 100, ready: 50, done: 48, failed: 2 })
const gauges = frame(1).gauges

function seen(state: RunState, more: { ledger?: Frame['ledger']; gauges?: Partial<Frame['gauges']> } = {}): Seen {
  return { state, ledger: more.ledger === undefined ? half : more.ledger, gauges: { ...gauges, ...more.gauges } }
}

const running: RunState = { kind: 'running' }
const idle: RunState = { kind: 'idle' }
const open = { breaker: { kind: 'open', reason: '8 of 10 pairs failed.', retryInMs: 5000 } } as const
const run = (endedAtMs: number | null) => ({ run: { startedAtMs: 1, endedAtMs } })

describe('progress on the taskbar', () => {
  it('is the share of all pairs that is finished, and nothing while nothing runs', () => {
    expect(progressOf(seen(running))).toEqual({ share: 0.5, mode: 'normal' })
    expect(progressOf(seen(idle)).share).toBe(-1)
    expect(progressOf(seen(running, { ledger: null })).share).toBe(-1)
    expect(progressOf(seen(running, { ledger: ledger({}) })).share).toBe(0)
  })

  it('tells a pause from trouble', () => {
    expect(progressOf(seen(paused('operator'))).mode).toBe('paused')
    expect(progressOf(seen(paused('configuration'))).mode).toBe('error')
    expect(progressOf(seen({ kind: 'redis-full', sinceMs: 1 })).mode).toBe('error')
    expect(progressOf(seen(running, { gauges: open })).mode).toBe('error')
  })
})

describe('a notification', () => {
  it('comes when the run ends, with what it came to', () => {
    const done = ledger({ enqueued: 1368, done: 1360, failed: 8 })
    const ended = noticeOf(seen(running, { gauges: run(null) }), seen(idle, { ledger: done, gauges: run(9) }))
    expect(ended).toEqual({ title: 'All pairs are done', body: '1,360 done, 8 failed, 0 lost.' })
    const stopped = noticeOf(seen(running, { gauges: run(null) }), seen(idle, { gauges: run(9) }))
    expect(stopped?.title).toBe('Stopped with 50 pairs to do')
  })

  it('comes when nothing is left to do and the engine waits for more', () => {
    const done = ledger({ enqueued: 100, done: 100 })
    expect(noticeOf(seen(running), seen(running, { ledger: done }))?.title).toBe('All pairs are done')
    expect(noticeOf(seen(running, { ledger: done }), seen(running, { ledger: done }))).toBeNull()
  })

  it('comes when the breaker opens, with the reason, and not while it stays open', () => {
    expect(noticeOf(seen(running), seen(running, { gauges: open }))?.body).toContain('8 of 10 pairs failed.')
    expect(noticeOf(seen(running, { gauges: open }), seen(running, { gauges: open }))).toBeNull()
  })

  it('comes when a person is needed, not when a person has paused', () => {
    expect(noticeOf(seen(running), seen(paused('configuration')))?.body).toContain('Key 1 is refused.')
    expect(noticeOf(seen(running), seen(paused('operator')))).toBeNull()
    expect(noticeOf(seen(running), seen({ kind: 'waiting-for-redis', sinceMs: 1, reason: 'gone' }))).not.toBeNull()
  })
})
