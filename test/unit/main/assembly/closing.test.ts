import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CLOSE_LIMIT_MS, closeAll } from '../../../../src/main/assembly/closing'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('closing what was opened', () => {
  it('goes from the last to the first, one after the other', async () => {
    const log: string[] = []
    const opened = (what: string) => ({
      what,
      close: async () => {
        log.push(`${what} begins`)
        await Promise.resolve()
        log.push(`${what} ends`)
      },
    })
    await closeAll([opened('a'), opened('b')])
    expect(log).toEqual(['b begins', 'b ends', 'a begins', 'a ends'])
  })

  it('goes on when one fails or never ends, and says which', async () => {
    const closed: string[] = []
    const closing = closeAll([
      { what: 'first', close: () => void closed.push('first') },
      { what: 'stuck', close: () => new Promise(() => {}) },
      { what: 'broken', close: () => Promise.reject(new Error('no luck')) },
      {
        what: 'thrower',
        close: () => {
          throw new Error('at once')
        },
      },
    ])
    const failed = expect(closing).rejects.toThrow(
      `Not closed as it should be: thrower (at once); broken (no luck); stuck (it took longer than ${CLOSE_LIMIT_MS} ms)`,
    )
    await vi.advanceTimersByTimeAsync(CLOSE_LIMIT_MS)
    await failed
    expect(closed).toEqual(['first'])
  })
})
