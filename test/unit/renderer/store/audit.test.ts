import { describe, expect, test } from 'vitest'
import { auditVerdictOf } from '../../../../src/renderer/store/audit'
import { pictureOf, withFrame } from '../../../../src/renderer/store/picture'
import { frame, ledger } from '../fixtures'

const LIVE = { kind: 'live' } as const
const SILENT = { kind: 'silent', lastAtMs: 0, reason: null } as const
const audited = pictureOf(frame(4, { ledger: ledger({ lost: 0, auditedAtMs: 7 }) }), null)
const after = (ms: number, parts = {}) =>
  withFrame(audited, frame(5, { atMs: 1000 + ms, ledger: audited.ledger, ...parts }))

describe('the audit', () => {
  test('is not known before the first', () => {
    expect(auditVerdictOf(pictureOf(frame(1), null), LIVE)).toEqual({ kind: 'none' })
  })

  test("tells its age by main's clock, whatever the Redis server's says", () => {
    expect(auditVerdictOf(after(900), LIVE)).toEqual({ kind: 'checked', lost: 0, ageMs: 900 })
  })

  test('is stale when no new one came for a while', () => {
    expect(auditVerdictOf(after(6000), LIVE)).toMatchObject({ kind: 'stale', because: 'no-audit' })
  })

  test('is stale while Redis is away, however young', () => {
    const state = { kind: 'waiting-for-redis', sinceMs: 0, reason: 'gone' }
    expect(auditVerdictOf(after(900, { state }), LIVE)).toMatchObject({ kind: 'stale', because: 'redis-away' })
  })

  test('is stale while the engine is silent', () => {
    expect(auditVerdictOf(after(900), SILENT)).toMatchObject({ kind: 'stale', because: 'no-contact' })
  })
})
