import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { excerptOf, MAX_LINE_BYTES, readLines, type Line } from '../../../../src/main/transfer/lines'
import { collect } from '../../../support/collect'
import { ScratchFolder } from '../../../support/scratch-folder'

const folder = new ScratchFolder()
afterAll(() => folder.remove())

async function lines(content: string | Uint8Array): Promise<Line[]> {
  return collect(readLines(folder.write('lines', content)))
}

describe('the lines of a file', () => {
  it.each([
    ['', []],
    ['\n', ['']],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\n\nb', ['a', '', 'b']],
    ['a\r\nb\r\n', ['a\r', 'b\r']],
    ['\uFEFFa\n\uFEFFb', ['a', '\uFEFFb']],
  ])('of %j are %j, numbered from 1', async (content, texts) => {
    expect(await lines(content)).toEqual(texts.map((text, i) => ({ number: i + 1, text })))
  })

  it.each([
    ['has NUL bytes in it', Buffer.from('x\0y'), 'x y'],
    ['is not UTF-8', Buffer.from([0x78, 0xff, 0x79]), 'x\uFFFDy'],
    ['is not UTF-8', Buffer.from('grün', 'latin1'), 'gr\uFFFDn'],
    [`is longer than ${MAX_LINE_BYTES} bytes`, Buffer.alloc(MAX_LINE_BYTES + 1, 'x'), `${'x'.repeat(80)}…`],
    [`is longer than ${MAX_LINE_BYTES} bytes`, Buffer.alloc(10 * MAX_LINE_BYTES, 'x'), `${'x'.repeat(80)}…`],
  ])('tell of one that %s, and go on after it', async (problem, line, excerpt) => {
    expect(await lines(Buffer.concat([Buffer.from('before\n'), line, Buffer.from('\nafter')]))).toEqual([
      { number: 1, text: 'before' },
      { number: 2, problem, excerpt },
      { number: 3, text: 'after' },
    ])
  })

  it('may be as long as the limit', async () => {
    const text = 'x'.repeat(MAX_LINE_BYTES)
    expect(await lines(`${text}\n${text}`)).toEqual([
      { number: 1, text },
      { number: 2, text },
    ])
  })

  it('are the same wherever the chunks of the file end', async () => {
    // 256 KiB a chunk: letters of several bytes lie across the borders.
    const texts = Array.from({ length: 3000 }, (_, i) => `${i} ${'größe 🐶 '.repeat(i % 40)}`)
    expect(await lines(texts.join('\n'))).toEqual(texts.map((text, i) => ({ number: i + 1, text })))
  })

  it('account for every byte', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    const withLineEnds = fc.array(fc.oneof(bytes, fc.constant(Uint8Array.of(0x0a)), fc.constant(Uint8Array.of(0x0d, 0x0a))))
    await fc.assert(
      fc.asyncProperty(withLineEnds, async (parts) => {
        const content = Buffer.concat(parts)
        const ends = content.filter((byte) => byte === 0x0a).length
        const expected = content.length === 0 || content.at(-1) === 0x0a ? ends : ends + 1
        expect((await lines(content)).map(({ number }) => number)).toEqual(Array.from({ length: expected }, (_, i) => i + 1))
      }),
      { numRuns: 500 },
    )
  })
})

describe('an excerpt', () => {
  it('is one short line without what a terminal would obey', () => {
    expect(excerptOf('a\u001b[2Jb\r\nc\td')).toBe('a [2Jb  c d')
    expect(excerptOf('x'.repeat(80))).toBe('x'.repeat(80))
    expect(excerptOf('x'.repeat(81))).toBe(`${'x'.repeat(80)}…`)
  })
})
