import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { entry, freshPipeline, idOf } from '../../support/pipeline'
import type { Disposition } from '../../../src/main/engine/ports'
import type { PairResult } from '../../../src/shared/result'

const done: Disposition = { to: 'done', result: {} as PairResult } // its cells play no part here

/** A queue on a server whose disk answers WAITAOF as it is told: the servers here may be older than the command. */
async function onDisk(...answers: (() => Promise<[number, number]>)[]) {
  const pipeline = await freshPipeline()
  const { redis } = pipeline
  const asked: unknown[][] = []
  const call = redis.call.bind(redis)
  const answer = (...args: unknown[]) => {
    if (args[0] !== 'WAITAOF') return call(...(args as [string])) // as it came
    asked.push(args)
    return (answers.shift() ?? (() => Promise.resolve([1, 0] as [number, number])))()
  }
  redis.call = answer as typeof redis.call
  return { ...pipeline, asked, queue: pipeline.queueOf('x', { durability: 'disk' }) }
}

describe('durability "disk"', () => {
  it('asks for the disk after what is queued and what is settled, not after claims', async () => {
    const { queue, asked } = await onDisk()
    await queue.enqueue([entry('a')])
    expect(asked).toEqual([['WAITAOF', 1, 0, 5000]])
    const { pairs, token } = await queue.claim(1)
    expect(asked).toHaveLength(1)
    await queue.settle(pairs.map(({ id }) => ({ id, token, disposition: done })))
    expect(asked).toHaveLength(2)
    await queue.settle([])
    await queue.adopt()
    expect(asked).toHaveLength(2)
  })

  it('goes on asking while the disk is slow', async () => {
    const slow = () => Promise.resolve<[number, number]>([0, 0])
    const { queue, asked } = await onDisk(slow, slow)
    expect(await queue.enqueue([entry('a')])).toEqual(['enqueued'])
    expect(asked).toHaveLength(3)
  })

  it('does not believe an answer of another connection, which has written nothing', async () => {
    const { queue, redis, asked } = await onDisk(async () => {
      const isBack = once(redis, 'ready')
      redis.disconnect(true)
      await isBack
      return [1, 0]
    })
    expect(await queue.enqueue([entry('a')])).toEqual(['enqueued'])
    expect(asked).toHaveLength(2)
    expect(await queue.audit()).toMatchObject({ enqueued: 1, duplicates: 0 })
  })

  it('does again what the server has lost before it was on disk', async () => {
    const { queue, redis, pipeline } = await onDisk(async () => {
      await redis.del(...(await redis.keys(`{sluice:${pipeline}}:*`)))
      return [0, 0]
    })
    expect(await queue.enqueue([entry('a')])).toEqual(['enqueued'])
    expect(await redis.hexists(queue.keys.pairs, idOf('a'))).toBe(1)
    expect(await queue.audit()).toMatchObject({ enqueued: 1, ready: 1, lost: 0 })
  })
})
