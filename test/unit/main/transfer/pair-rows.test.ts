import { describe, expect, it } from 'vitest'
import { columnOf, rowOfCells, rowOfJson, type Row } from '../../../../src/main/transfer/pair-rows'

const COLUMNS = ['wallet_address', null, 'token_address', 'token_symbol', 'chain', 'trader_volume_usd', 'priority'] as const
const anything = () => null

function fieldsOf(row: Row): unknown {
  return 'raw' in row ? JSON.parse(row.raw) : row
}

describe('a column', () => {
  it.each([
    ['wallet_address', 'wallet_address'],
    ['wallet', 'wallet_address'],
    [' Token ', 'token_address'],
    ['PRIORITY', 'priority'],
    ['discovered_at', 'discovered_at'],
    ['note', null],
    ['', null],
    ['__proto__', null],
    ['constructor', null],
  ])('called %j is read as %j', (name, column) => {
    expect(columnOf(name)).toBe(column)
  })
})

describe('a row of cells', () => {
  const row = (...cells: string[]) => rowOfCells(cells, COLUMNS, anything)

  it("has the inbox's names, without empty cells and columns that are passed over", () => {
    expect(fieldsOf(row(' w ', 'note', 't', '', 'Base', '12.50', '9'))).toEqual({
      wallet_address: 'w',
      token_address: 't',
      chain: 'Base',
      trader_volume_usd: '12.50',
      priority: '9',
    })
  })

  it('loses the apostrophe that an export put before a formula', () => {
    expect(fieldsOf(row('w', '', 't', "'=SYM", '', '', ''))).toMatchObject({ token_symbol: '=SYM' })
    expect(fieldsOf(row('w', '', 't', "'SYM", '', '', ''))).toMatchObject({ token_symbol: "'SYM" })
  })

  it.each([
    [['w', '', 't'], 'has 3 columns where the header has 7'],
    [['w', '', 't', '', '', '', '', ''], 'has 8 columns where the header has 7'],
    [[' ', '', 't', '', '', '', ''], 'wallet_address is empty'],
    [['w', '', '', '', '', '', ''], 'token_address is empty'],
    [['w', '', 't', '', 'so lana', '', ''], 'chain "so lana" is not a name made of letters, digits and hyphens'],
    [['w', '', 't', '', '', '', '10'], 'priority "10" is not a whole number from 0 to 9'],
    [['w', '', 't', '', '', '', '-1'], 'priority "-1" is not a whole number from 0 to 9'],
    [['w', '', 't', '', '', '', '1.5'], 'priority "1.5" is not a whole number from 0 to 9'],
    [['w', '', 't', '', '', '', 'high'], 'priority "high" is not a whole number from 0 to 9'],
  ])('%j is refused: %s', (cells, reason) => {
    expect(row(...cells)).toEqual({ reason })
  })
})

describe('a row of JSON', () => {
  const row = (text: string) => rowOfJson(text, anything)

  it('has whole characters only: with half of one, Redis could not read any of it', () => {
    expect(fieldsOf(rowOfJson('{"wallet":"W","token":"T","token_symbol":"\\ud83d!"}', anything))).toMatchObject({ token_symbol: '\uFFFD!' })
  })

  it("has the inbox's names, without what is null or passed over, and every digit of its numbers", () => {
    const text = '{"wallet":"w","Token":"t","chain":null,"note":1,"trader_volume_usd":12345678901234567890.12,"priority":3}'
    expect(row(text)).toEqual({
      raw: '{"wallet_address":"w","token_address":"t","trader_volume_usd":12345678901234567890.12,"priority":3}',
    })
  })

  it.each([
    ['{"wallet":"w"', /^is not JSON: /],
    ["{'wallet':'w'}", /^is not JSON: /],
    ['{"wallet":"w","wallet":"x"}', /^is not JSON: Duplicate key 'wallet'/],
    ['['.repeat(100_000), /^is not JSON: nested too deep$/],
    ['[]', /^is not a JSON object$/],
    ['"w"', /^is not a JSON object$/],
    ['5', /^is not a JSON object$/],
    ['1e400', /^is not a JSON object$/],
    ['null', /^is not a JSON object$/],
    ['{}', /^wallet_address is empty$/],
    ['{"wallet":"w","token":""}', /^token_address is empty$/],
    ['{"wallet":5,"token":"t"}', /^wallet_address is not text$/],
    ['{"wallet":"w","token":{"a":1}}', /^token_address is a list or an object, not text or a number$/],
    ['{"wallet":"w","wallet_address":"x","token":"t"}', /^names wallet_address twice$/],
    ['{"wallet":"w","token":"t","token_symbol":["x"]}', /^token_symbol is a list or an object/],
    ['{"wallet":"w","token":"t","chain":1}', /^chain "1" is not a name/],
    ['{"wallet":"w","token":"t","chain":""}', /^chain "" is not a name/],
    ['{"wallet":"w","token":"t","priority":10}', /^priority "10" is not a whole number from 0 to 9$/],
    ['{"wallet":"w","token":"t","priority":true}', /^priority "true" is not a whole number from 0 to 9$/],
  ])('%.60s is refused', (text, reason) => {
    expect(row(text)).toEqual({ reason: expect.stringMatching(reason) })
  })
})

describe('the check of the addresses', () => {
  it('sees the entry as the queue will, and its words become the reason', () => {
    const validate = (entry: { chain: string; wallet_address: string }) => `${entry.wallet_address} on ${entry.chain}`
    expect(rowOfJson('{"wallet":"w","token":"t"}', validate)).toEqual({ reason: 'w on solana' })
    expect(rowOfCells(['w', 't', 'BASE'], ['wallet_address', 'token_address', 'chain'], validate)).toEqual({ reason: 'w on base' })
  })
})
