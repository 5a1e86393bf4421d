import { Queue, Worker } from 'bullmq'
import { startBottleneck } from '../bottleneck-client'
import { limitsOf, type Cell } from '../cells'
import { toldAsOne } from '../told'
import type { RealApi, Stage } from './stage'

const JOBS_AT_ONCE = 1000

/** A price of the API; rejects when it was refused, as a client of it would. */
async function ask(api: RealApi): Promise<void> {
  const answer = await fetch(`${api.url}/defi/price?address=So11111111111111111111111111111111111111112`, { headers: { 'x-api-key': 'bench' } })
  await answer.arrayBuffer()
  if (answer.status === 429) throw new Error('Too many requests')
}

/** Bottleneck in this process, told the quota; answers how to end it. */
export function startRealBottleneck(cell: Cell, api: RealApi): () => void {
  return startBottleneck(limitsOf(cell), () => ask(api).catch(() => undefined))
}

/** BullMQ's own workers with its limiter, told the quota, on the stage's Redis; answers how to end them. */
export async function startRealBull(cell: Cell, api: RealApi, stage: Stage, jobs: number): Promise<() => Promise<void>> {
  const { requests: max, windowMs: duration } = toldAsOne(limitsOf(cell))
  const connections = [stage.connect()]
  const [connection] = connections
  if (connection === undefined) throw new Error('no connection to Redis')
  const queue = new Queue('bench', { connection })
  for (let from = 0; from < jobs; from += JOBS_AT_ONCE) await queue.addBulk(Array.from({ length: JOBS_AT_ONCE }, () => ({ name: 'pair', data: {} })))
  const workers = Array.from({ length: cell.engines }, () => {
    const redis = stage.connect()
    connections.push(redis)
    const worker = new Worker('bench', () => ask(api), { connection: redis, concurrency: 100, limiter: { max, duration } })
    return worker.on('error', () => {})
  })
  return async () => {
    await Promise.all(workers.map((worker) => worker.close(true)))
    await queue.close()
    for (const redis of connections) redis.disconnect()
  }
}
