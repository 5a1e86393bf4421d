import { describe, expect, it } from 'vitest'
import { masked } from '../../../../src/main/assembly/connection-desk'

describe('a key as the window shows it', () => {
  it('is hidden but for its end, which tells it from others', () => {
    expect(masked('0123456789abcdef')).toBe('••••••••cdef')
  })

  it.each(['0123456789abcde', 'abcd', ''])('is hidden wholly where its end would be much of it: %j', (key) => {
    expect(masked(key)).toBe('••••••••')
  })
})
