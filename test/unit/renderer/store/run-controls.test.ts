import { describe, expect, test } from 'vitest'
import { breakerStateOf, nextStepOf, phaseOf, remainingOf, toneOf } from '../../../../src/renderer/store/run-controls'
import { runControlsOf } from '../../../../src/shared/run-controls'
import { ledger } from '../fixtures'

describe('the phase of the work', () => {
  test.each([
    ['unknown', null],
    ['empty', ledger()],
    ['untouched', ledger({ ready: 5 })],
    ['untouched', ledger({ inbox: 5 })],
    ['under-way', ledger({ ready: 5, done: 1 })],
    ['under-way', ledger({ delayed: 1, failed: 1 })],
    ['finished', ledger({ done: 5 })],
    ['finished', ledger({ failed: 5 })],
  ] as const)('is %s with %o', (phase, books) => {
    expect(phaseOf(books)).toBe(phase)
  })
})

test('what remains includes the inbox and what is in flight', () => {
  expect(remainingOf(ledger({ ready: 1, delayed: 2, inFlight: 4, inbox: 8, done: 16 }))).toBe(15)
})

describe('controls', () => {
  test('offer no drain and no stop where there is nothing to end', () => {
    expect(runControlsOf({ kind: 'idle' })).toEqual({ toggle: 'start', canDrain: false, canStop: false })
    expect(runControlsOf({ kind: 'stopping' })).toEqual({ toggle: null, canDrain: false, canStop: false })
  })

  test('point at starting until everything is done', () => {
    expect(nextStepOf({ kind: 'idle' }, ledger())).toBe('discover')
    expect(nextStepOf({ kind: 'idle' }, ledger({ ready: 5 }))).toBe('start')
    expect(nextStepOf({ kind: 'idle' }, null)).toBe('start')
    expect(nextStepOf({ kind: 'idle' }, ledger({ done: 5 }))).toBe('export')
    expect(nextStepOf({ kind: 'running' }, ledger({ ready: 5 }))).toBe('export')
  })
})

test("a pause that nobody asked for is worse than one's own", () => {
  expect(toneOf({ kind: 'paused', reason: '', by: 'operator' }, 'under-way')).toBe('caution')
  expect(toneOf({ kind: 'paused', reason: '', by: 'configuration' }, 'under-way')).toBe('bad')
  expect(toneOf({ kind: 'paused', reason: '', by: 'allowance' }, 'under-way')).toBe('bad')
})

describe('the breaker in the state', () => {
  test('is told in place of "running" while it is not closed', () => {
    expect(breakerStateOf({ kind: 'running' }, { kind: 'closed' })).toBeNull()
    expect(breakerStateOf({ kind: 'running' }, { kind: 'open' })).toEqual({ kind: 'open', tone: 'bad' })
    expect(breakerStateOf({ kind: 'running' }, { kind: 'half-open' })).toEqual({ kind: 'half-open', tone: 'caution' })
    expect(breakerStateOf({ kind: 'draining' }, { kind: 'open' })).toBeNull()
  })
})
