import { describe, expect, it } from 'vitest'
import { judgeConfidence } from '../../../../src/main/analysis/confidence'
import { Decimal } from '../../../../src/main/analysis/decimal'

const judge = (evidence: {
  truncated?: boolean
  moves?: number
  sold?: number
  unmatched?: number
  missing?: number
  unreadable?: number
}) =>
  judgeConfidence({
    truncated: evidence.truncated ?? false,
    maxTransactions: 500,
    moves: evidence.moves ?? 20,
    soldQuantity: new Decimal(evidence.sold ?? 100),
    unmatchedQuantity: new Decimal(evidence.unmatched ?? 0),
    missingPrices: evidence.missing ?? 0,
    unreadable: evidence.unreadable ?? 0,
  })

describe('confidence', () => {
  it('is high, without a reason, where nothing is missing, also for a wallet that never had the token', () => {
    expect(judge({})).toEqual({ level: 'high', reason: null })
    expect(judge({ moves: 0, sold: 0 })).toEqual({ level: 'high', reason: null })
  })

  it.each([
    ['the history was cut', { truncated: true }, 'medium'],
    ['the history was cut and a buy is missing', { truncated: true, unmatched: 1 }, 'low'],
    ['the history was cut before anything of the token was found', { truncated: true, moves: 0, sold: 0 }, 'low'],
    ['a tenth of what was sold has no buy', { unmatched: 10 }, 'medium'],
    ['more than a tenth of what was sold has no buy', { unmatched: 10.5 }, 'low'],
    ['a tenth of the swaps have no price', { missing: 2 }, 'medium'],
    ['more than a tenth of the swaps have no price', { missing: 3 }, 'low'],
    ['one swap in 21 could not be read', { unreadable: 1 }, 'medium'],
    ['the only swap could not be read', { moves: 0, sold: 0, unreadable: 1 }, 'low'],
    ['prices and readable swaps together miss more than a tenth', { missing: 2, unreadable: 1 }, 'low'],
  ] as const)('when %s (%j) is %s', (_, evidence, level) => {
    expect(judge(evidence).level).toBe(level)
  })

  it('names every reason', () => {
    expect(judge({ truncated: true, unmatched: 12.5, missing: 2, unreadable: 1 }).reason).toBe(
      'the history was not read to its end (limit 500, [birdeye] max_transactions); ' +
        '12.5 tokens were sold without a known buy; 2 of 20 swaps have no usable price; 1 swap could not be read',
    )
  })
})
