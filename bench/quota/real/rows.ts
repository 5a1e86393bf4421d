import { setTimeout as sleep } from 'node:timers/promises'
import type { Cell } from '../cells'
import { measureCell, type Figure } from '../measure'
import { measurePeer } from '../peers'
import { startRealBottleneck, startRealBull } from './peers'
import { Stage, type RealApi } from './stage'

const CELL: Cell = { quota: '15/s', law: 'bucket', burst: 'quota', headers: 'none', engines: 3, accounts: 1 }
const REQUESTS_PER_SECOND = 15
const LEARN_SECONDS = 30
const MEASURE_SECONDS = 60
/** Seconds that are watched after each event. */
const WATCH_SECONDS = 30
const FOLLOW_SECONDS = 45
const PAIRS = 10_000

export interface RealRow {
  readonly who: string
  readonly real: Figure
  readonly virtual: Figure
}

export interface RealEvent extends Figure {
  readonly event: string
  /** Until five seconds in a row have a mean of 95 % of the quota; null when never. */
  readonly seconds: number | null
  readonly withinSeconds: number
}

export interface RealReport {
  readonly rows: readonly RealRow[]
  readonly events: readonly RealEvent[]
}

/**
 * One row of the matrix over real HTTP and a real Redis, three `work` processes, next to the same row's virtual figure and next
 * to the peers, each on a simulator of its own at the same time. Then what may happen to the three.
 */
export async function measureReal(say: (text: string) => void): Promise<RealReport> {
  // Before anything real begins: virtual time would give the sockets of real requests a clock that stands still.
  const run = { seed: 1, jitterMs: 0 }
  const virtual = {
    ours: measureCell(CELL, 'learned', run),
    bull: await measurePeer(CELL, 'bullmq', run),
    bottleneck: await measurePeer(CELL, 'bottleneck', run),
  }
  const stage = await Stage.open()
  const ends: (() => void | Promise<void>)[] = []
  try {
    await stage.fillInbox(PAIRS)
    const [ours, bull, bottleneck] = [await stage.simulator(15), await stage.simulator(15), await stage.simulator(15)]
    ends.push(await startRealBull(CELL, bull, stage, 3000), startRealBottleneck(CELL, bottleneck))
    const workers = Array.from({ length: CELL.engines }, () => stage.worker(ours))
    const beganSecond = await firstSecond(ours)
    say(`three workers learn for ${LEARN_SECONDS} s, then ${MEASURE_SECONDS} s count`)
    await until(beganSecond + LEARN_SECONDS + MEASURE_SECONDS + 1)
    const figure = (api: RealApi) => figureBetween(api, beganSecond + LEARN_SECONDS, beganSecond + LEARN_SECONDS + MEASURE_SECONDS, REQUESTS_PER_SECOND)
    const real = { ours: await figure(ours), bull: await figure(bull), bottleneck: await figure(bottleneck) }
    for (const end of ends.splice(0)) await end()
    const events = await eventsOf(ours, stage, workers, say)
    return {
      rows: [
        { who: 'learned', real: real.ours, virtual: virtual.ours },
        { who: 'bullmq', real: real.bull, virtual: virtual.bull },
        { who: 'bottleneck', real: real.bottleneck, virtual: virtual.bottleneck },
      ],
      events,
    }
  } finally {
    for (const end of ends) await end()
    await stage.close()
  }
}

async function eventsOf(api: RealApi, stage: Stage, workers: { kill(signal: 'SIGKILL'): boolean }[], say: (text: string) => void): Promise<RealEvent[]> {
  const events: RealEvent[] = []
  const watch = async (event: string, rate: number, withinSeconds: number, act: () => void | Promise<void>) => {
    say(event)
    const atSecond = Math.floor(Date.now() / 1000) + 1
    await until(atSecond)
    await act()
    const span = withinSeconds === 5 ? WATCH_SECONDS : FOLLOW_SECONDS
    await until(atSecond + span + 1)
    const seconds = await secondsToRecover(api, atSecond, span, rate)
    events.push({ event, seconds, withinSeconds, ...(await figureBetween(api, atSecond, atSecond + span, rate)) })
  }
  await watch('a fourth joins', 15, 5, () => void stage.worker(api))
  await watch('one dies by kill -9', 15, 5, () => void workers[0]?.kill('SIGKILL'))
  await watch('15/s → 50/s', 50, 15, () => api.setRequestsPerSecond(50))
  await watch('50/s → 5/s', 5, 15, () => api.setRequestsPerSecond(5))
  return events
}

async function firstSecond(api: RealApi): Promise<number> {
  for (;;) {
    const [first] = (await api.stats()).bySecond
    if (first) return first.second
    await sleep(50)
  }
}

/** Waits for a second of Unix time. */
function until(second: number): Promise<void> {
  return sleep(Math.max(0, second * 1000 - Date.now()))
}

async function figureBetween(api: RealApi, from: number, to: number, rate: number): Promise<Figure> {
  const counted = (await api.stats()).bySecond.filter(({ second }) => second >= from && second < to)
  const sum = (key: 'accepted' | 'refused') => counted.reduce((total, bin) => total + bin[key], 0)
  const [accepted, refused] = [sum('accepted'), sum('refused')]
  return { utilisation: accepted / (rate * (to - from)), refusedShare: refused / Math.max(1, accepted + refused) }
}

async function secondsToRecover(api: RealApi, from: number, span: number, rate: number): Promise<number | null> {
  const accepted = new Map((await api.stats()).bySecond.map((bin) => [bin.second, bin.accepted]))
  for (let after = 0; after <= span - 5; after += 1) {
    const sum = [0, 1, 2, 3, 4].reduce((total, i) => total + (accepted.get(from + after + i) ?? 0), 0)
    if (sum >= 0.95 * 5 * rate) return after
  }
  return null
}

export function realTable({ rows, events }: RealReport): string[] {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8)
  const both = ({ utilisation, refusedShare }: Figure) => `${percent(utilisation)} used ${percent(refusedShare)} refused`
  return [
    `Over real HTTP and a real Redis: 15/s, bucket, no headers, three processes (${LEARN_SECONDS} s of learning, ${MEASURE_SECONDS} s measured)`,
    ...rows.map(({ who, real, virtual }) => `  ${who.padEnd(11)} real ${both(real)}   virtual ${both(virtual)}`),
    'Seconds until 95 % of the quota again, and what was used and refused in the time that was watched',
    ...events.map(({ event, seconds, withinSeconds, ...figure }) => {
      const isReached = seconds !== null && seconds <= withinSeconds
      return `  ${isReached ? '     ' : 'short'} ${event.padEnd(20)} ${String(seconds ?? 'never').padStart(5)} s (goal ≤ ${withinSeconds})   ${both(figure)}`
    }),
  ]
}
