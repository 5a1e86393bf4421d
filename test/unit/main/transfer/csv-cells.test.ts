import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellText, withoutGuard } from '../../../../src/main/transfer/csv-cells'

describe('a cell', () => {
  it('is empty for what is not known', () => {
    expect(cellText(null)).toBe('')
    expect(cellText(Number.NaN)).toBe('')
    expect(cellText(Number.POSITIVE_INFINITY)).toBe('')
  })

  it.each([
    [true, 'true'],
    [false, 'false'],
    [0, '0'],
    [-0, '0'],
    [-12.5, '-12.5'],
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
  ])('shows %s as %s', (value, text) => {
    expect(cellText(value)).toBe(text)
  })

  it.each(['-12.5', '-0.000000000000000001', '123456789012345678901234567890.5', '0'])('leaves the decimal text %s as it is', (text) => {
    expect(cellText(text)).toBe(text)
  })

  it.each(['=1+1', '+1', '-A1', '-1+1', '@SUM(A1)', '\tx', '\rx', ' =1', '-', '- 5', '-5 ', '＝1', '＋1', '－1', '＠a'])(
    'makes harmless what a spreadsheet would run: %j',
    (text) => {
      expect(cellText(text)).toBe(`'${text}`)
    },
  )

  it.each([
    ['x;=1+1;y', "x;'=1+1;y"],
    ['x; @SUM(A1)', "x;' @SUM(A1)"],
    ['x\ty\t＝1', "x\ty\t'＝1"],
    ['x\n+1', "x\n'+1"],
    ['\t=1', "'\t'=1"],
    ['-5\n=1', "'-5\n'=1"],
  ])('makes harmless what would begin another cell where semicolons or tabs part cells: %j', (text, cell) => {
    expect(cellText(text)).toBe(cell)
  })

  it.each(['a;b', 'a; b', "a;'b", 'x\ny', 'a;1'])('leaves %j as it is', (text) => {
    expect(cellText(text)).toBe(text)
  })

  it('has no NUL, which older readers give up on', () => {
    expect(cellText('a\0b')).toBe('a\uFFFDb')
  })

  it.each(['WIF', "it's", "'quoted'", 'a=b', '$WIF', '🐶'])('leaves %s as it is', (text) => {
    expect(cellText(text)).toBe(text)
  })

  it('of any text can be read back', () => {
    const risky = fc.string({ unit: fc.constantFrom("'", '=', '-', '+', '@', '\t', ' ', '\r', '\n', ';', '＝', '1', '.', 'e', 'a') })
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), risky), (text) => {
        expect(withoutGuard(cellText(text))).toBe(text.replaceAll('\0', '\uFFFD'))
      }),
      { numRuns: 20_000 },
    )
  })

  it('of any number has no exponent and the same value', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        const text = cellText(value)
        expect(text).toMatch(/^-?\d+(\.\d+)?$/)
        expect(Math.abs(Number(text))).toBe(Math.abs(value))
      }),
      { numRuns: 1000 },
    )
  })
})
