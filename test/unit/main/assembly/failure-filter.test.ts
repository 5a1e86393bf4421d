import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOfEitherNature, matchesFailure, type FilteredFailure } from '../../../../src/main/assembly/failure-filter'
import type { FailureFilter } from '../../../../src/shared/failures'

const failure: FilteredFailure = {
  entry: { wallet_address: '0xAbC', token_address: 'T', token_symbol: 'FOX', chain: 'base' },
  reason: 'permanent',
  message: '404 no wallet 17',
  attempts: 2,
  refusals: 5,
  recoveries: 0,
}

describe('the filter of failures', () => {
  it.each<[FailureFilter, boolean]>([
    [{}, true],
    [{ text: 'fox' }, true],
    [{ text: 'NO WALLET' }, true],
    [{ text: 'cat' }, false],
    [{ wallet: '0xABC' }, true],
    [{ wallet: '0xAb' }, false],
    [{ token: 'T' }, true],
    [{ token: 't' }, false],
    [{ reason: 'permanent' }, true],
    [{ reason: 'timeout' }, false],
    [{ nature: 'poison' }, true],
    [{ nature: 'bad-luck' }, false],
    [{ minAttempts: 2 }, true],
    [{ minAttempts: 3 }, false],
    [{ minRefusals: 5 }, true],
    [{ minRefusals: 6 }, false],
    [{ minRecoveries: 1 }, false],
    [{ group: '404 no wallet #' }, true],
    [{ group: '404 no wallet 17' }, false],
    [{ text: 'fox', reason: 'permanent', minRefusals: 5 }, true],
    [{ text: 'fox', reason: 'permanent', minRefusals: 6 }, false],
  ])('%o lets it through: %s', (filter, expected) => {
    expect(matchesFailure(filter, failure)).toBe(expected)
  })

  it.each([
    ['crashed', 'poison'],
    ['permanent', 'poison'],
    ['timeout', 'bad-luck'],
    ['attempts-exhausted', 'bad-luck'],
  ] as const)('takes %s for %s', (reason, nature) => {
    expect(matchesFailure({ nature }, { ...failure, reason })).toBe(true)
    expect(isOfEitherNature({ nature: nature === 'poison' ? 'bad-luck' : 'poison' }, { ...failure, reason })).toBe(true)
  })

  it('never lets more through for being narrower', () => {
    const count = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined })
    const half = fc.record({ minAttempts: count, minRefusals: count, minRecoveries: count }, { requiredKeys: [] })
    const any = fc.record({ attempts: fc.nat(4), refusals: fc.nat(4), recoveries: fc.nat(4) })
    fc.assert(
      fc.property(half, any, fc.constantFrom('fox', 'no', '', '17'), (filter, counts, text) => {
        const one = { ...failure, ...counts }
        const wide = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
        expect(matchesFailure({ ...wide, text }, one) && !matchesFailure(wide, one)).toBe(false)
      }),
    )
  })
})
