import { describe, expect, it } from 'vitest'
import { toldAsOne } from '../../../../bench/quota/told'
import type { Limit } from '../../../../src/main/simulator/quota'

const limit = (requests: number, seconds: number, burst = requests): Limit => ({ requests, windowMs: seconds * 1000, law: 'bucket', burst })

describe('a quota told as one limit', () => {
  it('is the limit itself where there is one', () => {
    expect(toldAsOne([limit(15, 1)])).toEqual({ requests: 15, windowMs: 1000 })
  })

  it('keeps the shortest and the tightest of several', () => {
    expect(toldAsOne([limit(1000, 60), limit(50, 1)])).toEqual({ requests: 50, windowMs: 3000 })
  })

  it('is one request at a time, never sooner than allowed, where no burst is taken', () => {
    expect(toldAsOne([limit(15, 1, 1)])).toEqual({ requests: 1, windowMs: 67 })
  })
})
