import { readRateHeaders } from '../../src/main/governor/headers'
import { Learner } from '../../src/main/governor/learner'
import { sustainedPerSecond } from '../../src/main/governor/limit'
import type { Knowledge } from '../../src/main/governor/modes'
import { HORIZON_MS, takeSlots, UNUSED_LANE, type Lane, type Slot } from '../../src/main/governor/pace'
import type { Agenda } from './agenda'
import type { VirtualAnswer, VirtualApi } from './virtual-api'

/** Between two looks of one engine, and from an answer to the leader's hearing of it, as over a local Redis. */
const LOOK_MS = 20
const REDIS_MS = 1
const TICK_MS = 50
/** Requests that wait for permits in each engine: more than there ever are permits. */
const DEMAND = 1000

/**
 * Sluice's governor for one account: the learner and the law of the slots as the app has them; Redis is a variable here.
 * Without knowledge the quota is learned.
 */
export function startSluice(
  api: Pick<VirtualApi, 'send' | 'limits'>,
  agenda: Pick<Agenda, 'nowMs' | 'at'>,
  engines: number,
  knowsQuota: boolean,
  onAnswer: (answer: VirtualAnswer & Slot) => void = () => {},
): Learner {
  const configured = knowsQuota ? knowledgeOf(api) : null
  const learner = configured
    ? new Learner(agenda.nowMs, configured, configured.quotaPerSecond ?? Infinity)
    : new Learner(agenda.nowMs)
  let lane: Lane = UNUSED_LANE
  const hear = (slot: Slot, answer: VirtualAnswer) => {
    const told = readRateHeaders(answer.header, answer.answeredMs)
    const retryAfterMs = answer.accepted ? null : told.retryAfterMs
    learner.answer({ ...answer, ...slot, ...told, retryAfterMs }, agenda.nowMs)
    if (told.limits) learner.believe(told.limits, answer.accepted, agenda.nowMs)
    onAnswer({ ...answer, ...slot })
  }
  const send = (slot: Slot) => api.send((answer) => agenda.at(agenda.nowMs + REDIS_MS, () => hear(slot, answer)))
  const look = () => {
    const taken = takeSlots(lane, learner.plan, { nowMs: agenda.nowMs, count: DEMAND, horizonMs: HORIZON_MS })
    lane = taken.lane
    for (const slot of taken.slots) agenda.at(slot.atMs, () => send(slot))
    agenda.at(agenda.nowMs + LOOK_MS, look)
  }
  const tick = () => {
    learner.tick(agenda.nowMs)
    agenda.at(agenda.nowMs + TICK_MS, tick)
  }
  for (let engine = 0; engine < engines; engine += 1) agenda.at(agenda.nowMs + (engine * LOOK_MS) / engines, look)
  agenda.at(agenda.nowMs + TICK_MS, tick)
  return learner
}

function knowledgeOf({ limits }: Pick<VirtualApi, 'limits'>): Knowledge {
  return { quotaPerSecond: sustainedPerSecond(limits), uncertainty: 0, longLimit: null, source: 'configured' }
}
