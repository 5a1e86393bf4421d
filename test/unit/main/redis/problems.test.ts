import { describe, expect, it } from 'vitest'
import { explainConnectFailure, shortName, shownUrl } from '../../../../src/main/redis/problems'

describe('a Redis URL', () => {
  it('is shown without its password', () => {
    expect(shownUrl('redis://user:s3cret@host:6379/1')).toBe('redis://user@host:6379/1')
    expect(shownUrl('rediss://:s3cret@host')).toBe('rediss://host')
    expect(shownUrl('redis://host:6379')).toBe('redis://host:6379')
    expect(shortName('redis://:s3cret@host:6379')).toBe('host:6379')
  })

  it('with an @ in its password does not show a part of it', () => {
    expect(shownUrl('redis://user:p@ss@host:6379')).not.toContain('p@ss')
    expect(shownUrl('redis://user:p@ss@host:6379')).not.toContain('ss@')
  })

  it('is shown without a password among its parameters', () => {
    expect(shownUrl('redis://host:1/?db=2&password=s3cret&family=4')).toBe('redis://host:1/?db=2&password=…&family=4')
  })
})

describe('a first connection that failed', () => {
  it.each([
    ['connect ECONNREFUSED 127.0.0.1:6399', 'nothing listens there'],
    ['getaddrinfo ENOTFOUND nowhere', 'host name is not known'],
    ['WRONGPASS invalid username-password pair', 'user or password is wrong'],
    ['NOAUTH Authentication required.', 'wants a password'],
    ['self-signed certificate', 'TLS failed'],
    ['Protocol error, got "H" as reply type byte', 'not a Redis'],
    ['no answer within 5 s', 'does not answer'],
  ])('is explained in words: %s', (message, words) => {
    const line = explainConnectFailure('redis://:s3cret@host:6379', new Error(message))
    expect(line).toContain(words)
    expect(line).toContain('SLUICE_REDIS_URL')
    expect(line).not.toContain('s3cret')
  })
})
