import { describe, expect, it } from 'vitest'
import { withFailurePart } from '../../../../src/renderer/store/failure-filter'

describe('a part of the filter of failures', () => {
  it('is set, changed and taken away, and the other parts stay', () => {
    const filter = { text: 'fox', minAttempts: 2 }
    expect(withFailurePart(filter, 'nature', 'poison')).toEqual({ text: 'fox', minAttempts: 2, nature: 'poison' })
    expect(withFailurePart(filter, 'minAttempts', 3)).toEqual({ text: 'fox', minAttempts: 3 })
    // Main refuses parts that are there and undefined.
    expect(Object.keys(withFailurePart(filter, 'text', undefined))).toEqual(['minAttempts'])
  })
})
