import { MAX_FRAMES_PER_SECOND } from '../../shared/frames'
import type { EngineEvent } from '../engine/events'

/** All but one of a second's frames come by the clock; the one that is left goes out at once when a command is in force. */
export const FRAME_EVERY_MS = Math.ceil(1000 / (MAX_FRAMES_PER_SECOND - 1))

/** Whether a person may be waiting to see this: what a control asked for has come into force. */
function isAwaited(event: EngineEvent): boolean {
  switch (event.type) {
    case 'batch-size-in-force':
      return event.by === 'operator'
    case 'state-changed':
    case 'sizing-changed':
    case 'pacing-changed':
    case 'pair-timeout-changed':
      return true
    default:
      return false
  }
}

/** Decides which events bring a frame of their own, so that there are never more than MAX_FRAMES_PER_SECOND in a second. */
export class FramePace {
  #lastAtMs = -Infinity

  /** `nowMs` is monotonic. */
  constructor(private readonly nowMs: () => number) {}

  /** Whether a frame is to go out now for this event. */
  isDue(event: EngineEvent): boolean {
    const nowMs = this.nowMs()
    if (!isAwaited(event) || nowMs - this.#lastAtMs < 1000) return false
    this.#lastAtMs = nowMs
    return true
  }
}
