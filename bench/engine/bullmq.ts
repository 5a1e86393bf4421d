import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { emptyResult, entries } from './pairs'

export interface BullTuning {
  readonly workers: number
  readonly concurrency: number
}

interface Entry {
  readonly wallet_address: string
  readonly token_address: string
}

/**
 * Works `count` jobs. Answers the ms from the start of the workers to the last completion. As BullMQ's guide has it: jobs
 * are added with addBulk, workers have a concurrency and a connection of their own with maxRetriesPerRequest null, and done
 * jobs are removed, which is the cheapest that it can do with them.
 */
export async function workWithBull(url: string, count: number, { workers, concurrency }: BullTuning): Promise<number> {
  const path = url.replace(/^unix:\/\//, '')
  const connections: Redis[] = []
  const connect = () => {
    const redis = new Redis({ path, maxRetriesPerRequest: null })
    connections.push(redis)
    return redis
  }
  const queue = new Queue('bench', { connection: connect() })
  for (let from = 0; from < count; from += 1000) {
    const jobs = entries(from, Math.min(from + 1000, count)).map((text) => ({ name: 'pair', data: JSON.parse(text) }))
    await queue.addBulk(jobs)
  }
  const started = Array.from({ length: workers }, () => {
    const options = { connection: connect(), concurrency, autorun: false, removeOnComplete: { count: 0 } }
    return new Worker<Entry>('bench', analysed, options)
  })
  await Promise.all(started.map((worker) => worker.waitUntilReady()))
  const tookMs = await completionOf(started, count)
  await Promise.all(started.map((worker) => worker.close()))
  const left = await queue.getJobCounts('wait', 'active', 'failed')
  await queue.close()
  for (const connection of connections) connection.disconnect()
  if (Object.values(left).some((n) => n > 0)) throw new Error(`BullMQ: not all done: ${JSON.stringify(left)}`)
  return tookMs
}

async function analysed({ data }: { data: Entry }) {
  return emptyResult(data.wallet_address, data.token_address)
}

function completionOf(workers: readonly Worker[], count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let completed = 0
    const startedMs = performance.now()
    for (const worker of workers) {
      worker.on('completed', () => {
        completed += 1
        if (completed === count) resolve(performance.now() - startedMs)
      })
      worker.on('error', reject)
      worker.on('failed', (_job, error) => reject(error))
      worker.run().catch(reject)
    }
  })
}
