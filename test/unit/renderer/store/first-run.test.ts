import { describe, expect, it } from 'vitest'
import type { ConsoleState } from '../../../../src/renderer/store/console-store'
import { isFirstRun } from '../../../../src/renderer/store/first-run'

const fresh = {
  connections: { demo: true },
  state: { kind: 'idle' },
  gauges: { run: null },
  ledger: { ready: 5, delayed: 0, inFlight: 0, inbox: 0, done: 0, failed: 0, discarded: 0 },
}

/** The parts of a picture that decide. */
function seen(changes: object, hasLeftWelcome = false): boolean {
  return isFirstRun({ picture: { ...fresh, ...changes } as unknown as ConsoleState['picture'], hasLeftWelcome })
}

describe('the first page', () => {
  it('is shown while the demo stands untouched', () => {
    expect(seen({})).toBe(true)
  })

  it.each([
    ['there is an API of one’s own', { connections: { demo: false } }],
    ['the engine works', { state: { kind: 'running' } }],
    ['there was a run', { gauges: { run: { startedAtMs: 1, endedAtMs: 2 } } }],
    ['something was worked before', { ledger: { ...fresh.ledger, done: 1 } }],
    ['the books are not known yet', { ledger: null }],
  ])('is not shown once %s', (_when, changes) => {
    expect(seen(changes)).toBe(false)
  })

  it('is not shown to who has gone on from it, nor before there is a picture', () => {
    expect(seen({}, true)).toBe(false)
    expect(isFirstRun({ picture: null, hasLeftWelcome: false })).toBe(false)
  })
})
