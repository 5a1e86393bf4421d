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

/** What a peer is run over: one engine and one account, unless everything is asked for. */
export function peerCells(isFull: boolean): Cell[] {
  return allCells(isFull).filter(({ engines, accounts }) => isFull || (engines === 1 && accounts === 1))
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
