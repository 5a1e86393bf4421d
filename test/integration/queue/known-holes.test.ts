/** Holes that are known of other queues, each by the thread that tells of it: they are not here. */
import { expect, it } from 'vitest'
import { isWhole, recount } from '../../../scripts/recount.mjs'
import type { ClaimedPair, Disposition, Settlement } from '../../../src/main/engine/ports'
import { TOKENS_APART } from '../../../src/main/queue/keys'
import type { PairResult } from '../../../src/shared/result'
import { entry, freshPipeline, idOf, type Pipeline } from '../../support/pipeline'

const done: Disposition = { to: 'done', result: {} as PairResult } // its cells play no part here
const failed: Disposition = { to: 'failed', reason: 'permanent', message: 'no' }
const all = (pairs: readonly ClaimedPair[], disposition: Disposition): Settlement[] =>
  pairs.map(({ id, token }) => ({ id, token, disposition }))

async function filled(...wallets: string[]) {
  const pipeline = await freshPipeline()
  await pipeline.queue.enqueue(wallets.map((wallet) => entry(wallet)))
  return pipeline
}

/** Of all pairs in flight: so many seconds from now, by the server's clock. */
async function letLeasesEnd({ redis, queue }: Pipeline, inSeconds: number) {
  const nowSeconds = Number((await redis.time())[0])
  for (const id of await redis.zrange(queue.keys.inFlight, '0', '-1')) {
    const lease = Number(await redis.zscore(queue.keys.inFlight, id))
    await redis.zadd(queue.keys.inFlight, 'XX', (nowSeconds + inSeconds) * TOKENS_APART + (lease % TOKENS_APART), id)
  }
}

async function endLeases({ redis, queue }: Pipeline) {
  for (const id of await redis.zrange(queue.keys.inFlight, '0', '-1')) {
    const lease = Number(await redis.zscore(queue.keys.inFlight, id))
    await redis.zadd(queue.keys.inFlight, 'XX', lease % TOKENS_APART, id)
  }
}

/** What is wrong by the raw keys, nothing when all is well. */
async function wrongIn({ redis, pipeline }: Pipeline, wallets: readonly string[]) {
  const count = await recount(redis, pipeline, wallets.map(idOf))
  return isWhole(count) ? null : count
}

it('nothing is in flight without a lease: one entry is both, and whoever recovers finds it (asynq #1144)', async () => {
  const pipeline = await filled('a', 'b', 'c')
  await pipeline.queueOf('dead', { leaseMs: 5000 }).claim(3)
  const nowSeconds = Number((await pipeline.redis.time())[0])
  const leases = await pipeline.redis.zrange(pipeline.queue.keys.inFlight, '0', '-1', 'WITHSCORES')
  const endsIn = leases.filter((_cell, i) => i % 2 === 1).map((score) => Math.floor(Number(score) / TOKENS_APART) - nowSeconds)
  expect(endsIn).toHaveLength(3)
  for (const seconds of endsIn) expect(seconds).toBeGreaterThan(0)
  for (const seconds of endsIn) expect(seconds).toBeLessThanOrEqual(6)
  await endLeases(pipeline)
  expect(await pipeline.queueOf('never met').recover()).toEqual({ recovered: 3, failed: 0 })
  expect(await wrongIn(pipeline, ['a', 'b', 'c'])).toBeNull()
})

it('a lease ends by the clock of the server, and not before', async () => {
  const pipeline = await filled('a', 'b')
  await pipeline.queueOf('dead').claim(2)
  await letLeasesEnd(pipeline, 60)
  expect(await pipeline.queueOf('heir').recover()).toEqual({ recovered: 0, failed: 0 })
  await letLeasesEnd(pipeline, -1)
  expect(await pipeline.queueOf('heir').recover()).toEqual({ recovered: 2, failed: 0 })
})

it('a crash is not the failure of the pair: it spends no attempt, and neither does a refusal (asynq #1015)', async () => {
  const pipeline = await filled('a')
  const queue = pipeline.queueOf('x', { maxRecoveries: 5 })
  for (let crash = 0; crash < 5; crash += 1) {
    await queue.claim(1)
    await endLeases(pipeline)
    await queue.recover()
  }
  await queue.settle(all((await queue.claim(1)).pairs, { to: 'front', because: 'refused' }))
  expect((await queue.claim(1)).pairs).toMatchObject([{ attempts: 0, refusals: 1, recoveries: 5 }])
})

it('a lease is kept pair by pair, not for a process that says it lives (asynq #1089)', async () => {
  const pipeline = await filled('hung', 'well')
  const { pairs } = await pipeline.queue.claim(2)
  await endLeases(pipeline)
  await pipeline.queue.heartbeat(pairs.filter(({ id }) => id === idOf('well')))
  expect(await pipeline.queueOf('other').recover()).toEqual({ recovered: 1, failed: 0 })
  expect((await pipeline.queueOf('other').claim(2)).pairs.map(({ id }) => id)).toEqual([idOf('hung')])
})

it('who lost a lease and comes back changes nothing, whatever it says and how often (bullmq #3183)', async () => {
  const pipeline = await filled('a')
  const { queue: zombie, queueOf } = pipeline
  const before = await zombie.claim(1)
  await endLeases(pipeline)
  const other = queueOf('other')
  await other.recover()
  const after = await other.claim(1)
  for (const disposition of [done, failed, { to: 'delayed', delayMs: 0, message: '' }, { to: 'front', because: 'refused' }] as const) {
    expect(await zombie.settle(all(before.pairs, disposition))).toEqual({ late: [idOf('a')] })
  }
  expect(await zombie.heartbeat(before.pairs)).toEqual({ lost: [idOf('a')] })
  expect(await other.settle(all(after.pairs, done))).toEqual({ late: [] })
  expect(await other.audit()).toMatchObject({ done: 1, failed: 0, ready: 0, delayed: 0, inFlight: 0, lost: 0 })
})

it('a pair that failed and is queued again is there once, whoever else still holds or brings it', async () => {
  const pipeline = await filled('a')
  const { queue, queueOf } = pipeline
  const zombie = await queueOf('zombie').claim(1)
  await endLeases(pipeline)
  await queue.recover()
  await queue.settle(all((await queue.claim(1)).pairs, failed))
  expect(await Promise.all([queue.retryFailed([idOf('a'), idOf('a')]), queue.retryFailed([idOf('a')])])).toEqual([1, 0])
  expect(await queue.enqueue([entry('a')])).toEqual(['duplicate'])
  expect(await queueOf('zombie').settle(all(zombie.pairs, done))).toEqual({ late: [idOf('a')] })
  const { pairs } = await queue.claim(5)
  expect(pairs).toHaveLength(1)
  await queue.settle(all(pairs, done))
  expect(await wrongIn(pipeline, ['a'])).toBeNull()
  expect(await queue.audit()).toMatchObject({ enqueued: 1, done: 1, lost: 0 })
})

it('a pair that is discarded leaves nothing behind, not even the result of an earlier analysis, and can come anew', async () => {
  const pipeline = await filled('a')
  const { queue, redis, pipeline: name } = pipeline
  await queue.settle(all((await queue.claim(1)).pairs, done))
  await queue.enqueue([entry('a')], { reanalyze: true })
  await queue.settle(all((await queue.claim(1)).pairs, failed))
  expect(await queue.discardFailed([idOf('a'), idOf('a')])).toBe(1)
  expect(await recount(redis, name)).toMatchObject({ enqueued: 1, discarded: 1, lost: 0, homeless: [], resultsOfOthers: 0 })
  expect(await queue.enqueue([entry('a')])).toEqual(['enqueued'])
  expect(await queue.audit()).toMatchObject({ enqueued: 2, discarded: 1, ready: 1, lost: 0 })
})
