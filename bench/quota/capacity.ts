import { takeFromAll, type Limit, type Meter } from '../../src/main/simulator/quota'

/** A client that waits longer than this for one request is shut out, not paced. */
const SHUT_OUT_MS = 2000

/** Requests per millisecond that these limits let through in the long run. */
export function sustainedPerMs(limits: readonly Limit[]): number {
  return Math.min(...limits.map(({ requests, windowMs }) => requests / windowMs))
}

/**
 * What an all-knowing client gets accepted in this time: what is left until it is first shut out, nothing while it is, and
 * from then on what the quota gives. Never more than the quota: a bucket's savings are a gift (then utilisation exceeds
 * 100 %). Counted greedily to the end, it would profit from bursting first and waiting last.
 */
export function capacityOf(meters: readonly Meter[], limits: readonly Limit[], nowMs: number, spanMs: number): number {
  const rate = sustainedPerMs(limits)
  const endMs = nowMs + Math.min(spanMs, Math.max(...limits.map(({ windowMs }) => windowMs)))
  let [state, taken] = [meters, 0]
  for (let atMs = nowMs; atMs < endMs; ) {
    const decision = takeFromAll(state, atMs)
    if (decision.kind === 'accepted') {
      state = decision.next
      taken += 1
    } else if (decision.retryAfterMs > SHUT_OUT_MS) {
      const backMs = atMs + decision.retryAfterMs
      return Math.min(rate * spanMs, taken + rate * Math.max(0, nowMs + spanMs - backMs))
    } else {
      atMs += Math.max(0.01, decision.retryAfterMs)
    }
  }
  return rate * spanMs
}
