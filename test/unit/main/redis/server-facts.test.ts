import { describe, expect, it } from 'vitest'
import { judgeServer } from '../../../../src/main/redis/server-facts'

const info = (facts: Record<string, string>) =>
  ['# Server', ...Object.entries({ redis_version: '7.0.15', role: 'master', aof_enabled: '1', ...facts }).map(([k, v]) => `${k}:${v}`)].join('\r\n')

describe('a server', () => {
  it('is named with its version', () => {
    expect(judgeServer(info({}))).toMatchObject({ server: 'Redis 7.0.15', warnings: [] })
    expect(judgeServer(info({ redis_version: '7.2.4', valkey_version: '8.1.0' })).server).toBe('Valkey 8.1.0')
  })

  it.each(['6.0.20', '5.0.7', '2.8.0'])('older than 6.2 is refused in words: %s', (version) => {
    expect(() => judgeServer(info({ redis_version: version }))).toThrow(
      `This is Redis ${version}, but Sluice needs Redis 6.2 or newer, or Valkey.`,
    )
  })

  it.each(['6.2.0', '7.4.1', '10.0.0'])('of version %s is taken', (version) => {
    expect(judgeServer(info({ redis_version: version })).server).toBe(`Redis ${version}`)
  })

  it('that is a replica is refused, and the primary is named', () => {
    expect(() => judgeServer(info({ role: 'slave', master_host: 'db1', master_port: '6379' }))).toThrow(
      'replica of db1:6379',
    )
  })

  it('that would throw pairs away, or forget them, is warned of', () => {
    expect(judgeServer(info({ maxmemory: '1000', maxmemory_policy: 'allkeys-lru' })).warnings).toEqual([
      expect.stringContaining('maxmemory-policy allkeys-lru'),
    ])
    expect(judgeServer(info({ maxmemory: '0', maxmemory_policy: 'allkeys-lru' })).warnings).toEqual([])
    expect(judgeServer(info({ aof_enabled: '0' })).warnings).toEqual([expect.stringContaining('appendonly')])
  })

  it('tells what is on its disk from Redis 7.2 on, where it keeps a file at all', () => {
    expect(judgeServer(info({ redis_version: '7.0.15' })).whyNoDisk).toContain('only Redis 7.2 and newer')
    expect(judgeServer(info({ redis_version: '7.2.0' })).whyNoDisk).toBeNull()
    expect(judgeServer(info({ redis_version: '7.2.4', valkey_version: '8.1.0' })).whyNoDisk).toBeNull()
    expect(judgeServer(info({ redis_version: '8.0.0', aof_enabled: '0' })).whyNoDisk).toContain('appendonly no')
  })
})
