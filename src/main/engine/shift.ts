import type { Wait } from './pacing'

/** A way to work the queue. */
export interface Shift {
  /** Works until the engine is told to end, or to work in another way. Leaves nothing in flight behind. */
  work(): Promise<void>
  /** Gives up what is at work: it goes back to the front of the queue. */
  release(why: string): void
  /** Pairs claimed and not settled. */
  readonly inFlight: number
  /** The wait before what comes next, and why. */
  readonly wait: Wait
}
