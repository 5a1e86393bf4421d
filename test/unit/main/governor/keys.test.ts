import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accountKeys } from '../../../../src/main/governor/keys'

const ORIGIN = 'https://api.example.org'

it('a key never appears in Redis, nor a part of it that would tell it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 64 }), (key) => {
      const spelled = Object.values(accountKeys(ORIGIN, `secret-${key}`)).join(' ')
      expect(spelled).not.toContain(key)
      expect(spelled).not.toContain('secret')
    }),
  )
})

it('the same key of the same API is the same account, every time', () => {
  expect(accountKeys(ORIGIN, 'k')).toEqual(accountKeys(ORIGIN, 'k'))
})

it('another key, another API and no key are other accounts', () => {
  const states = [
    accountKeys(ORIGIN, 'k'),
    accountKeys(ORIGIN, 'K'),
    accountKeys('https://other.example.org', 'k'),
    accountKeys(ORIGIN, null),
  ].map(({ state }) => state)
  expect(new Set(states).size).toBe(4)
})

it('all keys of an account live in one cluster slot', () => {
  const tags = Object.values(accountKeys(ORIGIN, 'k')).map((key) => /^\{[^}]+\}/.exec(key)?.[0])
  expect(new Set(tags).size).toBe(1)
  expect(tags[0]).toMatch(/^\{sluice:account:/)
})
