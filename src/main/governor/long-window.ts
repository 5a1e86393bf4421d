import type { Limit } from './limit'
import { COMMON_WINDOWS_MS, roundestCount } from './round-numbers'

/** A stretch in which everything was refused, and how it ended. Unix ms. */
export interface Hold {
  /** The first request that was refused. */
  readonly fromMs: number
  /** The last poll that was refused. */
  readonly lastRefusedMs: number
  /** The first request that was accepted again. */
  readonly turnedMs: number
}

const SLACK_MS = 150
const LONGEST_POLL_MS = 10_000

/**
 * What limit explains a hold: it gave `requests`, was used up, and gave again when its window turned. The window is the
 * shortest of the common ones that is no shorter than the hold and that turned when the hold ended, by the clock (fixed
 * windows begin at whole multiples) or counted from its first request (`startsMs`: where counting may have begun).
 */
export function limitBehind(
  hold: Hold,
  startsMs: readonly number[],
  acceptedBetween: (fromMs: number, toMs: number) => number,
): Limit | null {
  const stretchMs = hold.lastRefusedMs - hold.fromMs
  const long = COMMON_WINDOWS_MS.filter((windowMs) => windowMs >= stretchMs)
  for (const windowMs of long) {
    const turns = [...startsMs.map((ms) => ms + windowMs), Math.floor(hold.turnedMs / windowMs) * windowMs]
    const turnMs = turns.find((ms) => ms > hold.lastRefusedMs - SLACK_MS && ms <= hold.turnedMs + SLACK_MS)
    if (turnMs === undefined) continue
    const used = acceptedBetween(turnMs - windowMs, hold.fromMs)
    // A window that gave more before without running out has another limit.
    const isMost = acceptedBetween(turnMs - 2 * windowMs, turnMs - windowMs) <= used * 1.05
    if (used > 0 && isMost) return limitOf(used, windowMs)
  }
  const [windowMs] = long
  const used = windowMs === undefined ? 0 : acceptedBetween(hold.turnedMs - windowMs, hold.fromMs)
  return windowMs === undefined || used === 0 ? null : limitOf(used, windowMs)
}

/** The round number of requests that was used up, to 1.5 %. */
export function limitOf(used: number, windowMs: number): Limit {
  return { requests: roundestCount(used * 0.985, used * 1.015) ?? used, windowMs }
}

/**
 * When to look next whether a hold has ended, Unix ms: after ever longer waits, each put at a moment at which a window may
 * turn where there is one about then.
 */
export function nextPollMs(nowMs: number, waitMs: number, startsMs: readonly number[]): number {
  const turns = COMMON_WINDOWS_MS.filter((windowMs) => windowMs >= 5000).flatMap((windowMs) => [
    Math.ceil(nowMs / windowMs) * windowMs,
    ...startsMs.map((ms) => ms + windowMs),
  ])
  const about = turns.filter((ms) => ms > nowMs + waitMs / 2 && ms <= nowMs + waitMs * 1.5)
  return about.length > 0 ? Math.min(...about) + SLACK_MS : nowMs + waitMs
}

export function longerWait(waitMs: number): number {
  return Math.min(LONGEST_POLL_MS, waitMs * 2)
}
