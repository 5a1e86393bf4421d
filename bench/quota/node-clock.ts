import type { Agenda } from './agenda'

const GLOBALS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const

/** A timer as Node hands it out: libraries unref theirs, so that a process can end. */
interface Timer {
  cancelled: boolean
  unref(): Timer
}

/**
 * Node's clock and timers on virtual time, and chance from a seed, so that a library which knows nothing of it runs as it is.
 * Timers keep Node's own rules: whole milliseconds, at least one. Who installs it restores it.
 */
export class NodeClock {
  readonly #real = {
    now: Date.now,
    random: Math.random,
    timers: Object.fromEntries(GLOBALS.map((name) => [name, globalThis[name]])),
  }

  constructor(
    private readonly agenda: Agenda,
    random: () => number,
  ) {
    Date.now = () => Math.floor(agenda.nowMs)
    Math.random = random
    const once = (run: () => void, delayMs = 0) => this.#plan(run, delayMs, false)
    const again = (run: () => void, delayMs = 0) => this.#plan(run, delayMs, true)
    const cancel = (timer?: Timer) => {
      if (timer) timer.cancelled = true
    }
    Object.assign(globalThis, { setTimeout: once, clearTimeout: cancel, setInterval: again, clearInterval: cancel })
  }

  /** Runs until a moment, and after each event all promises that follow from it. */
  async runUntil(endMs: number): Promise<void> {
    await settled()
    while (this.agenda.runNext(endMs)) await settled()
  }

  restore(): void {
    Date.now = this.#real.now
    Math.random = this.#real.random
    Object.assign(globalThis, this.#real.timers)
  }

  #plan(run: () => void, delayMs: number, isRepeated: boolean): Timer {
    const timer: Timer = { cancelled: false, unref: () => timer }
    const wholeMs = Math.max(1, Math.trunc(delayMs))
    const plan = () =>
      this.agenda.at(this.agenda.nowMs + wholeMs, () => {
        if (timer.cancelled) return
        run()
        if (isRepeated) plan()
      })
    plan()
    return timer
  }
}

/** Node runs what is due at once only when no promise is left to settle. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
