import { describe, expect, it } from 'vitest'
import { drawFor, hash, randomFor } from '../../../../src/main/simulator/chance'

describe('chance', () => {
  it('is the same on every machine: these numbers are part of what a seed means', () => {
    expect(hash(1, 'wallet', 2)).toBe(3906976880)
    const random = randomFor(7, 'stream')
    expect([random(), random()].map((draw) => Math.floor(draw * 1e6))).toEqual([481803, 814481])
  })

  it('tells parts apart by place and by kind of use', () => {
    const parts = [[1, 'a'], [1, 'b'], [2, 'a'], ['a', 1], [1, 'a', 0], [1, 'a', 1]]
    expect(new Set(parts.map((part) => drawFor(...part))).size).toBe(parts.length)
  })

  it('is spread evenly over neighbouring numbers', () => {
    const tenths = Array<number>(10).fill(0)
    for (let number = 0; number < 10_000; number++) {
      const tenth = Math.floor(drawFor(3, 'fault', number) * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })
})
