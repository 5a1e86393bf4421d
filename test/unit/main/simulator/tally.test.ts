import { describe, expect, it } from 'vitest'
import { Tally } from '../../../../src/main/simulator/tally'

const REQUEST = { key: 'k1', account: 'main', fault: null }

describe('the tally', () => {
  it('keeps an hour of seconds, oldest first, and the totals for ever', () => {
    const tally = new Tally()
    for (let second = 0; second < 4000; second++) tally.count(REQUEST, 'accepted', second * 1000 + 999)
    const { requests, bySecond } = tally.stats(() => 0)
    expect(requests).toBe(4000)
    expect(bySecond).toHaveLength(3600)
    expect(bySecond[0]).toEqual({ second: 400, requests: 1, accepted: 1, refused: 0, failed: 0 })
    expect(bySecond.at(-1)?.second).toBe(3999)
  })

  it('counts a key by the name it was given, whatever that is', () => {
    const tally = new Tally()
    tally.count({ ...REQUEST, key: '__proto__' }, 'refused', 0)
    expect(Object.entries(tally.stats(() => 0).byKey)).toEqual([
      ['__proto__', { requests: 1, accepted: 0, refused: 1, failed: 0, account: 'main' }],
    ])
  })

  it('answers a copy: what was read does not change afterwards', () => {
    const tally = new Tally()
    tally.count(REQUEST, 'accepted', 0)
    const before = tally.stats(() => 0)
    tally.count(REQUEST, 'failed', 0)
    expect(before).toMatchObject({ requests: 1, failed: 0, bySecond: [{ requests: 1 }], byKey: { k1: { requests: 1 } } })
  })
})
