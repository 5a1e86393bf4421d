import { Engine } from '../../src/main/engine/engine'
import type { Analyzer, Outcome } from '../../src/main/engine/ports'
import { RedisWorkQueue } from '../../src/main/queue/redis-work-queue'
import { RedisConnection } from '../../src/main/redis/connection'
import { systemClock } from '../../src/main/system-clock'
import { emptyResult, entries } from './pairs'

export interface SluiceTuning {
  readonly engines: number
  readonly batchSize: number
}

const LEASE_MS = 30_000

/**
 * Works `count` pairs with the engine as the app has it, all its upkeep on: rolling window, leases and their heartbeat,
 * breaker, epochs, batch records, ledger. Only the analysis is a no-op. Several engines in one process have a connection
 * each, as several workers of BullMQ have. Answers the ms from the start to the last settlement. Throws unless the ledger adds up.
 */
export async function workWithSluice(url: string, count: number, { engines, batchSize }: SluiceTuning): Promise<number> {
  const connections: RedisConnection[] = []
  const queueOf = async (owner: string) => {
    const connection = await RedisConnection.open(url, owner)
    connections.push(connection)
    const options = { pipeline: 'bench', inbox: 'bench-inbox', leaseMs: LEASE_MS, maxRecoveries: 10 }
    return new RedisWorkQueue({ ...options, redis: connection.redis, owner })
  }
  const first = await queueOf('bench')
  for (let from = 0; from < count; from += 1000) await first.enqueue(entries(from, Math.min(from + 1000, count)))
  const started = await Promise.all(
    Array.from({ length: engines }, async (_, i) => engineOn(await queueOf(`engine-${i}`), batchSize)),
  )
  const tookMs = await settlementOf(started, count)
  for (const engine of started) engine.stop()
  await Promise.all(started.map((engine) => engine.whenIdle))
  const { done, lost } = await first.audit()
  for (const connection of connections) connection.close()
  if (done !== count || lost !== 0) throw new Error(`Sluice: ${done} of ${count} done, ${lost} lost`)
  return tookMs
}

function engineOn(queue: RedisWorkQueue, batchSize: number): Engine {
  return new Engine({
    queue,
    analyzer: noOp,
    clock: systemClock,
    random: Math.random,
    pace: null,
    pacing: 'adaptive',
    sizing: 'manual',
    batchSize,
    maxBatchSize: batchSize,
    pairTimeoutMs: 300_000,
    leaseMs: LEASE_MS,
    retries: { maxAttempts: 3 },
    breaker: { windowMs: 60_000, failureShare: 0.5, minimumCount: 20, refusalsMs: 180_000 },
  })
}

const noOp: Analyzer = {
  async analyze(entry): Promise<Outcome> {
    return { kind: 'succeeded', result: emptyResult(entry.wallet_address, entry.token_address) }
  },
}

function settlementOf(engines: readonly Engine[], count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let settled = 0
    const startedMs = performance.now()
    for (const engine of engines) {
      engine.subscribe((event) => {
        if (event.type === 'stumbled') reject(new Error(event.message))
        if (event.type !== 'batch-settled') return
        settled += event.tally.done
        if (settled === count) resolve(performance.now() - startedMs)
      })
      engine.start()
    }
  })
}
