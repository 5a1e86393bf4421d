import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf, CsvRecords, type CsvRecord } from '../../../../src/main/transfer/csv-records'
import type { Line } from '../../../../src/main/transfer/lines'
import { collect } from '../../../support/collect'

async function* linesOf(text: string): AsyncGenerator<Line> {
  for (const [i, line] of text.split('\n').entries()) {
    yield line === 'NUL' ? { number: i + 1, problem: 'has NUL bytes in it', excerpt: '' } : { number: i + 1, text: line }
  }
}

/** Good rows have two cells, the first of them "good". */
function records(text: string): Promise<CsvRecord[]> {
  return collect(new CsvRecords(linesOf(text), ',', ([first, ...rest]) => first === 'good' && rest.length === 1).read())
}

/** What came of each row: its line and cells, or its line and problem. */
async function rows(text: string): Promise<unknown[]> {
  return (await records(text)).map((record) => ('cells' in record ? [record.line, ...record.cells] : { [record.line]: record.problem }))
}

const UNCLOSED = 'has a quote that is not closed'
const MISPLACED = 'has a quote in the middle of a cell'

describe('the cells of a row', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['a,b\r', ['a', 'b']],
    ['', ['']],
    [',', ['', '']],
    ['" a ",b', [' a ', 'b']],
    ['"a""b","c,d"', ['a"b', 'c,d']],
    ['"a\r\nb",c', ['a\r\nb', 'c']],
    ['a\rb,"c"', ['a\rb', 'c']],
    ['"a', UNCLOSED],
    ['a,"', UNCLOSED],
    ['a"b', MISPLACED],
    ['"a"b', MISPLACED],
    [' "a"', MISPLACED],
  ])('%j are %j', (row, cells) => {
    expect(cellsOf(row, ',')).toEqual(cells)
  })
})

describe('the rows of a CSV', () => {
  it('have the line they begin on; blank lines are passed over', async () => {
    expect(await rows('good,1\n\n  \r\n"good","2"\r\ngood,3\r\n')).toEqual([
      [1, 'good', '1'],
      [4, 'good', '2'],
      [5, 'good', '3'],
    ])
  })

  it('may span lines, whose ends and blank lines are kept within the cell', async () => {
    expect(await rows('good,"a\r\n\r\n""b"",\nc"\r\ngood,2')).toEqual([
      [1, 'good', 'a\r\n\r\n"b",\nc'],
      [5, 'good', '2'],
    ])
  })

  it('that are spoiled by a forgotten quote cost one line, not the good ones below', async () => {
    expect(await rows('good,"a\ngood,2\ngood,3')).toEqual([{ 1: UNCLOSED }, [2, 'good', '2'], [3, 'good', '3']])
  })

  it('are found again where a later quote seems to close a forgotten one', async () => {
    expect(await rows('good,"a\ngood,b\nc"\ngood,4')).toEqual([
      { 1: UNCLOSED },
      [2, 'good', 'b'],
      { 3: MISPLACED },
      [4, 'good', '4'],
    ])
  })

  it('below a forgotten quote are each judged by themselves, bad ones too', async () => {
    expect(await rows('good,"a\nbad\n"good","3"\n"good","4"')).toEqual([
      { 1: UNCLOSED },
      [2, 'bad'],
      [3, 'good', '3'],
      [4, 'good', '4'],
    ])
  })

  it('do not span a line that cannot be read', async () => {
    expect(await rows('good,"a\nNUL\nb"\ngood,4')).toEqual([
      { 1: UNCLOSED },
      { 2: 'has NUL bytes in it' },
      { 3: MISPLACED },
      [4, 'good', '4'],
    ])
  })

  it('with a quote open at the end of the file are told', async () => {
    expect(await rows('good,"a')).toEqual([{ 1: UNCLOSED }])
    expect(await rows('good,1\n"good,1\n')).toEqual([[1, 'good', '1'], { 2: UNCLOSED }])
  })

  it('span no more than a hundred lines', async () => {
    const spanning = (lines: number) => `good,"${'x\n'.repeat(lines - 1)}"\ngood,after`
    expect((await rows(spanning(101)))[0]).toEqual([1, 'good', 'x\n'.repeat(100)])
    const tooMany = await rows(spanning(102))
    expect(tooMany[0]).toEqual({ 1: UNCLOSED })
    expect(tooMany.at(-1)).toEqual([103, 'good', 'after'])
  })

  it('never hide a good row, and account for every line in order, whatever stands between', async () => {
    const good = fc.integer({ min: 0, max: 9 }).map((n) => `good,${n}`)
    const quoted = fc.string({ unit: fc.constantFrom('"', ',', 'a', '\r'), maxLength: 8 })
    const anything = fc.string({ unit: fc.constantFrom('"', ',', 'good', ' ', '\r'), maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(good, quoted, anything)), async (lines) => {
        const read = await records(lines.join('\n'))
        const goodLines = lines.flatMap((line, i) => (/^good,\d$/.test(line) ? [i + 1] : []))
        const spans = read.map(({ line, text }) => ({ line, last: line + text.split('\n').length - 1 }))
        const told = spans.flatMap(({ line, last }) => Array.from({ length: last - line + 1 }, (_, i) => line + i))
        const notBlank = lines.flatMap((line, i) => (line.trim() === '' ? [] : [i + 1]))

        expect(read.map(({ line }) => line)).toEqual(expect.arrayContaining(goodLines))
        expect(new Set(told).size).toBe(told.length)
        expect(told).toEqual([...told].sort((a, b) => a - b))
        expect(told).toEqual(expect.arrayContaining(notBlank))
      }),
      { numRuns: 3000 },
    )
  })
})
