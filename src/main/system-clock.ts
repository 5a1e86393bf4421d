import type { Clock } from './engine/ports'

/**
 * Unix time in ms that follows the machine's clock ahead, but goes on when that is set back: charts, rates and the log count by
 * it, and would stand still for as long. It is ahead by so much then, until the next start.
 */
export function steadyWallMs(wallMs: () => number, monotonicMs: () => number): () => number {
  let startedAtMs = -Infinity
  return () => {
    const nowMs = monotonicMs()
    startedAtMs = Math.max(startedAtMs, wallMs() - nowMs)
    return Math.round(startedAtMs + nowMs)
  }
}

/** The operating system's clocks behind the engine's port. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: steadyWallMs(() => Date.now(), () => performance.now()),
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal?.addEventListener('abort', done, { once: true })
    }),
}
