import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accountKeys } from '../../../../src/main/governor/keys'
import { decodeAnswer, readKnowledge } from '../../../../src/main/governor/wire'

it('a key never appears in Redis, and tells its account from others', () => {
  const { state, answers, engines } = accountKeys('https://api.example.org', 'the-secret-key')
  expect(`${state} ${answers} ${engines}`).not.toContain('secret')
  expect(accountKeys('https://api.example.org', 'another').state).not.toBe(state)
  expect(accountKeys('https://other.example.org', 'the-secret-key').state).not.toBe(state)
  expect(accountKeys('https://api.example.org', 'the-secret-key').state).toBe(state)
})

it('what no engine of this version wrote is dropped', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(decodeAnswer(text)).toBeNull()
      expect(readKnowledge(text)).toBeNull()
    }),
  )
})
