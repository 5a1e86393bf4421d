import { expect, it } from 'vitest'
import { readToken, readTrader } from '../../../../src/main/analysis/discovered-pair'

it('a token is told of in one line, whatever its symbol holds', () => {
  const address = 'So11111111111111111111111111111111111111112'
  const token = readToken({ address, symbol: 'A\n2026-01-01 WARN all is lost\u001b[2J', price: '1' }, 'solana')
  if ('what' in token) throw new Error(token.reason)
  expect(token.name).toBe('A 2026-01-01 WARN all is lost [2J')
  expect(readTrader({}, token, 'solana', 0)).toMatchObject({ name: 'a trader of A 2026-01-01 WARN all is lost [2J' })
})
