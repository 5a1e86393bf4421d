/**
 * How slots are laid out in time. Even spacing keeps every known law at once: in any span of `windowMs` there are at most
 * `windowMs / intervalMs` slots, whether the API counts by token bucket, by fixed or by sliding window, or allows no burst
 * at all. It is GCRA with a tolerance of nought (ITU-T I.371), asked in advance instead of on arrival. `take.lua` does
 * the same for several engines at once; this is the law in one place to test it by.
 */

/** What the learner wants of the pacer until its next plan. */
export interface Plan {
  /** Grows with each plan; answers carry it back, so that those of an older plan are known. */
  readonly stamp: number
  readonly intervalMs: number
  /** No slot before this moment, Unix ms of the clock that lays out the slots. */
  readonly heldUntilMs: number
  /** The first slots of this plan, closer together than the others. */
  readonly train: Train | null
}

export interface Train {
  readonly requests: number
  readonly intervalMs: number
}

/** Where a sequence of slots has got to. */
export interface Lane {
  readonly lastMs: number
  readonly stamp: number
  readonly trainLeft: number
}

export interface Slot {
  readonly atMs: number
  readonly stamp: number
  readonly inTrain: boolean
}

/** Slots are laid out this far ahead, ms: an engine that dies takes no more of them with it. */
export const HORIZON_MS = 100

export const UNUSED_LANE: Lane = { lastMs: 0, stamp: 0, trainLeft: 0 }

/** The next slots, at most `count`, none of them later than `horizonMs` from now; and when the one after is. */
export function takeSlots(
  lane: Lane,
  plan: Plan,
  ask: { readonly nowMs: number; readonly count: number; readonly horizonMs: number },
): { readonly lane: Lane; readonly slots: readonly Slot[]; readonly nextMs: number } {
  // No slot is laid out beyond the horizon: one that is there was before the clock was set back, and is not waited for.
  let lastMs = lane.lastMs > ask.nowMs + ask.horizonMs ? 0 : lane.lastMs
  let trainLeft = lane.stamp === plan.stamp ? lane.trainLeft : (plan.train?.requests ?? 0)
  const slots: Slot[] = []
  for (;;) {
    const train = trainLeft > 0 ? plan.train : null
    const intervalMs = train ? train.intervalMs : plan.intervalMs
    const atMs = Math.max(ask.nowMs, plan.heldUntilMs, lastMs + intervalMs)
    if (slots.length === ask.count || atMs > ask.nowMs + ask.horizonMs) {
      return { lane: { lastMs, stamp: plan.stamp, trainLeft }, slots, nextMs: atMs }
    }
    slots.push({ atMs, stamp: plan.stamp, inTrain: train !== null })
    lastMs = atMs
    if (train) trainLeft -= 1
  }
}
