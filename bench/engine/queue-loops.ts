import { RedisConnection } from '../../src/main/redis/connection'
import { RedisWorkQueue, type QueueOptions } from '../../src/main/queue/redis-work-queue'
import type { ClaimedPair, Settlement } from '../../src/main/engine/ports'
import type { BatchRecord } from '../../src/shared/frames'
import { emptyResult, entries } from './pairs'

export interface LoopTuning {
  readonly loops: number
  readonly batchSize: number
}

/** Works `count` pairs with the queue alone, no engine. Answers the ms from the first claim to the last settlement. Throws unless the ledger adds up. */
export async function workInLoops(
  url: string,
  count: number,
  { loops, batchSize }: LoopTuning,
  durability: QueueOptions['durability'] = 'server',
): Promise<number> {
  const connection = await RedisConnection.open(url, 'bench')
  const options = { pipeline: 'bench', inbox: 'bench-inbox', leaseMs: 30_000, maxRecoveries: 10, durability }
  const queue = new RedisWorkQueue({ ...options, redis: connection.redis, owner: 'bench' })
  for (let from = 0; from < count; from += 1000) await queue.enqueue(entries(from, Math.min(from + 1000, count)))
  const startedMs = performance.now()
  await Promise.all(Array.from({ length: loops }, () => workUntilEmpty(queue, batchSize)))
  const tookMs = performance.now() - startedMs
  const { done, lost } = await queue.audit()
  connection.close()
  if (done !== count || lost !== 0) throw new Error(`Sluice: ${done} of ${count} done, ${lost} lost`)
  return tookMs
}

/** What an engine does with its queue at least, over an analysis that answers at once. */
async function workUntilEmpty(queue: RedisWorkQueue, batchSize: number): Promise<void> {
  for (;;) {
    const { token, pairs } = await queue.claim(batchSize)
    if (pairs.length === 0) return
    await queue.settle(pairs.map(analysed), [batchRecord(token, pairs.length)])
  }
}

function analysed({ id, token, entry }: ClaimedPair): Settlement {
  const result = emptyResult(entry.wallet_address, entry.token_address)
  return { id, token, disposition: { to: 'done', result } }
}

function batchRecord(number: number, size: number): BatchRecord {
  const counts = { succeeded: size, rateLimited: 0, transient: 0, timedOut: 0, permanent: 0, untouched: 0 }
  return { number, epoch: 1, size, ...counts, startedAtMs: Date.now(), tookMs: 0, waitMs: 0, why: '' }
}
