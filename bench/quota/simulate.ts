import { Learner } from '../../src/main/governor/learner'
import { takeSlots, UNUSED_LANE, type Lane, type Slot } from '../../src/main/governor/pace'
import { metersFor, takeFromAll, type Limit, type Meter } from '../../src/main/simulator/quota'

export interface Scenario {
  readonly name: string
  readonly limits: readonly Limit[]
  readonly engines: number
  readonly accounts: number
  readonly learnMs: number
  readonly measureMs: number
  readonly seed: number
  readonly uplinkMs?: number
  readonly uplinkJitterMs?: number
  readonly changes?: readonly { readonly atMs: number; readonly limits: readonly Limit[] }[]
}

interface Event { readonly atMs: number; readonly order: number; run(): void }

/** Binary heap of events by time, then by order of scheduling. */
class Agenda {
  nowMs = 0
  #heap: Event[] = []
  #order = 0
  at(atMs: number, run: () => void): void {
    const event = { atMs: Math.max(atMs, this.nowMs), order: ++this.#order, run }
    let i = this.#heap.length
    this.#heap.push(event)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!before(event, this.#heap[parent]!)) break
      this.#heap[i] = this.#heap[parent]!
      i = parent
    }
    this.#heap[i] = event
  }
  runUntil(endMs: number): void {
    while (this.#heap.length > 0 && this.#heap[0]!.atMs <= endMs) {
      const top = this.#heap[0]!
      const last = this.#heap.pop()!
      if (this.#heap.length > 0) this.#sink(last)
      this.nowMs = top.atMs
      top.run()
    }
  }
  #sink(event: Event): void {
    let i = 0
    const n = this.#heap.length
    for (;;) {
      let child = 2 * i + 1
      if (child >= n) break
      if (child + 1 < n && before(this.#heap[child + 1]!, this.#heap[child]!)) child += 1
      if (!before(this.#heap[child]!, event)) break
      this.#heap[i] = this.#heap[child]!
      i = child
    }
    this.#heap[i] = event
  }
}
function before(one: Event, other: Event): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
}

export function rng(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) >>> 0
    let t = s
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export interface Outcome {
  readonly utilisation: number
  readonly refusedShare: number
  readonly accepted: number
  readonly refused: number
  readonly capacity: number
  readonly bins: readonly number[]
  readonly traces: readonly (readonly string[])[]
}

const HORIZON_MS = 100
const REDIS_MS = 1

export function simulate(s: Scenario): Outcome {
  const agenda = new Agenda()
  const random = rng(s.seed)
  // a random phase of the epoch
  const startMs = Math.floor(random() * 60_000)
  agenda.nowMs = startMs
  let accepted = 0
  let refused = 0
  let capacity = 0
  const measureFrom = startMs + s.learnMs
  const end = measureFrom + s.measureMs
  const traces: string[][] = []
  const bins: number[] = Array.from({ length: Math.ceil(s.measureMs / 1000) + 1 }, () => 0)
  for (let a = 0; a < s.accounts; a += 1) {
    let meters: Meter[] = metersFor(s.limits, startMs)
    let currentLimits = s.limits
    const learner = new Learner(startMs)
    const trace: string[] = []; traces.push(trace); let said = ''
    const note = () => { if (learner.why !== said) { said = learner.why; trace.push(`${(agenda.nowMs/1000).toFixed(2)} ${learner.mode} ${said}`) } }
    const refusals: Record<string, number> = {}
    let lane: Lane = UNUSED_LANE
    for (const change of s.changes ?? []) {
      agenda.at(startMs + change.atMs, () => { meters = metersFor(change.limits, agenda.nowMs); currentLimits = change.limits })
    }
    agenda.at(measureFrom, () => { capacity += capacityOf(meters, currentLimits, agenda.nowMs, s.measureMs) })
    const send = (slot: Slot) => {
      const sentMs = agenda.nowMs
      const uplink = (s.uplinkMs ?? 0) + (s.uplinkJitterMs ?? 0) * Math.abs(normal(random))
      agenda.at(sentMs + uplink, () => {
        const decision = takeFromAll(meters, agenda.nowMs)
        const ok = decision.kind === 'accepted'
        if (decision.kind === 'accepted') meters = decision.next
        if (agenda.nowMs >= measureFrom) { if (ok) { accepted += 1; const b = Math.floor((agenda.nowMs - measureFrom) / 1000); bins[b] = (bins[b] ?? 0) + 1 } else refused += 1 }
        const latency = 450 * Math.exp(0.3 * normal(random))
        agenda.at(agenda.nowMs + latency, () => {
          const answeredMs = agenda.nowMs
          agenda.at(answeredMs + REDIS_MS, () => {
            if (!ok && sentMs >= measureFrom) { const k = learner.mode + (slot.inTrain ? ' train' : ''); refusals[k] = (refusals[k] ?? 0) + 1 }
            learner.answer({ sentMs, answeredMs, accepted: ok, stamp: slot.stamp, inTrain: slot.inTrain, retryAfterMs: null, limitRequests: null }, agenda.nowMs); note() })
        })
      })
    }
    const engine = () => {
      const ask = takeSlots(lane, learner.plan, { nowMs: agenda.nowMs, count: 10 , horizonMs: HORIZON_MS })
      lane = ask.lane
      for (const slot of ask.slots) agenda.at(slot.atMs, () => send(slot))
      const again = ask.slots.length > 0 ? ask.nextMs - HORIZON_MS : agenda.nowMs + 20
      agenda.at(Math.max(agenda.nowMs + REDIS_MS, Math.min(agenda.nowMs + 20, again)), engine)
    }
    for (let e = 0; e < s.engines; e += 1) agenda.at(startMs + e * 7, engine)
    const tick = () => { learner.tick(agenda.nowMs); note(); agenda.at(agenda.nowMs + 50, tick) }
    agenda.at(startMs + 50, tick)
    agenda.at(end, () => trace.push(JSON.stringify(refusals)))
  }
  agenda.runUntil(end)
  return { utilisation: accepted / capacity, refusedShare: refused / Math.max(1, accepted + refused), accepted, refused, capacity, traces, bins }
}

/** A client that waits longer than this for one request is shut out, not paced. */
const SHUT_OUT_MS = 2000

/**
 * What an all-knowing client gets accepted in this time: what is left until it is first shut out, nothing while it is,
 * and from then on what the quota gives. Never more than the quota. (Counted greedily to the end, it would profit from
 * bursting first and waiting last.)
 */
function capacityOf(meters: readonly Meter[], limits: readonly Limit[], nowMs: number, spanMs: number): number {
  const rate = Math.min(...limits.map((l) => l.requests / l.windowMs))
  const endMs = nowMs + Math.min(spanMs, Math.max(...limits.map((l) => l.windowMs)))
  let now = nowMs
  let taken = 0
  let state = [...meters]
  while (now < endMs) {
    const decision = takeFromAll(state, now)
    if (decision.kind === 'accepted') {
      state = decision.next
      taken += 1
    } else if (decision.retryAfterMs > SHUT_OUT_MS) {
      now += decision.retryAfterMs
      return Math.min(rate * spanMs, taken + rate * Math.max(0, nowMs + spanMs - now))
    } else now += Math.max(0.01, decision.retryAfterMs)
  }
  return rate * spanMs
}
