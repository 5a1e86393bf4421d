import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TimedPause } from '../../../../src/main/operator/timed-pause'
import type { EngineState } from '../../../../src/main/engine/events'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An engine of which only the state matters. */
function over(held: readonly number[] = [], kind: 'running' | 'idle' = 'running') {
  const engine = {
    state: { kind } as EngineState,
    pause(reason: string) {
      if (engine.state.kind === 'running') engine.state = { kind: 'paused', reason, by: 'operator' }
    },
  }
  const resume = () => void (engine.state = { kind: 'running' })
  return { engine, pause: new TimedPause({ engine, resume, wallMs: () => Date.now(), heldForMs: () => held }) }
}

describe('a pause until a time', () => {
  it('ends by itself at that time, and not before', () => {
    const { engine, pause } = over()
    expect(pause.begin({ kind: 'time', atMs: Date.now() + HOUR_MS })).toBeNull()
    expect(pause.resumesAtMs).toBe(Date.now() + HOUR_MS)
    vi.advanceTimersByTime(HOUR_MS - 1)
    expect(engine.state).toMatchObject({ kind: 'paused', by: 'operator' })
    vi.advanceTimersByTime(1)
    expect(engine.state.kind).toBe('running')
    expect(pause.resumesAtMs).toBeNull()
  })

  it('waits for weeks, which is longer than a timer can', () => {
    const { engine, pause } = over()
    pause.begin({ kind: 'time', atMs: Date.now() + 30 * DAY_MS })
    vi.advanceTimersByTime(30 * DAY_MS - 1)
    expect(engine.state.kind).toBe('paused')
    vi.advanceTimersByTime(1)
    expect(engine.state.kind).toBe('running')
  })

  it('is replaced by a later one, and ends no more once it is taken off', () => {
    const { engine, pause } = over()
    pause.begin({ kind: 'time', atMs: Date.now() + 1000 })
    pause.begin({ kind: 'time', atMs: Date.now() + 5000 })
    vi.advanceTimersByTime(4999)
    expect(engine.state.kind).toBe('paused')
    pause.clear()
    vi.advanceTimersByTime(HOUR_MS)
    expect(engine.state.kind).toBe('paused')
  })

  it.each([
    ['is past', -1, 'has passed'],
    ['is more than a month away', 32 * DAY_MS, 'more than a month'],
  ])('is refused in words when it %s', (_what, inMs, words) => {
    const { engine, pause } = over()
    expect(pause.begin({ kind: 'time', atMs: Date.now() + inMs })).toContain(words)
    expect(engine.state.kind).toBe('running')
  })

  it('is refused while nothing runs', () => {
    const { pause } = over([], 'idle')
    expect(pause.begin({ kind: 'time', atMs: Date.now() + 1000 })).toContain('Start it first')
    expect(pause.resumesAtMs).toBeNull()
  })
})

describe('a pause until the quota resets', () => {
  it('ends when the first of the accounts may send again', () => {
    const { engine, pause } = over([40_000, 12_000])
    expect(pause.begin({ kind: 'quota' })).toBeNull()
    vi.advanceTimersByTime(11_999)
    expect(engine.state.kind).toBe('paused')
    vi.advanceTimersByTime(1)
    expect(engine.state.kind).toBe('running')
  })

  it.each([[[]], [[0]], [[0, 9000]]])('is refused while an account may send already: held %j', (held) => {
    expect(over(held).pause.begin({ kind: 'quota' })).toContain('no reset to wait for')
  })
})
