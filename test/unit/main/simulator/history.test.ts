import { describe, expect, it } from 'vitest'
import { History, type PageQuery } from '../../../../src/main/simulator/history'

const EVERYTHING = { offset: 0, limit: 100, beforeTime: null, afterTime: null }
const history = new History([50, 40, 40, 30, 10].map((unixTime, at) => ({ unixTime, json: `"${at}:${unixTime}"` })))

function itemsOf(query: Partial<PageQuery>, of: History = history): { items: string[]; has_next: boolean } {
  return JSON.parse(of.page({ ...EVERYTHING, ...query }))
}

describe('a page of a history', () => {
  it('is newest first and says whether there is more', () => {
    expect(itemsOf({ limit: 2 })).toEqual({ items: ['0:50', '1:40'], has_next: true })
    expect(itemsOf({ offset: 2, limit: 3 })).toEqual({ items: ['2:40', '3:30', '4:10'], has_next: false })
    expect(itemsOf({})).toMatchObject({ has_next: false })
  })

  it('is empty beyond the end', () => {
    expect(itemsOf({ offset: 5, limit: 1 })).toEqual({ items: [], has_next: false })
    expect(itemsOf({ offset: 500 })).toEqual({ items: [], has_next: false })
    expect(itemsOf({}, History.EMPTY)).toEqual({ items: [], has_next: false })
  })

  it('leaves out what is not before before_time, and counts its offset from there', () => {
    expect(itemsOf({ beforeTime: 40 }).items).toEqual(['3:30', '4:10'])
    expect(itemsOf({ beforeTime: 41, offset: 1 }).items).toEqual(['2:40', '3:30', '4:10'])
    expect(itemsOf({ beforeTime: 10 })).toEqual({ items: [], has_next: false })
  })

  it('leaves out what is not after after_time, and has no next page for its sake', () => {
    expect(itemsOf({ afterTime: 40, limit: 1 })).toEqual({ items: ['0:50'], has_next: false })
    expect(itemsOf({ afterTime: 9 }).items).toHaveLength(5)
    expect(itemsOf({ afterTime: 50 }).items).toEqual([])
  })
})
