import { EventEmitter } from 'node:events'
import type { PowerMonitor } from 'electron'
import { describe, expect, it } from 'vitest'
import { followPower } from '../../../../src/main/desktop/power'

function follow() {
  const monitor = new EventEmitter()
  const said: string[] = []
  let nowMs = 0
  // The fake holds only what is used; Electron itself is not there in a unit test.
  followPower(monitor as unknown as PowerMonitor, { say: (_level, text) => void said.push(text), wallMs: () => nowMs })
  const sleep = (ms: number) => {
    monitor.emit('suspend')
    nowMs += ms
    monitor.emit('resume')
  }
  return { monitor, said, sleep }
}

describe('a computer that sleeps', () => {
  it.each([
    [45_000, '45 s'],
    [3_600_000, '60 min'],
    [8 * 3_600_000 + 300_000, '8 h 5 min'],
  ])('is said to have slept for %i ms', (ms, words) => {
    const { said, sleep } = follow()
    sleep(ms)
    expect(said).toEqual([expect.stringContaining('goes to sleep'), expect.stringContaining(`asleep for ${words}`)])
  })

  it('is not said to have slept when it only says that it is awake', () => {
    const { monitor, said } = follow()
    monitor.emit('resume')
    expect(said).toEqual([])
  })

  it('is said to have slept once, though it says twice that it is awake', () => {
    const { monitor, said, sleep } = follow()
    sleep(1000)
    monitor.emit('resume')
    expect(said).toHaveLength(2)
  })
})
