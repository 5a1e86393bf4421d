import { describe, expect, it } from 'vitest'
import { ledger } from '../fixtures'
import { progressOf } from '../../../../src/renderer/store/progress'

describe('progress', () => {
  it('is not known without a ledger or without pairs', () => {
    expect(progressOf(null)).toBeNull()
    expect(progressOf(ledger({ enqueued: 0, ready: 0, delayed: 0, inFlight: 0, done: 0, failed: 0, discarded: 0, inbox: 0 }))).toBeNull()
  })

  it('counts what failed and was discarded as finished, and what is in the inbox as still to do', () => {
    const books = ledger({ enqueued: 9, ready: 1, delayed: 1, inFlight: 2, done: 3, failed: 1, discarded: 1, inbox: 1 })
    expect(progressOf(books)).toEqual({ share: 0.5, remaining: 5, all: 10 })
  })
})
