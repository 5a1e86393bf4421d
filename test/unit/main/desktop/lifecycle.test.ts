import { EventEmitter } from 'node:events'
import type { App, BrowserWindow } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { claimFirstInstance, HAND_BACK_LIMIT_MS, keepSignals, quitGently, type Signals } from '../../../../src/main/desktop/lifecycle'

/** Quits as Electron does: before-quit, then close on the window; each may prevent it. */
class FakeApp extends EventEmitter {
  hasQuit = false
  constructor(
    private readonly window: FakeWindow,
    private readonly hasLock = true,
  ) {
    super()
  }
  quit() {
    if (isAllowed(this, 'before-quit') && this.window.close()) this.hasQuit = true
  }
  requestSingleInstanceLock() {
    return this.hasLock
  }
}

class FakeWindow extends EventEmitter {
  destroyed = false
  isDestroyed() {
    return this.destroyed
  }
  close(): boolean {
    if (!this.destroyed) this.destroyed = isAllowed(this, 'close')
    return this.destroyed
  }
}

function isAllowed(emitter: EventEmitter, name: string): boolean {
  let allowed = true
  emitter.emit(name, { preventDefault: () => (allowed = false) })
  return allowed
}

const atOnce = async () => {}

interface Start {
  readonly inFlight?: number
  readonly handBack?: () => Promise<void>
  readonly signals?: Signals
}

function start({ inFlight = 0, handBack = atOnce, signals: given }: Start = {}) {
  const window = new FakeWindow()
  const app = new FakeApp(window)
  const signals = new EventEmitter()
  const questions: { inFlight: number; answer: (quit: boolean) => void; fail: (error: Error) => void }[] = []
  const logged: string[] = []
  let handedBack = 0
  const quitting = quitGently({
    // The fakes hold only what is used; Electron itself is not there in a unit test.
    app: app as unknown as App,
    window: window as unknown as BrowserWindow,
    signals: given ?? signals,
    work: {
      inFlight: () => inFlight,
      confirmQuit: (count) =>
        new Promise((answer, fail) => {
          questions.push({ inFlight: count, answer, fail })
        }),
      handBack: () => {
        handedBack += 1
        return handBack()
      },
    },
    log: (line) => logged.push(line),
  })
  return { app, window, signals, questions, logged, quitting, handedBack: () => handedBack }
}

const settled = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('quitGently', () => {
  it('quits without a question when nothing is in flight, after handing back', async () => {
    const { app, questions, handedBack } = start()
    app.quit()
    expect(app.hasQuit).toBe(false)
    await settled()
    expect(app.hasQuit).toBe(true)
    expect(questions).toEqual([])
    expect(handedBack()).toBe(1)
  })

  it('asks while pairs are in flight, with the window still open', async () => {
    const { app, window, questions } = start({ inFlight: 20 })
    window.close()
    await settled()
    expect(questions).toMatchObject([{ inFlight: 20 }])
    expect({ quit: app.hasQuit, closed: window.destroyed }).toEqual({ quit: false, closed: false })
  })

  it('stays when the answer is no, and asks again the next time', async () => {
    const { app, questions, handedBack } = start({ inFlight: 20 })
    app.quit()
    questions[0]?.answer(false)
    await settled()
    expect({ quit: app.hasQuit, handedBack: handedBack() }).toEqual({ quit: false, handedBack: 0 })
    app.quit()
    expect(questions).toHaveLength(2)
    questions[1]?.answer(true)
    await settled()
    expect({ quit: app.hasQuit, handedBack: handedBack() }).toEqual({ quit: true, handedBack: 1 })
  })

  it('asks one question however often it is told to quit', async () => {
    const { app, window, questions } = start({ inFlight: 1 })
    app.quit()
    window.close()
    app.quit()
    await settled()
    expect(questions).toHaveLength(1)
  })

  it('quits when the question cannot be asked', async () => {
    const { app, questions } = start({ inFlight: 1 })
    app.quit()
    questions[0]?.fail(new Error('no dialog here'))
    await settled()
    expect(app.hasQuit).toBe(true)
  })

  it('asks nobody when the window has gone', async () => {
    const { app, window, questions } = start({ inFlight: 1 })
    window.destroyed = true
    app.quit()
    await settled()
    expect({ quit: app.hasQuit, questions }).toEqual({ quit: true, questions: [] })
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('quits at %s without a question', async (signal) => {
    const { app, signals, questions, handedBack } = start({ inFlight: 20 })
    signals.emit(signal)
    await settled()
    expect(app.hasQuit).toBe(true)
    expect(questions).toEqual([])
    expect(handedBack()).toBe(1)
  })

  it('says whether quitting has been decided', async () => {
    const { app, questions, quitting } = start({ inFlight: 20 })
    app.quit()
    expect(quitting.isDecided()).toBe(false)
    questions[0]?.answer(true)
    await settled()
    expect(quitting.isDecided()).toBe(true)
  })

  it('quits at a signal that came before there was a window', async () => {
    const source = new EventEmitter()
    const kept = keepSignals(source, () => {})
    source.emit('SIGINT')
    const { app, handedBack } = start({ inFlight: 20, signals: kept })
    await settled()
    expect({ quit: app.hasQuit, handedBack: handedBack() }).toEqual({ quit: true, handedBack: 1 })
  })

  it('lets a signal overrule a question that stands open, and hands back once', async () => {
    const { app, signals, questions, handedBack } = start({ inFlight: 20 })
    app.quit()
    signals.emit('SIGTERM')
    signals.emit('SIGINT')
    questions[0]?.answer(true)
    await settled()
    expect({ quit: app.hasQuit, handedBack: handedBack() }).toEqual({ quit: true, handedBack: 1 })
  })

  it('waits for the work to be handed back', async () => {
    let finish = () => {}
    const { app } = start({ handBack: () => new Promise((resolve) => (finish = resolve)) })
    app.quit()
    await vi.advanceTimersByTimeAsync(HAND_BACK_LIMIT_MS - 1)
    expect(app.hasQuit).toBe(false)
    finish()
    await settled()
    expect(app.hasQuit).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('waits no longer than its limit, and says so', async () => {
    const { app, logged } = start({ handBack: () => new Promise(() => {}) })
    app.quit()
    await vi.advanceTimersByTimeAsync(HAND_BACK_LIMIT_MS)
    expect(app.hasQuit).toBe(true)
    expect(logged).toEqual([expect.stringContaining('longer than 10000 ms')])
  })

  it('quits although handing back failed, and says why', async () => {
    const { app, logged } = start({ handBack: () => Promise.reject(new Error('Redis does not answer')) })
    app.quit()
    await settled()
    expect(app.hasQuit).toBe(true)
    expect(logged).toEqual([expect.stringContaining('Redis does not answer')])
  })
})

describe('claimFirstInstance', () => {
  const claim = (hasLock: boolean) => {
    const app = new FakeApp(new FakeWindow(), hasLock)
    let called = 0
    // As above.
    const isFirst = claimFirstInstance(app as unknown as App, () => (called += 1))
    app.emit('second-instance')
    return { isFirst, called, quit: app.hasQuit }
  }

  it('tells the first app of each later one', () => {
    expect(claim(true)).toEqual({ isFirst: true, called: 1, quit: false })
  })

  it('quits a second app', () => {
    expect(claim(false)).toEqual({ isFirst: false, called: 0, quit: true })
  })
})

describe('signals before there is a window', () => {
  it('are passed on at once when somebody listens', () => {
    const source = new EventEmitter()
    const kept = keepSignals(source, () => {})
    let heard = 0
    kept.on('SIGTERM', () => (heard += 1))
    expect(heard).toBe(0)
    source.emit('SIGTERM')
    expect(heard).toBe(1)
  })

  it('end the process when a second one comes', () => {
    const source = new EventEmitter()
    let ended = 0
    keepSignals(source, () => (ended += 1))
    source.emit('SIGINT')
    expect(ended).toBe(0)
    source.emit('SIGINT')
    expect(ended).toBe(1)
  })
})
