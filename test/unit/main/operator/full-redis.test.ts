import { describe, expect, it } from 'vitest'
import { FullRedis, isFull } from '../../../../src/main/operator/full-redis'

const OOM = "OOM command not allowed when used memory > 'maxmemory'."

describe('a Redis that has no room', () => {
  it('is known by what it answers, and no other refusal is taken for it', () => {
    expect(isFull(OOM)).toBe(true)
    expect(isFull('READONLY You can’t write against a read only replica. BOOM')).toBe(false)
  })

  it('is full from its first refusal until every command is taken again, and each is marked once', () => {
    let nowMs = 1000
    const redis = new FullRedis(() => nowMs)
    expect(redis.record({ type: 'stumbled', message: OOM })).toBe('Redis full')
    nowMs = 3000
    expect(redis.record({ type: 'stumbled', message: OOM })).toBeNull()
    expect(redis.sinceMs).toBe(1000)
    expect(redis.record({ type: 'steadied' })).toBe('Redis has room')
    expect(redis.sinceMs).toBeNull()
    expect(redis.record({ type: 'steadied' })).toBeNull()
  })

  it('is not meant by a refusal of another kind', () => {
    const redis = new FullRedis(() => 1000)
    expect(redis.record({ type: 'stumbled', message: 'ERR unknown command' })).toBeNull()
    expect(redis.sinceMs).toBeNull()
  })
})
