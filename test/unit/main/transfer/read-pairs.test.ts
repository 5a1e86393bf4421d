import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { pairProblem } from '../../../../src/main/analysis/addresses'
import { ImportRefused, readPairs, type PairRow } from '../../../../src/main/transfer/read-pairs'
import { collect } from '../../../support/collect'
import { ScratchFolder } from '../../../support/scratch-folder'

const WALLET = '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin'
const TOKEN = 'So11111111111111111111111111111111111111112'
const HEADER = 'wallet_address,token_address,token_symbol,chain,priority'

const folder = new ScratchFolder()
afterAll(() => folder.remove())

function read(content: string | Uint8Array, name = 'pairs.csv'): Promise<PairRow[]> {
  return collect(readPairs(folder.write(name, content), pairProblem))
}

/** The symbols of the accepted rows, and line and reason of the refused ones. */
async function outcomes(content: string | Uint8Array, name?: string): Promise<unknown[]> {
  return (await read(content, name)).map((row) => ('raw' in row ? JSON.parse(row.raw).token_symbol : [row.line, row.reason]))
}

describe('a CSV file', () => {
  it('is read row by row, as the inbox would have it', async () => {
    expect(await read(`\uFEFF${HEADER}\r\n${WALLET},${TOKEN},WIF,Solana,5\r\n`)).toEqual([
      {
        line: 2,
        raw: JSON.stringify({ wallet_address: WALLET, token_address: TOKEN, token_symbol: 'WIF', chain: 'Solana', priority: '5' }),
      },
    ])
  })

  it.each([',', ';', '\t'])('may have its cells parted by %j, its columns in any order, and others among them', async (delimiter) => {
    const lines = [['note', 'token', 'token_symbol', 'wallet'], ['"x"', TOKEN, 'WIF', WALLET]]
    expect(await outcomes(lines.map((cells) => cells.join(delimiter)).join('\n'))).toEqual(['WIF'])
  })

  it('may have blank lines before its header', async () => {
    expect(await read(`\n \r\nwallet,token\n${WALLET},${TOKEN}\n`)).toMatchObject([{ line: 4 }])
  })

  it('of a dozen kinds of broken rows has each told with its line, and hides no good row', async () => {
    const good = (symbol: string) => `${WALLET},${TOKEN},${symbol},solana,1`
    const lines = [
      HEADER,
      good('first'),
      `${WALLET},${TOKEN},too few`,
      `${WALLET},${TOKEN},too,many,cells,here`,
      `,${TOKEN},no wallet,solana,1`,
      `${WALLET.replace('x', '0')},${TOKEN},bad base58,solana,1`,
      `${WALLET.slice(4)},${TOKEN},short,solana,1`,
      `${WALLET},${TOKEN},bad chain,dogechain,1`,
      `${WALLET},${TOKEN},bad priority,solana,10`,
      `${WALLET},${TOKEN},"open quote,solana,1`,
      good('after a forgotten quote'),
      `${WALLET},${TOKEN},5" disk,solana,1`,
      `${WALLET},${TOKEN},nul\0,solana,1`,
      `${WALLET},${TOKEN},${'x'.repeat(2_000_000)},solana,1`,
      '',
      `${WALLET},${TOKEN},"spans`,
      `lines",solana,1`,
      good('last'),
    ]
    const content = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n`), Buffer.from([0xff, 0xfe]), Buffer.from(`\n${good('end')}`)])
    expect(await outcomes(content)).toEqual([
      'first',
      [3, 'has 3 columns where the header has 5'],
      [4, 'has 6 columns where the header has 5'],
      [5, 'wallet_address is empty'],
      [6, expect.stringContaining('is not an address on solana (base58 of 32 bytes)')],
      [7, expect.stringContaining('is not an address on solana (base58 of 32 bytes)')],
      [8, expect.stringContaining('chain "dogechain" is not known')],
      [9, 'priority "10" is not a whole number from 0 to 9'],
      [10, 'has a quote that is not closed'],
      'after a forgotten quote',
      [12, 'has a quote in the middle of a cell'],
      [13, 'has NUL bytes in it'],
      [14, 'is longer than 1048576 bytes'],
      'spans\r\nlines',
      'last',
      [19, 'is not UTF-8'],
      'end',
    ])
  })

  it('shows the beginning of a refused row', async () => {
    const [row] = await read(`wallet,token\n"x\n\u001b[2J",${'y'.repeat(200)}`)
    expect(row).toMatchObject({ line: 2, excerpt: `"x  [2J",${'y'.repeat(71)}…` })
  })
})

describe('a JSON-lines file', () => {
  const good = JSON.stringify({ wallet: WALLET, token: TOKEN, token_symbol: 'WIF' })

  it('is known by its first line, or by its name', async () => {
    expect(await outcomes(good, 'pairs.csv')).toEqual(['WIF'])
    expect(await outcomes(`not JSON\n${good}`, 'pairs.jsonl')).toEqual([[1, expect.stringMatching(/^is not JSON/)], 'WIF'])
    expect(await outcomes(`[1]\n${good}`, 'pairs.jsonl')).toEqual([[1, 'is not a JSON object'], 'WIF'])
    expect(await outcomes(`\0\n${good}`, 'pairs.NDJSON')).toEqual([[1, 'has NUL bytes in it'], 'WIF'])
  })

  it('has each broken line told, and hides no good one', async () => {
    const lines = [good, '{"wallet":', '', '[1]', '{"wallet":1,"token":"x"}', `{"a":"${'x'.repeat(2_000_000)}"}`, good, '\uFFFD']
    expect(await outcomes(lines.join('\r\n'))).toEqual([
      'WIF',
      [2, expect.stringMatching(/^is not JSON/)],
      [4, 'is not a JSON object'],
      [5, 'wallet_address is not text'],
      [6, 'is longer than 1048576 bytes'],
      'WIF',
      [8, expect.stringMatching(/^is not JSON/)],
    ])
  })
})

describe('a file that cannot be imported is refused in words:', () => {
  const needed = 'wallet_address and token_address (optional: token_symbol, chain, trader_volume_usd, trader_trades, discovered_at, priority)'

  it.each([
    ['an empty one', '', `is empty: it needs a header with the columns ${needed}, or JSON lines`],
    ['one of blank lines', '\n\r\n', 'is empty'],
    ['one without a column', 'wallet,amount\nx,1\n', `has no column token_address: it has wallet, amount; needed are ${needed}`],
    ['one without both', 'x\n', 'has no column wallet_address and no token_address: it has x; needed are'],
    ['one with a column twice', 'wallet,token,wallet_address\n', 'names the column wallet_address twice: remove one of them'],
    ['one with a broken header', 'wallet,"token\n', 'cannot be imported: its header has a quote that is not closed'],
    ['one in UTF-16', Buffer.from('\uFEFFwallet,token\n', 'utf16le'), 'its first line has NUL bytes in it. Save it as CSV in UTF-8'],
    ['one with lone CRs', 'wallet,token\rx,y\r', 'its lines end with CR alone. Save it with LF or CRLF line ends'],
    ['a JSON array', '[\n{}\n]', 'is a JSON array: write one JSON object a line instead'],
    ['a JSON array in one long line', `[{"wallet":"${'x'.repeat(2_000_000)}"}]`, 'is a JSON array'],
  ])('%s', async (_, content, words) => {
    const refused = read(content)
    await expect(refused).rejects.toThrow(ImportRefused)
    await expect(refused).rejects.toThrow(`${folder.at('pairs.csv')} ${words.startsWith('its') ? `cannot be imported: ${words}` : words}`)
  })

  it.each(['[\n{}\n]', '[{}]', '[[]]'])('a JSON array in a file named as JSON lines: %j', async (content) => {
    await expect(read(content, 'pairs.json')).rejects.toThrow('is a JSON array: write one JSON object a line instead')
  })

  it.each([
    ['a missing one', 'missing.csv', 'there is no such file. Check its path'],
    ['a folder', '.', 'it is a folder. Name a CSV or JSON-lines file in it'],
    ['one below a file', 'pairs.csv/x', 'a part of its path is not a folder. Check its path'],
  ])('%s', async (_, name, words) => {
    folder.write('pairs.csv', '')
    const file = folder.at(name)
    await expect(collect(readPairs(file, pairProblem))).rejects.toThrow(new ImportRefused(`${file} cannot be imported: ${words}`))
  })
})

describe('any file at all', () => {
  const address = fc.constantFrom(WALLET, TOKEN, 'x', '')
  const cell = fc.oneof(address, fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'a', '\0', '=') }))
  const row = fc.array(cell, { maxLength: 4 }).map((cells) => cells.join(','))
  const json = fc.record({ wallet: fc.oneof(address, fc.jsonValue()), token: address, priority: fc.jsonValue() }).map((value) => JSON.stringify(value))
  const line = fc.oneof(row, json, fc.string({ unit: 'binary' })).map((text) => Buffer.from(text))
  const start = fc.constantFrom('wallet,token\n', 'token;wallet\n', '{}\n', '\uFEFF', '').map((text) => Buffer.from(text))
  const lines = fc.array(fc.oneof({ weight: 5, arbitrary: line }, fc.uint8Array().map((bytes) => Buffer.from(bytes))))

  it('is read to its end or refused in words, its lines in order', async () => {
    await fc.assert(
      fc.asyncProperty(start, lines, async (begin, rest) => {
        const content = Buffer.concat([begin, ...rest.flatMap((part) => [part, Buffer.from('\n')])])
        try {
          const numbers = (await read(content)).map((found) => found.line)
          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
          expect(numbers.at(-1) ?? 0).toBeLessThanOrEqual(content.filter((byte) => byte === 0x0a).length)
        } catch (error) {
          expect(error).toBeInstanceOf(ImportRefused)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
