import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLayout, ResultPacker, unpackResult } from '../../../../src/main/queue/stored-result'
import type { PairResult } from '../../../../src/shared/result'

const asResult = (cells: object) => cells as PairResult // which columns there are plays no part here
const first = asResult({ wallet_address: 'W', total_pnl_usd: '0.1', win_rate: null, truncated: false })
const second = asResult({ wallet_address: 'V', total_pnl_usd: null, win_rate: 3, extra: true })

function layoutsOf(...layouts: readonly { readonly name: string; readonly columns: string }[]) {
  return new Map(layouts.map(({ name, columns }) => [name, readLayout(columns)]))
}

describe('a stored result', () => {
  it('comes back as it was, its columns in their order', () => {
    const { layout, stored } = new ResultPacker().pack('id', first)
    const back = unpackResult('id', stored, layoutsOf(layout))
    expect(back).toEqual(first)
    expect(Object.keys(back)).toEqual(Object.keys(first))
    expect(stored).not.toContain('wallet_address')
  })

  it('is read by its own layout, beside results of others', () => {
    const packer = new ResultPacker()
    const packed = [first, second, first].map((result) => packer.pack('id', result))
    const layouts = layoutsOf(...packed.map(({ layout }) => layout))
    expect(layouts.size).toBe(2)
    expect(packed.map(({ stored }) => unpackResult('id', stored, layouts))).toEqual([first, second, first])
  })

  it('comes back as it was, whichever of its cells are empty and however many columns it has', () => {
    const cell = fc.oneof(fc.constant(null), fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0), fc.boolean())
    const cells = fc.array(cell, { maxLength: 60 })
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 4 }), (results) => {
        const packer = new ResultPacker()
        for (const values of results) {
          const result = asResult(Object.fromEntries(values.map((value, i) => [`column ${i}`, value])))
          const { layout, stored } = packer.pack('id', result)
          expect(unpackResult('id', stored, layoutsOf(layout))).toEqual(result)
        }
      }),
    )
  })

  it('does not spell the cells that are empty, and is read where an older version spelled them', () => {
    const { layout, stored } = new ResultPacker().pack('id', first)
    expect(stored).toBe(`${layout.name} d ["W","0.1",false]`)
    expect(unpackResult('id', `${layout.name} ["W","0.1",null,false]`, layoutsOf(layout))).toEqual(first)
  })

  it('does not spell what the id of its pair has, and has it again when it is read', () => {
    const ofPair = asResult({ wallet_address: 'W', status: 'success', chain: 'solana', token_address: 'T', epoch: null })
    const { layout, stored } = new ResultPacker().pack('solana:W:T', ofPair)
    expect(stored).toBe(`${layout.name} 8 ["success"]`)
    const back = unpackResult('solana:W:T', stored, layoutsOf(layout))
    expect(back).toEqual(ofPair)
    expect(Object.keys(back)).toEqual(Object.keys(ofPair))
  })

  it('comes back letter for letter where the id has its addresses in another case, or none of them', () => {
    const part = fc.oneof(fc.constantFrom('0xAb', '0xab', 'a:b', '', 'solana'), fc.string())
    const cell = fc.option(part)
    fc.assert(
      fc.property(fc.string(), fc.array(fc.tuple(part, part, part, fc.boolean())), cell, (someId, pairs, other) => {
        const packer = new ResultPacker()
        for (const [chain, wallet_address, token_address, isAnothers] of pairs) {
          const result = asResult({ other, token_address, chain, wallet_address })
          const id = isAnothers ? someId : `${chain}:${wallet_address}:${token_address}`.toLowerCase()
          const { layout, stored } = packer.pack(id, result)
          expect(unpackResult(id, stored, layoutsOf(layout))).toEqual(result)
        }
      }),
    )
  })

  it('is kept with the number of its epoch', () => {
    const { layout, stored } = new ResultPacker().pack('id', asResult({ wallet_address: 'W', epoch: null }), 7)
    expect(unpackResult('id', stored, layoutsOf(layout))).toEqual({ wallet_address: 'W', epoch: 7 })
  })

  it('of one layout has the same layout in every process', () => {
    expect(new ResultPacker().pack('id', first).layout).toEqual(new ResultPacker().pack('id', { ...first }).layout)
  })

  it('of before there were layouts is read as well', () => {
    expect(unpackResult('id', JSON.stringify(first), new Map())).toEqual(first)
  })

  it('whose layout is missing is refused rather than misread', () => {
    expect(() => unpackResult('id', new ResultPacker().pack('id', first).stored, new Map())).toThrow('layout of a stored result')
  })
})
