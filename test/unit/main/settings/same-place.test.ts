import { describe, expect, it } from 'vitest'
import { isSameApi, isSameRedis } from '../../../../src/main/settings/same-place'

describe('a secret that is kept', () => {
  it.each([
    ['', 'https://public-api.birdeye.so', true],
    ['https://a.example/v1', 'https://a.example/v2/', true],
    ['https://a.example', 'http://a.example', false],
    ['https://a.example', 'https://a.example:8443', false],
    ['', 'https://evil.example', false],
    ['https://a.example', 'https://a.example.evil.example', false],
  ])('may go from the API %j to %j: %s', (one, other, same) => {
    expect(isSameApi(one, other)).toBe(same)
  })

  it.each([
    ['redis://host:1/2', 'redis://me@host:1/3', true],
    ['rediss://host:1', 'redis://host:1', false],
    ['redis://host:1', 'redis://evil:1', false],
    ['unix:///a', 'redis://host', false],
  ])('may go from the Redis %j to %j: %s', (one, other, same) => {
    expect(isSameRedis(one, other)).toBe(same)
  })
})
