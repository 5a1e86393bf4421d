import { describe, expect, it } from 'vitest'
import type { Disposition } from '../../../src/main/engine/ports'
import { TOKENS_APART } from '../../../src/main/queue/keys'
import { collect, entry, freshPipeline, idOf } from '../../support/pipeline'

const names = ['busy', 'reset', 'given-up', 'refused', 'fresh'] as const

/** Five pairs, one of each fate that leaves a pair undone, and the claim that they were lent by. */
async function fiveFates() {
  const pipeline = await freshPipeline()
  const { queue } = pipeline
  await queue.enqueue(names.map((name) => entry(name)))
  const { token } = await queue.claim(4)
  const settle = (name: string, disposition: Disposition) => ({ id: idOf(name), token, disposition, epoch: 7 })
  await queue.settle([
    settle('reset', { to: 'delayed', delayMs: 60_000, message: 'HTTP 500: it broke\non two lines' }),
    settle('given-up', { to: 'failed', reason: 'permanent', message: 'Invalid data' }),
    settle('refused', { to: 'front', because: 'refused' }),
  ])
  return { ...pipeline, token }
}

const attemptOf = async ({ reader }: Awaited<ReturnType<typeof freshPipeline>>, name: string) =>
  (await collect(reader.attempts())).find(({ id }) => id === idOf(name))

describe('the attempts of the pairs that are not done', () => {
  it('tell of each where it is, what it has been through, and its last error with its epoch', async () => {
    const pipeline = await fiveFates()
    expect(await attemptOf(pipeline, 'busy')).toMatchObject({ place: 'in flight', attempts: 0, batch: pipeline.token, lastError: null, epoch: null })
    expect(await attemptOf(pipeline, 'reset')).toMatchObject({ place: 'delayed', attempts: 1, refusals: 0, lastError: 'HTTP 500: it broke\non two lines', epoch: 7 })
    expect(await attemptOf(pipeline, 'given-up')).toMatchObject({ place: 'failed', attempts: 1, reason: 'permanent', lastError: 'Invalid data', epoch: 7 })
    expect(await attemptOf(pipeline, 'refused')).toMatchObject({ place: 'ready', attempts: 0, refusals: 1, lastError: null })
    expect(await attemptOf(pipeline, 'fresh')).toMatchObject({ place: 'ready', attempts: 0, refusals: 0, recoveries: 0, lastError: null })
    expect(await pipeline.reader.count('attempts')).toBe(5)
  })

  it('tell when a delayed pair is due, a lease ends, a pair came and failed', async () => {
    const pipeline = await fiveFates()
    const [seconds] = await pipeline.redis.time()
    const nowMs = Number(seconds) * 1000
    const near = (atMs: number | null | undefined, expectedMs: number) => expect(Math.abs((atMs ?? 0) - expectedMs)).toBeLessThan(40_000)
    near((await attemptOf(pipeline, 'reset'))?.dueAtMs, nowMs + 60_000)
    near((await attemptOf(pipeline, 'busy'))?.leaseEndsAtMs, nowMs + 30_000)
    near((await attemptOf(pipeline, 'fresh'))?.queuedAtMs, nowMs)
    near((await attemptOf(pipeline, 'given-up'))?.failedAtMs, nowMs)
  })

  it('keep the last error through refusals and the crash of an engine, and the counts go on', async () => {
    const pipeline = await fiveFates()
    const { queue, redis } = pipeline
    await redis.zadd(queue.keys.delayed, 1, idOf('reset'))
    const lend = async () => {
      const claim = await queue.claim(10)
      return { claim, pair: claim.pairs.find(({ id }) => id === idOf('reset')) }
    }
    const first = await lend()
    expect(first.pair).toMatchObject({ attempts: 1, refusals: 0, recoveries: 0 })
    await queue.settle([{ id: idOf('reset'), token: first.claim.token, disposition: { to: 'front', because: 'refused' } }])
    await lend()
    await redis.zadd(queue.keys.inFlight, 'XX', Number(await redis.zscore(queue.keys.inFlight, idOf('reset'))) % TOKENS_APART, idOf('reset'))
    await queue.recover()
    expect(await attemptOf(pipeline, 'reset')).toMatchObject({ place: 'ready', attempts: 1, refusals: 1, recoveries: 1, epoch: 7, lastError: 'HTTP 500: it broke\non two lines' })
    expect((await lend()).pair).toMatchObject({ attempts: 1, refusals: 1, recoveries: 1 })
  })

  it('keep of a long error its beginning', async () => {
    const pipeline = await freshPipeline()
    const { queue } = pipeline
    await queue.enqueue([entry('long')])
    const { token } = await queue.claim(1)
    await queue.settle([{ id: idOf('long'), token, disposition: { to: 'delayed', delayMs: 60_000, message: 'x'.repeat(5000) } }])
    expect((await attemptOf(pipeline, 'long'))?.lastError).toHaveLength(300)
  })
})
