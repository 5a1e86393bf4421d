import type { App, BrowserWindow } from 'electron'
import type { Log } from './command-gate'

/** How long quitting waits for the work to be handed back. Leases see to what is not handed back by then. */
export const HAND_BACK_LIMIT_MS = 10_000

/** The work that must not be left lying about. */
export interface Work {
  /** Pairs in flight now. */
  inFlight(): number
  /** Asks the person whether to quit all the same. */
  confirmQuit(inFlight: number): Promise<boolean>
  /** Gives back what is in flight and closes what is open. */
  handBack(): Promise<void>
}

const QUIT_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type QuitSignal = (typeof QUIT_SIGNALS)[number]

/** Where signals come from: the process is one. */
export interface Signals {
  on(signal: QuitSignal, listener: () => void): unknown
}

export interface Quitting {
  readonly app: App
  readonly window: BrowserWindow
  readonly signals: Signals
  readonly work: Work
  readonly log: Log
}

/**
 * Whether this is the first app on this user-data folder. If it is, `onSecond` is called for each later one; if it is
 * not, the app is quitting, and the caller has nothing more to do. Call before the app is ready.
 */
export function claimFirstInstance(app: App, onSecond: () => void): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return false
  }
  app.on('second-instance', onSecond)
  return true
}

/**
 * Signals of the source, kept for whoever listens later: until there is a window to quit, one would end the process in the
 * middle of opening what must be closed. A second one that nobody listens to calls `endNow`.
 */
export function keepSignals(source: Signals, endNow: () => void): Signals {
  const listeners = new Map<QuitSignal, () => void>()
  let kept: QuitSignal | null = null
  for (const signal of QUIT_SIGNALS) {
    source.on(signal, () => {
      const listener = listeners.get(signal)
      if (listener) listener()
      else if (kept === null) kept = signal
      else endNow()
    })
  }
  return {
    on: (signal, listener) => {
      listeners.set(signal, listener)
      if (kept === signal) listener()
    },
  }
}

/**
 * 1. Asks before quitting while pairs are in flight; a closed window quits, on macOS too, as it is the whole app.
 * 2. Hands the work back, for a limited time, with the window still open.
 * 3. Quits. SIGINT, SIGTERM and SIGHUP do the same without a question: nobody may be there to answer.
 * Answers how to ask whether quitting has been decided.
 */
export function quitGently({ app, window, signals, work, log }: Quitting): { isDecided(): boolean } {
  let stage: 'open' | 'asking' | 'handing-back' | 'ready-to-quit' = 'open'

  const ask = async () => {
    stage = 'asking'
    const agreed = window.isDestroyed() || (await mayLeave(work))
    // A signal may have decided meanwhile.
    if (stage !== 'asking') return
    if (agreed) await leave()
    else stage = 'open'
  }
  const leave = async () => {
    stage = 'handing-back'
    await handBackInTime(work, log)
    stage = 'ready-to-quit'
    app.quit()
  }

  app.on('before-quit', (event) => {
    if (stage === 'ready-to-quit') return
    event.preventDefault()
    if (stage === 'open') void ask()
  })
  window.on('close', (event) => {
    if (stage === 'ready-to-quit') return
    event.preventDefault()
    app.quit()
  })
  for (const signal of QUIT_SIGNALS) {
    signals.on(signal, () => {
      if (stage === 'open' || stage === 'asking') void leave()
    })
  }
  return { isDecided: () => stage === 'handing-back' || stage === 'ready-to-quit' }
}

async function mayLeave(work: Work): Promise<boolean> {
  const inFlight = work.inFlight()
  if (inFlight === 0) return true
  // Quitting harms nothing, so a question that cannot be asked does not prevent it.
  return work.confirmQuit(inFlight).catch(() => true)
}

async function handBackInTime(work: Work, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${HAND_BACK_LIMIT_MS} ms`)), HAND_BACK_LIMIT_MS)
  })
  try {
    await Promise.race([work.handBack(), limit])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log(`Quitting before everything was handed back: ${reason}. The rest returns to the queue when its leases end`)
  } finally {
    clearTimeout(timer)
  }
}
