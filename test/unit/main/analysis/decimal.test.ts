import { describe, expect, it } from 'vitest'
import {
  Decimal,
  parseDecimal,
  parsePositive,
  quantityText,
  roundFigure,
  unitPriceText,
  usdText,
} from '../../../../src/main/analysis/decimal'

describe('reading', () => {
  it.each([
    ['9007199254740993', '9007199254740993'],
    ['-340282366920938463463374607431768211455', '-340282366920938463463374607431768211455'],
    ['4.833567124695375e-06', '0.000004833567124695375'],
    ['1E+3', '1000'],
  ])('keeps every digit of %s', (text, expected) => {
    expect(parseDecimal(text)?.toFixed()).toBe(expected)
  })

  it.each(['', ' ', 'NaN', 'Infinity', '0x10', '1,5', '1.', '.5', 'null', '1e999999999', `1e500`, '9'.repeat(401)])(
    'takes %j for no number',
    (text) => {
      expect(parseDecimal(text)).toBeNull()
    },
  )

  it('takes only what is above 0 for a price', () => {
    expect(parsePositive('0')).toBeNull()
    expect(parsePositive('0.0e10')).toBeNull()
    expect(parsePositive('-1')).toBeNull()
    expect(parsePositive(null)).toBeNull()
    expect(parsePositive('1e-30')?.toFixed()).toBe('0.000000000000000000000000000001')
  })
})

describe('writing', () => {
  it.each([
    ['1e21', '1000000000000000000000'],
    ['12.500', '12.5'],
    ['0.0000000000000000005', '0'],
    ['0.0000000000000000015', '0.000000000000000002'],
    ['0.0000000000000000025', '0.000000000000000002'],
    ['-0.0000000000000000001', '0'],
  ])('writes USD %s as %s: plain, trimmed, at most 18 decimals, half to even', (value, expected) => {
    expect(usdText(new Decimal(value))).toBe(expected)
  })

  it('writes quantities with every digit, and prices with 18 significant ones', () => {
    expect(quantityText(new Decimal('1e-25'))).toBe('0.0000000000000000000000001')
    expect(unitPriceText(new Decimal('0.0000001234567890123456789'))).toBe('0.000000123456789012345679')
  })

  it('rounds percentages and minutes to four decimals', () => {
    expect(roundFigure(new Decimal(200).div(3))).toBe(66.6667)
  })
})
