import { describe, expect, it } from 'vitest'
import { faultFor, parseFaults } from '../../../../src/main/simulator/faults'

const PRICE = { key: 'key1', path: '/defi/price' }

function struck(spec: string, request: { key: string; path: string }, requests: number, seed = 1): Map<string, number> {
  const rules = parseFaults(spec)
  const counts = new Map<string, number>()
  for (let number = 1; number <= requests; number++) {
    const name = faultFor(rules, request, seed, number)?.name ?? 'none'
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

describe('a fault spec', () => {
  it('may be empty', () => {
    expect(parseFaults('')).toEqual([])
    expect(parseFaults('  ')).toEqual([])
  })

  it('holds shares, keys and paths, with spaces where people put them', () => {
    const rules = parseFaults('reset=0.01, 500 = 0.02 ,403@key2,suspended@key1@/defi/multi_price')
    expect(rules.map(({ fault, share, targets }) => [fault.name, share, targets])).toEqual([
      ['reset', 0.01, []],
      ['500', 0.02, []],
      ['403', 1, ['key2']],
      ['suspended', 1, ['key1', '/defi/multi_price']],
    ])
  })

  it.each([
    ['flood=0.1', /"flood" is not a fault; allowed are 400, .*reset, hang/],
    ['reset=2', /"reset=2" has the share "2"; allowed is a number from 0 to 1/],
    ['reset=', /"reset=" has the share ""; allowed is a number from 0 to 1/],
    ['reset=0.1=0.2', /has the share "0.1=0.2"; allowed/],
    ['reset=-0.1', /allowed is a number from 0 to 1/],
    ['reset=often', /"often"; allowed is a number/],
    ['403@', /"403@" has an empty target; allowed after @ is an API key or a \/path/],
    ['reset=0.1,,hang=0.1', /"" is not a fault/],
    ['reset=0.6,hang=0.5', /reset=0.6,hang=0.5 add up to 1.1; allowed is at most 1/],
  ])('is refused in words: %s', (spec, message) => {
    expect(() => parseFaults(spec)).toThrow(message)
  })
})

describe('faults', () => {
  it('strike the share that was asked for', () => {
    const counts = struck('reset=0.1,500=0.25', PRICE, 20_000)
    expect(counts.get('reset')).toBeGreaterThan(1850)
    expect(counts.get('reset')).toBeLessThan(2150)
    expect(counts.get('500')).toBeGreaterThan(4750)
    expect(counts.get('500')).toBeLessThan(5250)
  })

  it('repeat with the seed and the request number, and differ with another seed', () => {
    const rules = parseFaults('hang=0.5')
    const pattern = (seed: number) =>
      Array.from({ length: 64 }, (_, number) => (faultFor(rules, PRICE, seed, number) ? 'x' : '.')).join('')
    expect(pattern(7)).toBe(pattern(7))
    expect(pattern(7)).not.toBe(pattern(8))
  })

  it('strike only where all their targets fit', () => {
    const spec = '403@key2,suspended@key1@/defi/multi_price'
    expect(struck(spec, PRICE, 10)).toEqual(new Map([['none', 10]]))
    expect(struck(spec, { key: 'key2', path: '/defi/price' }, 10)).toEqual(new Map([['403', 10]]))
    expect(struck(spec, { key: 'key1', path: '/defi/multi_price' }, 10)).toEqual(new Map([['suspended', 10]]))
  })

  it('named 1 strike every request, named 0 none', () => {
    expect(struck('hang', PRICE, 500)).toEqual(new Map([['hang', 500]]))
    expect(struck('hang=0', PRICE, 500)).toEqual(new Map([['none', 500]]))
  })

  it("mix as the seed's log shows: of 20 requests 5 rate limited, 2 failed for good", () => {
    const counts = struck('seed-mix', PRICE, 20_000)
    expect(Math.round((counts.get('429') ?? 0) / 1000)).toBe(5)
    expect(Math.round((counts.get('422') ?? 0) / 1000)).toBe(2)
    expect(Math.round((counts.get('none') ?? 0) / 1000)).toBe(13)
  })
})
