import { describe, expect, it } from 'vitest'
import { classicWait, FIRST_WAIT } from '../../../../src/main/engine/pacing'

describe('the classic wait between batches', () => {
  it('is 200 ms while nothing is refused', () => {
    expect(classicWait(FIRST_WAIT, 0).waitMs).toBe(200)
  })

  it('is 2000 ms and 200 ms more for each rate-limited pair', () => {
    expect(classicWait(FIRST_WAIT, 5)).toEqual({ waitMs: 3000, why: '5 rate-limited pairs' })
    expect(classicWait(FIRST_WAIT, 1)).toEqual({ waitMs: 2200, why: '1 rate-limited pair' })
    expect(classicWait(FIRST_WAIT, 20).waitMs).toBe(6000)
  })

  it('does not add up over refused batches', () => {
    expect(classicWait(classicWait(FIRST_WAIT, 20), 1).waitMs).toBe(2200)
  })

  it('returns to normal by halves after clean batches', () => {
    const waits = [classicWait(FIRST_WAIT, 5)]
    for (let i = 0; i < 5; i += 1) waits.push(classicWait(waits.at(-1) ?? FIRST_WAIT, 0))
    expect(waits.map(({ waitMs }) => waitMs)).toEqual([3000, 1500, 750, 375, 200, 200])
    expect(waits[1]?.why).toBe('easing back from 3000 ms')
    expect(waits[5]?.why).toBe('normal pause')
  })
})
