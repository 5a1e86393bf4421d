import type { Limit } from '../../src/main/simulator/quota'
import { Agenda } from './agenda'
import { capacityOf, sustainedPerMs } from './capacity'
import { limitsOf, type Cell } from './cells'
import { seeded } from './chance'
import { startClassic } from './classic-client'
import { startSluice } from './sluice-client'
import { VirtualApi } from './virtual-api'

export const CLIENTS = ['learned', 'configured', 'classic'] as const
export type Client = (typeof CLIENTS)[number]

/** Over all accounts of a cell. Utilisation is what was accepted over what could have been; both as shares. */
export interface Figure {
  readonly utilisation: number
  readonly refusedShare: number
}

export interface Run {
  readonly seed: number
  readonly jitterMs: number
}

/** Headers tell Unix times: virtual time runs in our days. */
const BEGIN_MS = Date.UTC(2026, 0, 1)
const LEARN_MS = 30_000
const LONGEST_MEASURE_MS = 600_000
const ENOUGH_REQUESTS = 6000

/** Ten minutes; with windows of a second only, no longer than six thousand requests take. */
function measuredMs(limits: readonly Limit[]): number {
  const isShort = limits.every(({ windowMs }) => windowMs <= 1000)
  return isShort ? Math.min(LONGEST_MEASURE_MS, Math.ceil(ENOUGH_REQUESTS / sustainedPerMs(limits) / 1000) * 1000) : LONGEST_MEASURE_MS
}

export interface Trial {
  readonly cell: Cell
  readonly agenda: Agenda
  /** One for each account. */
  readonly apis: readonly VirtualApi[]
}

/** A cell's accounts, unused, at a moment that follows from the seed. */
export function prepare(cell: Cell, run: Run): Trial {
  const random = seeded(run.seed)
  const agenda = new Agenda(BEGIN_MS + Math.floor(random() * 60_000))
  const settings = { limits: limitsOf(cell), headers: cell.headers, jitterMs: run.jitterMs }
  const apis = Array.from({ length: cell.accounts }, () => new VirtualApi(settings, agenda, random))
  return { cell, agenda, apis }
}

/** 30 s of learning, then the time that counts. Yields the moments until which time is to run. */
export function* figureOf({ cell, agenda, apis }: Trial): Generator<number, Figure> {
  const spanMs = measuredMs(limitsOf(cell))
  yield Math.ceil((agenda.nowMs + LEARN_MS) / 1000) * 1000 - 1e-6
  const fromMs = agenda.nowMs + 1e-6
  const capacity = apis.reduce((sum, api) => sum + capacityOf(api.meters, api.limits, fromMs, spanMs), 0)
  yield fromMs + spanMs
  const counts = apis.map((api) => api.counts(fromMs))
  const accepted = counts.reduce((sum, count) => sum + count.accepted, 0)
  const refused = counts.reduce((sum, count) => sum + count.refused, 0)
  return { utilisation: accepted / capacity, refusedShare: refused / Math.max(1, accepted + refused) }
}

export function measureCell(cell: Cell, client: Client, run: Run): Figure {
  const trial = prepare(cell, run)
  for (const api of trial.apis) start(client, api, trial.agenda, cell.engines)
  const steps = figureOf(trial)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    trial.agenda.runUntil(step.value)
  }
}

function start(client: Client, api: VirtualApi, agenda: Agenda, engines: number): void {
  if (client === 'classic') for (let engine = 0; engine < engines; engine += 1) startClassic(api, agenda)
  else startSluice(api, agenda, engines, client === 'configured')
}

export interface Change {
  readonly cell: Cell
  readonly to: readonly Limit[]
}

/** Seconds from a change of the quota until five seconds in a row have a mean of 95 % of the new one; null when never. */
export function secondsToFollow({ cell, to }: Change, run: Run): number | null {
  const random = seeded(run.seed)
  const agenda = new Agenda(BEGIN_MS + Math.floor(random() * 60_000))
  const api = new VirtualApi({ limits: limitsOf(cell), headers: cell.headers, jitterMs: run.jitterMs }, agenda, random)
  startSluice(api, agenda, cell.engines, false)
  // Somewhere between two probes.
  agenda.runUntil(Math.floor((agenda.nowMs + 90_000 + random() * 20_000) / 1000) * 1000)
  const second = Math.floor(agenda.nowMs / 1000)
  api.setLimits(to)
  agenda.runUntil(agenda.nowMs + 120_000)
  const wanted = 0.95 * sustainedPerMs(to) * 1000
  for (let after = 0; after < 110; after += 1) {
    const mean = [0, 1, 2, 3, 4].reduce((sum, i) => sum + api.acceptedInSecond(second + after + i), 0) / 5
    if (mean >= wanted) return after
  }
  return null
}

export interface Neighbour extends Figure {
  /** What both of them got, over the quota. */
  readonly together: number
}

/** Another client takes a third of the quota: evenly, or ten seconds all of that third and ten seconds nothing. */
export function measureNeighbour(cell: Cell, kind: 'even' | 'bursts', run: Run): Neighbour {
  const random = seeded(run.seed)
  const agenda = new Agenda(BEGIN_MS + Math.floor(random() * 60_000))
  const api = new VirtualApi({ limits: limitsOf(cell), headers: cell.headers, jitterMs: run.jitterMs }, agenda, random)
  startSluice(api, agenda, cell.engines, false)
  const perMs = sustainedPerMs(api.limits)
  let others = 0
  let counting = false
  const disturb = () => {
    const isBusy = kind === 'even' || Math.floor(agenda.nowMs / 10_000) % 2 === 0
    if (isBusy && api.takeForOther() && counting) others += 1
    agenda.at(agenda.nowMs + (kind === 'even' ? 3 : 1.5) / perMs, disturb)
  }
  disturb()
  agenda.runUntil(Math.ceil((agenda.nowMs + LEARN_MS) / 1000) * 1000)
  const fromMs = agenda.nowMs
  counting = true
  agenda.runUntil(fromMs + LONGEST_MEASURE_MS)
  const { accepted, refused } = api.counts(fromMs)
  const given = perMs * LONGEST_MEASURE_MS
  return {
    utilisation: accepted / (given - others),
    refusedShare: refused / Math.max(1, accepted + refused),
    together: (accepted + others) / given,
  }
}
