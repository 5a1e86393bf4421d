import { describe, expect, it } from 'vitest'
import { trayFacts, trayTemplate } from '../../../../src/main/desktop/tray-menu'
import type { Frame } from '../../../../src/shared/frames'

const ledger = { enqueued: 200, discarded: 0, inbox: 0, done: 80, failed: 10, ready: 100, delayed: 0, inFlight: 10, lost: 0 }
const seen = (state: object, gauges: object = {}) =>
  ({ state, ledger, gauges: { breaker: { kind: 'closed' }, etaSeconds: { low: 600, high: 840 }, ...gauges } }) as unknown as Pick<Frame, 'state' | 'ledger' | 'gauges'> // the other fields play no part

describe('the tray', () => {
  it('says the state, how much is done, how long it takes and what is lost', () => {
    expect(trayFacts(seen({ kind: 'running' }))).toEqual({ state: 'Running', progress: '45 % done, about 12 min left, 0 lost', toggle: 'pause' })
    expect(trayFacts(seen({ kind: 'running' }, { breaker: { kind: 'open' } })).state).toBe('Running, breaker open')
    expect(trayFacts(seen({ kind: 'paused', by: 'configuration', reason: 'key 1 was refused' })).state).toBe('Paused: key 1 was refused')
    expect(trayFacts(seen({ kind: 'idle' }, { etaSeconds: null })).progress).toBe('0 lost')
  })

  it('lets the work be paused or resumed, the window shown, and the app quit', () => {
    const did: string[] = []
    const doings = { show: () => did.push('show'), toggle: (which: string) => did.push(which), quit: () => did.push('quit') }
    for (const item of trayTemplate(trayFacts(seen({ kind: 'paused', by: 'operator', reason: '' })), doings)) item.click?.({} as never, undefined, {} as never) // its arguments play no part
    expect(did).toEqual(['show', 'resume', 'quit'])
  })

  it('has nothing to press where nothing can be done', () => {
    const doings = { show: () => {}, toggle: () => {}, quit: () => {} }
    const labels = trayTemplate(trayFacts(seen({ kind: 'stopping' })), doings).flatMap(({ label }) => label ?? [])
    expect(labels).toEqual(['Stopping', 'about 12 min left, 0 lost', 'Show Sluice', 'Quit Sluice'])
  })
})
