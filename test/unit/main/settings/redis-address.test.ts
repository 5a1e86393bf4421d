import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldsOf, fullUrlOf, keptRedisOf, keptRedisOfUrl } from '../../../../src/main/settings/redis-address'

const own = { kind: 'own', address: 'host:6380/2', tls: false, user: '', password: null } as const

describe('the address of a Redis', () => {
  it.each([
    ['host', { ...own, address: ' host ' }, 'redis://host'],
    ['port and database', own, 'redis://host:6380/2'],
    ['TLS', { ...own, tls: true }, 'rediss://host:6380/2'],
    ['user', { ...own, user: 'me@home' }, 'redis://me%40home@host:6380/2'],
    ['socket', { ...own, address: '/run/redis.sock' }, 'unix:///run/redis.sock'],
    ['whole URL', { ...own, address: 'rediss://other@h:1' }, 'rediss://other@h:1'],
  ])('is kept with its %s', (_what, draft, url) => {
    expect(keptRedisOf(draft, '').url).toBe(url)
  })

  it('keeps the password of a whole URL apart, and it alone', () => {
    expect(keptRedisOf({ ...own, address: 'redis://me:s3%20cret@h' }, 'old')).toEqual({ url: 'redis://me@h', password: 's3 cret' })
    expect(keptRedisOfUrl('rediss://:p%40ss@h:1/3')).toEqual({ url: 'rediss://h:1/3', password: 'p@ss' })
  })

  it('keeps the kept password where the field was left alone, and none where it was emptied', () => {
    expect(keptRedisOf(own, 'old').password).toBe('old')
    expect(keptRedisOf({ ...own, password: '' }, 'old').password).toBe('')
    expect(keptRedisOf({ ...own, password: 'new' }, 'old').password).toBe('new')
  })

  it.each(['redis://:s3cret@[bad', 'a b c', 'host:99999'])('that cannot be read, like %s, is refused without being quoted', (address) => {
    const keeping = () => keptRedisOf({ ...own, address }, '')
    expect(keeping).toThrow('cannot be read')
    expect(keeping).not.toThrow('s3cret')
  })

  it('is made whole with any password, and shown without', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), fc.boolean(), (password, user, tls) => {
        const kept = keptRedisOf({ ...own, password, user, tls }, '')
        const whole = new URL(fullUrlOf(kept))
        expect(decodeURIComponent(whole.password)).toBe(password)
        expect(decodeURIComponent(whole.username)).toBe(user)
        expect(fieldsOf(kept)).toEqual({ address: 'host:6380/2', tls, user, hasPassword: true })
        expect(new URL(kept.url).password).toBe('')
      }),
    )
  })
})
