import { describe, expect, it } from 'vitest'
import { parseLossless, readText } from '../../../../src/main/analysis/lossless-json'

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

describe('reading a body', () => {
  it('joins characters that were cut between chunks', async () => {
    const bytes = new TextEncoder().encode('"žluťoučký"')
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await readText(new Response(body), 100)).toBe('"žluťoučký"')
  })

  it('gives up at the limit without reading the rest', async () => {
    let pulled = 0
    let cancelled = false
    const endless = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(1000))
      },
      cancel() {
        cancelled = true
      },
    })
    expect(await readText(new Response(endless), 5000)).toBeNull()
    expect(cancelled).toBe(true)
    expect(pulled).toBeLessThan(10)
  })

  it('takes a body of exactly the limit, and a missing one', async () => {
    expect(await readText(new Response('12345'), 5)).toBe('12345')
    expect(await readText(new Response(null), 5)).toBe('')
  })
})
