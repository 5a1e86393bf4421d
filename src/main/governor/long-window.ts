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

/** Requests that were accepted, and refused, in [fromMs, toMs). */
interface Counted {
  acceptedBetween(fromMs: number, toMs: number): number
  refusedBetween(fromMs: number, toMs: number): number
}

const SLACK_MS = 150
/** A shorter hold is too little to tell of so long a window. */
const LEAST_HOLD_SHARE = 0.25
/** The first and the last of a window may be counted wrongly. */
const COUNTED_SHARE = 0.03
const LONGEST_POLL_MS = 10_000

/**
 * What limit explains a hold: it gave `requests`, was used up, and gave again when its window turned. The window is the
 * shortest of the common ones that is no shorter than the hold and that turned when the hold ended, by the clock (fixed
 * windows begin at whole multiples) or counted from its first request (`startsMs`: where counting may have begun).
 */
export function limitBehind(
  hold: Hold,
  startsMs: readonly number[],
  counted: Counted,
): Limit | null {
  const limitOfSpan = (fromMs: number, windowMs: number): Limit | null => {
    const used = counted.acceptedBetween(fromMs, hold.fromMs)
    return used > 0 ? limitOf(used, windowMs, used + counted.refusedBetween(fromMs, hold.fromMs)) : null
  }
  const stretchMs = hold.lastRefusedMs - hold.fromMs
  const long = COMMON_WINDOWS_MS.filter((windowMs) => windowMs >= stretchMs)
  for (const windowMs of long) {
    const turns = [...startsMs.map((ms) => ms + windowMs), Math.floor(hold.turnedMs / windowMs) * windowMs]
    const turnMs = turns.find((ms) => ms > hold.lastRefusedMs - SLACK_MS && ms <= hold.turnedMs + SLACK_MS)
    if (turnMs === undefined) continue
    const used = counted.acceptedBetween(turnMs - windowMs, hold.fromMs)
    // A window that gave more before without running out has another limit.
    const isMost = counted.acceptedBetween(turnMs - 2 * windowMs, turnMs - windowMs) <= used * 1.05
    if (used > 0 && isMost) return limitOfSpan(turnMs - windowMs, windowMs)
  }
  const windowMs = long.find((ms) => isSteppedBehind(ms, hold, startsMs)) ?? long[0]
  return windowMs === undefined ? null : limitOfSpan(hold.turnedMs - windowMs, windowMs)
}

/**
 * The same where the API told how many requests its limit has: of the common windows the shortest in which just so many were
 * accepted. Null where none fits, as where somebody else used some of them.
 */
export function toldLimitBehind(hold: Hold, startsMs: readonly number[], counted: Counted, requests: number | null): Limit | null {
  if (requests === null) return null
  const isUsedUpSince = (fromMs: number) => Math.abs(counted.acceptedBetween(fromMs, hold.fromMs) - requests) <= Math.max(2, requests * COUNTED_SHARE)
  const windowMs = COMMON_WINDOWS_MS.find((ms) => {
    const byClockMs = Math.floor(hold.turnedMs / ms) * ms
    const turnsMs = [...startsMs.map((startMs) => startMs + ms), byClockMs, hold.turnedMs]
    return turnsMs.some((turnMs) => turnMs > hold.lastRefusedMs - SLACK_MS && turnMs <= hold.turnedMs + SLACK_MS && isUsedUpSince(turnMs - ms))
  })
  return windowMs === undefined ? null : { requests, windowMs }
}

/** A window that slides in steps gives back up to a step before it has gone by since the first request. */
function isSteppedBehind(windowMs: number, { fromMs, turnedMs }: Hold, startsMs: readonly number[]): boolean {
  const firstMs = Math.min(...startsMs.filter((ms) => ms < fromMs))
  return turnedMs - firstMs <= windowMs + SLACK_MS && turnedMs - fromMs >= windowMs * LEAST_HOLD_SHARE
}

/**
 * The round number of requests that was used up, to 1.5 %. `most`: with those that were refused, for some limiters count
 * them as well; where that leaves several, the highest, which the next window shows to be wrong at the cost of a few refusals.
 */
export function limitOf(used: number, windowMs: number, most = used): Limit {
  return { requests: roundestCount(used * 0.985, most * 1.015, 'highest') ?? used, windowMs }
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
