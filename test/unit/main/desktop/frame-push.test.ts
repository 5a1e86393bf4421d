import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { describe, expect, it } from 'vitest'
import { pushFrames } from '../../../../src/main/desktop/frame-push'
import type { Frame } from '../../../../src/shared/frames'

class FakeWindow extends EventEmitter {
  readonly received: unknown[] = []
  state: 'open' | 'crashed' | 'destroyed' = 'open'
  isDestroyed() {
    return this.state === 'destroyed'
  }
  get webContents() {
    if (this.state === 'destroyed') throw new Error('Object has been destroyed')
    return {
      isCrashed: () => this.state === 'crashed',
      send: (...message: unknown[]) => {
        if (this.state === 'crashed') throw new Error('Render frame was disposed')
        this.received.push(message)
      },
    }
  }
}

function start() {
  const window = new FakeWindow()
  const listeners = new Set<(frame: Frame) => void>()
  // The fake holds only what is used; Electron itself is not there in a unit test.
  pushFrames(window as unknown as BrowserWindow, (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  })
  const tell = (seq: number) => listeners.forEach((listener) => listener(frameOf(seq)))
  return { window, listeners, tell }
}

// Only the number matters here.
const frameOf = (seq: number) => ({ seq }) as Frame

describe('pushFrames', () => {
  it('hands on each frame as it is', () => {
    const { window, tell } = start()
    tell(1)
    tell(2)
    expect(window.received).toEqual([
      ['frame', frameOf(1)],
      ['frame', frameOf(2)],
    ])
  })

  it('sends nothing to a page that has crashed, and goes on when it is back', () => {
    const { window, tell } = start()
    window.state = 'crashed'
    tell(1)
    window.state = 'open'
    tell(2)
    expect(window.received).toEqual([['frame', frameOf(2)]])
  })

  it('sends nothing to a destroyed window and ends its subscription when it is closed', () => {
    const { window, listeners, tell } = start()
    window.state = 'destroyed'
    tell(1)
    window.emit('closed')
    expect(window.received).toEqual([])
    expect(listeners.size).toBe(0)
  })
})
