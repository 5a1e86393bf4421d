import { describe, expect, it } from 'vitest'
import { parseLossless } from '../../../../src/main/analysis/lossless-json'

describe('parsing', () => {
  it('keeps numbers as their text, beyond what a float can hold', () => {
    expect(parseLossless('{"a":9007199254740993,"b":[-1.50e-7],"c":"7","d":true,"e":null}')).toEqual({
      a: '9007199254740993',
      b: ['-1.50e-7'],
      c: '7',
      d: true,
      e: null,
    })
  })

  it('takes the last value of a key that comes twice', () => {
    expect(parseLossless('{"a":1,"a":2}')).toEqual({ a: '2' })
  })

  it('does not let a key named __proto__ reach the prototype', () => {
    const read = parseLossless('{"__proto__":{"success":true}}')
    expect(read).not.toHaveProperty('success')
  })

  it.each(['', '{"a":1', '{"a":1}}', '<html>', '{"a":01}'])('throws on %j', (text) => {
    expect(() => parseLossless(text)).toThrow(SyntaxError)
  })
})
