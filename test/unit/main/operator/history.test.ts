import { describe, expect, it } from 'vitest'
import { History } from '../../../../src/main/operator/history'

describe('a bounded history', () => {
  it('answers what is new since a position', () => {
    const history = new History<number>(10)
    history.push(1)
    const seen = history.end
    history.push(2)
    history.push(3)
    expect(history.since(seen)).toEqual([2, 3])
    expect(history.since(history.end)).toEqual([])
  })

  it('keeps the newest of very many, and positions stay true', () => {
    const history = new History<number>(10)
    for (let i = 0; i < 1000; i += 1) history.push(i)
    expect(history.since(0)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999])
    const seen = history.end
    history.push(1000)
    expect(history.since(seen)).toEqual([1000])
  })
})
