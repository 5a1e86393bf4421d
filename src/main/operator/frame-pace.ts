import { MAX_FRAMES_PER_SECOND } from '../../shared/frames'
import type { EngineEvent } from '../engine/events'

const BY_THE_CLOCK = 3
export const FRAME_EVERY_MS = Math.ceil(1000 / BY_THE_CLOCK)
/** The others go out at once when a command is in force: as many as somebody clicks in a second, not as many as a held key asks for. */
const AT_ONCE = MAX_FRAMES_PER_SECOND - BY_THE_CLOCK

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
  /** When the last frames of their own went out, oldest first. */
  #sentAtMs: number[] = []

  /** `nowMs` is monotonic. */
  constructor(private readonly nowMs: () => number) {}

  /** Whether a frame is to go out now for this event. */
  isDue(event: EngineEvent): boolean {
    const nowMs = this.nowMs()
    if (!isAwaited(event)) return false
    this.#sentAtMs = this.#sentAtMs.filter((atMs) => nowMs - atMs < 1000)
    if (this.#sentAtMs.length >= AT_ONCE) return false
    this.#sentAtMs.push(nowMs)
    return true
  }
}
