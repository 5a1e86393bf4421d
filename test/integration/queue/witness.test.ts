import { describe, expect, it } from 'vitest'
import type { Disposition, Settlement } from '../../../src/main/engine/ports'
import type { PairResult } from '../../../src/shared/result'
import { entry, freshPipeline, type Pipeline } from '../../support/pipeline'

const NOTHING = { commands: 0, pairs: { admit: 0, claim: 0, settle: 0 } }
const done: Disposition = { to: 'done', result: {} as PairResult } // its cells play no part here
const wallets = (count: number) => Array.from({ length: count }, (_, i) => entry(`w${i}`))

async function filled(pairs: number) {
  const pipeline = await freshPipeline()
  await pipeline.queueOf('producer').enqueue(wallets(pairs))
  // Without a look at the server's clock, no memory could be told from one that has expired.
  await pipeline.queue.audit()
  return pipeline
}

async function workOne({ queue }: Pipeline, count = 1) {
  const { pairs, token } = await queue.claim(count)
  const settlements = pairs.map(({ id }): Settlement => ({ id, token, disposition: done }))
  await queue.settle(settlements)
}

/** The pipeline as it was when this was called, as after a power failure. */
async function snapshotOf({ redis, pipeline }: Pipeline) {
  const keys = await redis.keys(`{sluice:${pipeline}}:*`)
  const dumps = await Promise.all(keys.map(async (key) => [key, await redis.dumpBuffer(key), await redis.pttl(key)] as const))
  return async () => {
    await redis.del(...(await redis.keys(`{sluice:${pipeline}}:*`)))
    for (const [key, dump, ttlMs] of dumps) await redis.restore(key, Math.max(0, ttlMs), dump)
  }
}

describe('what Redis has forgotten', () => {
  it('is nothing while it knows all, whatever idle commands came in between', async () => {
    const pipeline = await filled(3)
    expect(await pipeline.queue.forgotten()).toEqual(NOTHING)
    await workOne(pipeline, 3)
    for (let i = 0; i < 130; i += 1) await pipeline.queue.claim(1)
    expect(await pipeline.queue.forgotten()).toEqual(NOTHING)
  })

  it('is told by kind and number of pairs, once', async () => {
    const pipeline = await filled(10)
    await workOne(pipeline, 2)
    const goBack = await snapshotOf(pipeline)
    await workOne(pipeline, 3)
    await pipeline.queue.enqueue([entry('new')])
    await goBack()
    expect(await pipeline.queue.forgotten()).toEqual({ commands: 3, pairs: { admit: 1, claim: 3, settle: 3 } })
    expect(await pipeline.queue.forgotten()).toEqual(NOTHING)
  })

  it('is noticed by a lost settle alone, and behind the claims that other engines made meanwhile', async () => {
    const pipeline = await filled(10)
    const { queue, queueOf } = pipeline
    const { pairs, token } = await queue.claim(2)
    const goBack = await snapshotOf(pipeline)
    await queue.settle(pairs.map(({ id }) => ({ id, token, disposition: done })))
    await goBack()
    for (let i = 0; i < 3; i += 1) await queueOf('other').claim(1)
    expect(await queue.forgotten()).toEqual({ commands: 1, pairs: { admit: 0, claim: 0, settle: 2 } })
  })

  it('never makes a fencing token come twice', async () => {
    const pipeline = await filled(10)
    const goBack = await snapshotOf(pipeline)
    const before = await pipeline.queue.claim(2)
    await goBack()
    await pipeline.queue.forgotten()
    expect((await pipeline.queueOf('other').claim(2)).token).toBeGreaterThan(before.token)
    expect(await pipeline.queue.settle(before.pairs.map(({ id, token }) => ({ id, token, disposition: done })))).toEqual({
      late: before.pairs.map(({ id }) => id),
    })
  })

  it('is not what is too old to be remembered, as after an hour with the lid closed', async () => {
    const pipeline = await filled(3)
    const { redis, queue } = pipeline
    await workOne(pipeline, 3)
    const replies = await redis.keys(`{sluice:${pipeline.pipeline}}:reply:*`)
    await redis.del(...replies)
    expect((await queue.forgotten()).commands).toBe(2)
    const sleeper = pipeline.queueOf('sleeper')
    await queue.enqueue([entry('a'), entry('b')])
    // It never looked at the server's clock, which is as long ago as anything can be.
    await sleeper.claim(2)
    await redis.del(...(await redis.keys(`{sluice:${pipeline.pipeline}}:reply:claim:sleeper:*`)))
    expect(await sleeper.forgotten()).toEqual(NOTHING)
  })
})
