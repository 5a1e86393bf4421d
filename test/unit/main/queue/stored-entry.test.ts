import { describe, expect, it } from 'vitest'
import { parseStoredEntry } from '../../../../src/main/queue/stored-entry'

const id = 'solana:W:T'
const text = '{"wallet_address":"W","token_address":"T"}'

describe('a stored entry', () => {
  it('is the text that was handed in', () => {
    expect(parseStoredEntry(id, `1700000000000 0 ${text}`)).toEqual({ wallet_address: 'W', token_address: 'T', chain: 'solana' })
  })

  it('has the priority in force, whatever its text says', () => {
    expect(parseStoredEntry(id, `1700000000000 7 ${text}`)).toMatchObject({ priority: 7 })
    expect(parseStoredEntry(id, `1700000000000 0 ${text.replace('}', ',"priority":5}')}`)).toMatchObject({ priority: 0 })
  })

  it('without a priority before the text is read as well', () => {
    const stored = `1700000000000 ${text.replace('}', ',"token_symbol":"S"}')}`
    expect(parseStoredEntry(id, stored)).toMatchObject({ wallet_address: 'W', token_symbol: 'S' })
  })

  it('that cannot be read or is gone is made of the id', () => {
    const fromId = { chain: 'solana', wallet_address: 'W', token_address: 'T' }
    expect(parseStoredEntry(id, '1700000000000 0 {broken')).toEqual(fromId)
    expect(parseStoredEntry(id, null)).toEqual(fromId)
  })
})
