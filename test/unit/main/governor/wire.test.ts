import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeAnswer, encodeAnswer, readKnowledge } from '../../../../src/main/governor/wire'

const whole = fc.integer({ min: 1, max: 1e9 })
const limits = fc.array(fc.record({ requests: whole, windowMs: whole }))
const report = fc.record({
  sentMs: whole,
  answeredMs: whole,
  accepted: fc.boolean(),
  stamp: whole,
  inTrain: fc.boolean(),
  retryAfterMs: fc.option(whole),
  limitRequests: fc.option(whole),
  limits: fc.option(limits),
})
const blank = { sentMs: 0, answeredMs: 1, stamp: 1, inTrain: false, retryAfterMs: null, limitRequests: null, limits: null }

describe('an answer', () => {
  it('arrives as it was sent, with times by the server’s clock', () => {
    fc.assert(
      fc.property(report, (sent) => {
        const arrived = decodeAnswer(encodeAnswer(sent, (ms) => ms + 1000))
        const { limits: told, ...answer } = sent
        const times = { sentMs: sent.sentMs + 1000, answeredMs: sent.answeredMs + 1000 }
        expect(arrived).toEqual({ answer: { ...answer, ...times }, limits: told })
      }),
    )
  })

  it('that no engine of this version wrote is dropped', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(decodeAnswer(text)).toBeNull()
      }),
    )
  })

  it('with a field of another type is dropped', () => {
    const good: unknown[] = JSON.parse(encodeAnswer({ ...blank, accepted: true }, (ms) => ms))
    const replacement = fc.oneof(fc.string(), fc.constant({}), fc.constant(undefined))
    fc.assert(
      fc.property(fc.nat(good.length - 1), replacement, (at, instead) => {
        const text = JSON.stringify(good.with(at, instead))
        // What is not there goes over the wire as null, which says nothing where nothing may be said.
        const isNullable = instead === undefined && at >= 5
        expect(decodeAnswer(text) === null).toBe(!isNullable)
      }),
    )
  })
})

describe('knowledge', () => {
  it('that is kept is read again', () => {
    const known = { quotaPerSecond: 15, uncertainty: 0.01, longLimit: { requests: 1000, windowMs: 60_000 }, source: 'learned' }
    expect(readKnowledge(JSON.stringify(known))).toEqual(known)
  })

  it.each([
    ['nothing', ''],
    ['half of it', '{"quotaPerSecond":15'],
    ['a quota of nought', '{"quotaPerSecond":0,"uncertainty":0,"longLimit":null,"source":"learned"}'],
    ['an unknown source', '{"quotaPerSecond":15,"uncertainty":0,"longLimit":null,"source":"guessed"}'],
    ['a window without a length', '{"quotaPerSecond":15,"uncertainty":0,"longLimit":{"requests":5},"source":"learned"}'],
  ])('that says %s is not believed', (_, text) => {
    expect(readKnowledge(text)).toBeNull()
  })

  it('that is garbage is dropped', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readKnowledge(text)).toBeNull()
      }),
    )
  })
})
