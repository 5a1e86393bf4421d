import { describe, expect, it } from 'vitest'
import type { EngineEvent } from '../../../../src/main/engine/events'
import { linesOf, markerOf } from '../../../../src/main/operator/narration'
import { epoch } from '../../renderer/fixtures'

const texts = (event: EngineEvent) => linesOf(event).map(({ text }) => text)

const settled = (more: object = {}): EngineEvent => ({
  type: 'batch-settled',
  batch: {
    number: 7,
    epoch: 1,
    size: 20,
    succeeded: 13,
    rateLimited: 5,
    transient: 0,
    timedOut: 1,
    permanent: 1,
    untouched: 0,
    startedAtMs: 0,
    tookMs: 900,
    waitMs: 3000,
    why: '5 rate-limited pairs',
    ...more,
  },
  tally: { done: 13, failed: 2, toFront: 5, delayed: 0, late: 0 },
  wait: { waitMs: 3000, why: '5 rate-limited pairs' },
  worked: [],
})

describe('the log', () => {
  it('says in words that Redis is full, that nothing is lost and what to raise', () => {
    const full = "OOM command not allowed when used memory > 'maxmemory'. script: abc, on @user_script:1."
    expect(texts({ type: 'stumbled', message: full })).toEqual([expect.stringMatching(/^Redis is full: .*Nothing is lost.*maxmemory/)])
    expect(texts({ type: 'stumbled', message: 'LOADING' })).toEqual(['The queue refused a command, trying again: LOADING'])
  })

  it('says what operators know, word for word', () => {
    expect(texts({ type: 'batch-started', number: 7, size: 20 })).toEqual([
      'Processing 20 wallet-token pairs in parallel',
    ])
    expect(texts(settled())).toEqual([
      'Parallel batch completed: 13/20 successful, 5 rate-limited (retrying), 2 permanently failed',
      'Pushed 5 rate-limited pairs back to the front of the queue',
      'Applying extended delay of 3000 ms due to 5 rate-limited pairs',
    ])
  })

  it('adds what went back otherwise', () => {
    expect(texts(settled({ transient: 1, untouched: 2, rateLimited: 0 }))[0]).toBe(
      'Parallel batch completed: 13/20 successful, 0 rate-limited (retrying), 2 permanently failed, 1 transient error, 2 given back untouched',
    )
  })

  it('sums up an epoch in a line, and says in words that nothing was refused', () => {
    const figures = { done: 109, workedSeconds: 19.4, goodputPerSecond: 5.61, pairMsP95: 1834 }
    expect(texts({ type: 'epoch-ended', epoch: epoch(2, { ...figures, refusalsPerSuccess: 0 }) })).toEqual([
      'Epoch 2 ended: 109 pairs done in 19 s, 5.6/s, no refusals, 95 % within 1.8 s',
    ])
    expect(texts({ type: 'epoch-ended', epoch: epoch(3, { ...figures, goodputPerSecond: 0.42, refusalsPerSuccess: 0.334 }) })[0]).toContain(
      '0.42/s, 0.33 refusals per pair',
    )
  })

  it('warns of what a person should look at', () => {
    const [line] = linesOf({ type: 'recovered', recovered: 1, failed: 0 })
    expect(line).toEqual({
      level: 'warn',
      text: 'Recovered 1 pair of an engine that died: back to the front of the queue',
    })
    expect(linesOf({ type: 'adopted', adopted: 3, duplicates: 2, rejected: 1 })).toMatchObject([
      { level: 'info', text: 'Took 3 new pairs from the inbox, 2 duplicates dropped' },
      { level: 'warn', text: expect.stringContaining('1 inbox entry could not be read') },
    ])
  })
})

describe('markers', () => {
  it('stand where a new batch size came into force, not where it was asked for', () => {
    expect(markerOf({ type: 'batch-size-asked', from: 20, to: 35 })).toBeNull()
    expect(markerOf({ type: 'batch-size-in-force', from: 20, to: 35, by: 'operator', why: '' })).toEqual({ kind: 'operator', text: '20 → 35' })
  })
})
