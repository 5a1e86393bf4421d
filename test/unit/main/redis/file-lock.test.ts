import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LOCK_LIMIT_MS, takeLock } from '../../../../src/main/redis/file-lock.mjs'
import { ScratchFolder } from '../../../support/scratch-folder'

let folder: ScratchFolder
let file: string

beforeEach(() => {
  vi.useFakeTimers()
  folder = new ScratchFolder()
  file = folder.at('x.lock')
})
afterEach(() => {
  vi.useRealTimers()
  folder.remove()
})

/** What another process left, last touched so long ago. */
function leftBehind(content: string, agoMs: number, name = file): void {
  writeFileSync(name, content)
  const then = new Date(Date.now() - agoMs)
  utimesSync(name, then, then)
}

describe('a lock file', () => {
  it('has one holder at a time', () => {
    const release = takeLock(file)
    expect(release).not.toBeNull()
    expect(takeLock(file)).toBeNull()
    release?.()
    expect(existsSync(file)).toBe(false)
    expect(takeLock(file)).not.toBeNull()
  })

  it('is held for as long as its holder lives, however long that is', () => {
    takeLock(file)
    vi.advanceTimersByTime(20 * LOCK_LIMIT_MS)
    expect(takeLock(file)).toBeNull()
  })

  it('of a process that is gone is taken over at once', () => {
    leftBehind('999999999', 0)
    expect(takeLock(file)).not.toBeNull()
  })

  it.each([
    ['is empty, because its owner died before it could write', ''],
    ['names a process of another program, which has got the dead owner’s id', String(process.ppid)],
  ])('that %s is taken over after the limit, and not before', (_why, content) => {
    leftBehind(content, LOCK_LIMIT_MS - 1000)
    expect(takeLock(file)).toBeNull()
    leftBehind(content, LOCK_LIMIT_MS + 1000)
    expect(takeLock(file)).not.toBeNull()
  })

  it('from the future is abandoned: the clock was set back', () => {
    leftBehind('', -LOCK_LIMIT_MS - 1000)
    expect(takeLock(file)).not.toBeNull()
  })

  it('is cleared away even where somebody died while clearing it away', () => {
    leftBehind('', LOCK_LIMIT_MS + 1000)
    leftBehind('', LOCK_LIMIT_MS + 1000, `${file}.clearing`)
    takeLock(file)
    expect(takeLock(file)).not.toBeNull()
  })

  it('that another has taken over is not removed by the one who had it', () => {
    const release = takeLock(file)
    writeFileSync(file, 'another')
    release?.()
    expect(readFileSync(file, 'utf8')).toBe('another')
  })
})
