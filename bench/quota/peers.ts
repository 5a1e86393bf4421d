import { startAws } from './aws-client'
import { startBottleneck } from './bottleneck-client'
import { startBullModel } from './bullmq-client'
import { allCells, type Cell } from './cells'
import { seeded } from './chance'
import { figureOf, prepare, type Figure, type Run, type Trial } from './measure'
import { NodeClock } from './node-clock'
import { toldAsOne } from './told'
import type { VirtualAnswer, VirtualApi } from './virtual-api'

export const PEERS = ['bullmq', 'bottleneck', 'aws'] as const
export type Peer = (typeof PEERS)[number]

/** What each peer is and is told, in a line. */
export const ABOUT_PEERS: Readonly<Record<Peer, string>> = {
  bullmq: 'a model of its limiter (it lives in Lua; --real runs BullMQ itself), told the quota as one limit that keeps all',
  bottleneck: 'the library itself on virtual time, told the quota: minTime, and a reservoir for a second limit',
  aws: "the AWS SDK's adaptive retry itself on virtual time; it is told nothing and learns",
}

const USUAL_QUOTAS: readonly string[] = ['15/s', '50/s', '50/s+1000/min']

/**
 * What peers are run over: three quotas without headers, one engine and one account, unless everything is asked for. None of
 * them balances accounts, which share nothing: three would show the same figure three times.
 */
export function peerCells(isFull: boolean): Cell[] {
  const isUsual = ({ quota, headers, engines }: Cell) => USUAL_QUOTAS.includes(quota) && headers === 'none' && engines === 1
  return allCells(isFull).filter((cell) => cell.accounts === 1 && (isFull || isUsual(cell)))
}

/**
 * The cell that stands for this one. Bottleneck reads no headers, and engines share its limiter; the others read only
 * `Retry-After`, which both styles of headers have.
 */
export function standIn(cell: Cell, peer: Peer): Cell {
  if (peer === 'bottleneck') return { ...cell, headers: 'none', engines: 1 }
  return cell.headers === 'ietf' ? { ...cell, headers: 'x' } : cell
}

/** As `measureCell`, for a peer. */
export async function measurePeer(cell: Cell, peer: Peer, run: Run): Promise<Figure> {
  const trial = prepare(cell, run)
  const clock = new NodeClock(trial.agenda, seeded(run.seed + 1))
  const ends = trial.apis.map((api) => start(peer, api, trial))
  try {
    const steps = figureOf(trial)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      // The model knows no promises.
      if (peer === 'bullmq') trial.agenda.runUntil(step.value)
      else await clock.runUntil(step.value)
    }
  } finally {
    for (const end of ends) end()
    clock.restore()
  }
}

/** Begins to work one account; answers how to end it. */
function start(peer: Peer, api: VirtualApi, { agenda, cell }: Trial): () => void {
  const send = () => new Promise<VirtualAnswer>((resolve) => api.send(resolve))
  switch (peer) {
    case 'bullmq':
      startBullModel(api, agenda, toldAsOne(api.limits), cell.engines)
      return () => {}
    case 'bottleneck':
      return startBottleneck(api.limits, send)
    case 'aws':
      for (let engine = 0; engine < cell.engines; engine += 1) startAws(send)
      return () => {}
  }
}
