import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PagedRows } from '../../../../src/renderer/store/paged-rows'

/** A table of so many rows; a test lets each page through by hand unless it is at once. */
function table(total: number, pageRows = 10) {
  const asked: number[] = []
  const waiting: (() => void)[] = []
  let name = 'old'
  const rows = new PagedRows<string>(async (from, count) => {
    asked.push(from)
    const now = name
    await new Promise<void>((resolve) => waiting.push(resolve))
    return Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, i) => `${now} ${from + i}`)
  }, pageRows)
  const answer = async () => {
    while (waiting.length > 0) {
      waiting.shift()?.()
      await new Promise(setImmediate)
    }
  }
  return { rows, asked, answer, rename: (next: string) => void (name = next) }
}

describe('the rows of a long table', () => {
  it('are fetched page by page, each page once', async () => {
    const { rows, asked, answer } = table(1000)
    rows.need(5, 25)
    rows.need(6, 26)
    expect(asked).toEqual([0, 10, 20])
    expect(rows.at(5)).toBeUndefined()
    await answer()
    rows.need(5, 25)
    expect(asked).toEqual([0, 10, 20])
    expect([rows.at(5), rows.at(29), rows.at(30)]).toEqual(['old 5', 'old 29', undefined])
    expect(rows.onScreen).toHaveLength(21)
  })

  it('are shown as they were until they have been fetched again', async () => {
    const { rows, answer, rename } = table(1000)
    rows.need(0, 9)
    await answer()
    rename('new')
    const refreshed = rows.refresh()
    expect(rows.at(3)).toBe('old 3')
    await answer()
    await refreshed
    expect(rows.at(3)).toBe('new 3')
  })

  it('tell whoever listens of each change, until they end it', async () => {
    const { rows, answer } = table(1000)
    let heard = 0
    const end = rows.subscribe(() => (heard += 1))
    rows.need(0, 19)
    await answer()
    expect([heard, rows.version()]).toEqual([2, 2])
    end()
    rows.need(20, 29)
    await answer()
    expect([heard, rows.version()]).toEqual([2, 3])
  })

  it('are asked for again when they could not be had', async () => {
    let isAway = true
    const rows = new PagedRows<number>(async (from) => (isAway ? null : [from]), 10)
    rows.need(0, 0)
    await new Promise(setImmediate)
    expect(rows.at(0)).toBeUndefined()
    isAway = false
    rows.need(0, 0)
    await new Promise(setImmediate)
    expect(rows.at(0)).toBe(0)
  })

  it('need no more memory for being scrolled through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(99_000), { minLength: 1, maxLength: 60 }), async (places) => {
        const { rows, answer } = table(100_000)
        for (const place of places) {
          rows.need(place, place + 30)
          await answer()
        }
        const kept = Array.from({ length: 10_000 }, (_, page) => rows.at(page * 10)).filter((row) => row !== undefined)
        expect(kept.length).toBeLessThanOrEqual(24)
        expect(rows.at(places.at(-1) ?? 0)).toBe(`old ${places.at(-1)}`)
      }),
      { numRuns: 20 },
    )
  })
})
