import { MAX_PAUSE_MS, type PauseUntil } from '../../shared/pause-until'
import type { Engine } from '../engine/engine'

/** How long timers can wait without overflowing (2³¹ − 1 ms): a later moment is waited for in pieces. */
const LONGEST_WAIT_MS = 2 ** 31 - 1

interface TimedPauseParts {
  readonly engine: Pick<Engine, 'pause' | 'state'>
  wallMs(): number
  /** Milliseconds until each account may send again, 0 where it may already. */
  heldForMs(): readonly number[]
  resume(): void
}

/**
 * A pause that ends by itself: at a moment, or when the quota lets requests through again. A machine that slept past the
 * moment resumes when it wakes. At most one moment is waited for: a new one takes its place.
 */
export class TimedPause {
  #resumesAtMs: number | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(private readonly parts: TimedPauseParts) {}

  /** Unix ms; null while no pause is to end by itself. */
  get resumesAtMs(): number | null {
    return this.#resumesAtMs
  }

  /** Answers why it cannot be, null when it is. */
  begin(until: PauseUntil): string | null {
    const { engine, wallMs } = this.parts
    const resumesAtMs = until.kind === 'time' ? until.atMs : this.#quotaOpensAtMs()
    if (resumesAtMs === null) return 'Nothing holds the requests back just now: there is no reset to wait for.'
    if (resumesAtMs <= wallMs()) return 'That moment has passed. Choose a later one.'
    if (resumesAtMs - wallMs() > MAX_PAUSE_MS) return 'That is more than a month away. Choose an earlier moment, or pause without one.'
    engine.pause(until.kind === 'time' ? 'until a time, asked for by the operator' : 'until the quota resets, asked for by the operator')
    const { kind } = engine.state
    if (kind !== 'paused' && kind !== 'pausing') return 'Only a running engine can be paused. Start it first.'
    this.clear()
    this.#resumesAtMs = resumesAtMs
    this.#wait(resumesAtMs)
    return null
  }

  /** The pause, if there is one, goes on without an end. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#resumesAtMs = null
  }

  #wait(resumesAtMs: number): void {
    const leftMs = resumesAtMs - this.parts.wallMs()
    const next = () => {
      if (this.parts.wallMs() < resumesAtMs) return this.#wait(resumesAtMs)
      this.#resumesAtMs = null
      this.parts.resume()
    }
    this.#timer = setTimeout(next, Math.min(Math.max(0, leftMs), LONGEST_WAIT_MS))
  }

  #quotaOpensAtMs(): number | null {
    const held = this.parts.heldForMs()
    const soonestMs = Math.min(...held)
    return held.length > 0 && soonestMs > 0 ? Math.ceil(this.parts.wallMs() + soonestMs) : null
  }
}
