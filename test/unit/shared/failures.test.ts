import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalisedReason } from '../../../src/shared/failures'

describe('the normalised reason of a failure', () => {
  it.each([
    ['timeout after 300 s', 'timeout after # s'],
    ['429 at 12:30:05, 1,234.5 left', '429 at #, # left'],
    ['no swaps of EspRH5tyM9FEvfVvpAiB6VjBSgixjeG8GRedr8bigwYv', 'no swaps of …'],
    ['bad address 0xAbCdEf0123456789abcdef0123456789abcdef01', 'bad address …'],
    ['request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 refused', 'request … refused'],
    ['trace deadbeef01234567 ended', 'trace … ended'],
    ['422 Invalid data. Please check the provided data and try again.', '422 Invalid data. Please check the provided data and try again.'],
    ['a   word\tand  another', 'a word and another'],
  ])('of "%s" is "%s"', (message, expected) => {
    expect(normalisedReason(message)).toBe(expected)
  })

  it('is the same for messages that differ by their numbers and addresses alone', () => {
    const address = fc.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{31}A$/)
    fc.assert(
      fc.property(address, address, fc.nat(), fc.nat(), (one, other, n, m) => {
        const words = (wallet: string, count: number) => `wallet ${wallet} has ${count} swaps`
        expect(normalisedReason(words(one, n))).toBe(normalisedReason(words(other, m)))
      }),
    )
  })

  it('does not change when it is taken again, and never fails', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (message) => {
        const once = normalisedReason(message)
        expect(normalisedReason(once)).toBe(once)
      }),
    )
  })
})
