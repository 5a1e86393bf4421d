import type { EngineEvent } from '../engine/events'

/** Whether Redis refused a command for want of room: it answers OOM at its limit, when it may throw nothing away. */
export function isFull(message: string): boolean {
  return /\bOOM\b/.test(message)
}

/** Since when Redis has had no room for what the engine has to write. */
export class FullRedis {
  /** Unix ms; null while there is room, as far as is known. */
  sinceMs: number | null = null

  constructor(private readonly wallMs: () => number) {}

  /** Answers what is to be drawn across the charts, null for nothing. */
  record(event: EngineEvent): string | null {
    const isKnown = this.sinceMs !== null
    if (event.type === 'stumbled' && isFull(event.message)) {
      this.sinceMs ??= this.wallMs()
      return isKnown ? null : 'Redis full'
    }
    if (event.type !== 'steadied' || !isKnown) return null
    this.sinceMs = null
    return 'Redis has room'
  }
}
