import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { readHistory } from '../../../scripts/recount.mjs'
import type { PairResult } from '../../../src/shared/result'
import { entry, freshPipeline, idOf, type Pipeline } from '../../support/pipeline'

/** Runs the script as an outsider does. */
async function recounted({ pipeline }: Pipeline, ...more: string[]) {
  const script = resolve(import.meta.dirname, '../../../scripts/recount.mjs')
  const args = [script, '--redis', inject('redisUrl'), '--pipeline', pipeline, ...more]
  return new Promise<{ code: number; count: Record<string, unknown> }>((done) => {
    execFile(process.execPath, args, (error, out) => done({ code: error === null ? 0 : Number(error.code), count: JSON.parse(out) as Record<string, unknown> })) // the script prints one object
  })
}

async function worked() {
  const pipeline = await freshPipeline()
  await pipeline.queue.enqueue(['a', 'b', 'c'].map((wallet) => entry(wallet)))
  const { pairs } = await pipeline.queue.claim(1)
  const result = {} as PairResult // its cells play no part here
  await pipeline.queue.settle(pairs.map(({ id, token }) => ({ id, token, disposition: { to: 'done', result } })))
  return pipeline
}

describe('a recount from the raw keys', () => {
  it('says what is where, and that all is well', async () => {
    expect(await recounted(await worked())).toMatchObject({ code: 0, count: { enqueued: 3, ready: 2, done: 1, lost: 0, double: [], homeless: [] } })
  })

  type Damage = (pipeline: Pipeline) => Promise<unknown>
  const damages: [string, Damage, object][] = [
    ['a pair in two places', ({ redis, queue }) => redis.zadd(queue.keys.failed, 1, idOf('b')), { double: [idOf('b')] }],
    ['a pair in no place', ({ redis, queue }) => redis.zrem(queue.keys.ready, idOf('b')), { lost: 1, homeless: [idOf('b')] }],
    ['a pair whose entry is gone', ({ redis, queue }) => redis.hdel(queue.keys.pairs, idOf('b')), { unknown: [idOf('b')] }],
    ['a result that is gone', ({ redis, queue }) => redis.hdel(queue.keys.results, idOf('a')), { doneWithoutResult: 1 }],
    ['a result of nobody', ({ redis, queue }) => redis.hset(queue.keys.results, 'x', ''), { resultsOfOthers: 1 }],
  ]
  it.each(damages)('finds %s', async (_name, damage, found) => {
    const pipeline = await worked()
    await damage(pipeline)
    expect(await recounted(pipeline)).toMatchObject({ code: 1, count: found })
  })

  it('finds an acknowledged pair that is not there', async () => {
    const [pipeline, folder] = [await worked(), await mkdtemp(join(tmpdir(), 'sluice-recount-'))]
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'expected')
    await writeFile(file, ['a', 'z'].map(idOf).join('\n'))
    expect(await recounted(pipeline, '--expect', file)).toMatchObject({ code: 1, count: { missing: [idOf('z')] } })
  })
})

describe('the history of all writes', () => {
  const command = (...parts: string[]) => [`*${parts.length}`, ...parts.flatMap((part) => [`$${Buffer.byteLength(part)}`, part]), ''].join('\r\n')
  const zadd = (...ids: string[]) => command('ZADD', '{sluice:p}:done', ...ids.flatMap((id) => ['1', id]))

  it.each([
    ['nothing where each is done once', [zadd('a', 'b'), zadd('c')], []],
    ['what is done again while it is done', [zadd('a', 'b'), command('SET', 'x', 'y'), zadd('b')], ['b']],
    ['nothing where it was asked for again', [zadd('a'), command('ZREM', '{sluice:p}:done', 'a'), zadd('a')], []],
    ['nothing of other pipelines', [zadd('a'), command('ZADD', '{sluice:q}:done', '1', 'a')], []],
    ['all before an end that was cut off', [zadd('ä'), zadd('ä'), zadd('b').slice(0, 20)], ['ä']],
  ])('shows %s', async (_name, commands, twice) => {
    expect(await readHistory(await folderWith(commands), 'p')).toEqual({ doneTwice: twice, settledByOthers: [] })
  })

  const step = (...commands: string[]) => [command('MULTI'), ...commands, command('EXEC')].join('')
  const reply = (what: string, owner: string) => command('SET', `{sluice:p}:reply:${what}:${owner}:3`, '…', 'PXAT', '1')
  const claimed = (owner: string, ...ids: string[]) => step(command('ZADD', '{sluice:p}:in-flight', ...ids.flatMap((id) => ['1', id])), reply('claim', owner))
  const settled = (owner: string, ...ids: string[]) => step(command('ZREM', '{sluice:p}:in-flight', ...ids), reply('settle', owner))
  const recovered = (...ids: string[]) => step(command('ZREM', '{sluice:p}:in-flight', ...ids), command('HINCRBY', '{sluice:p}:ledger', 'recovered', '1'))

  it.each([
    ['nothing where each engine settles its own', [claimed('h:1:a', 'x', 'y'), settled('h:1:a', 'x'), settled('h:1:a', 'y')], []],
    ['what is settled by who has lost it', [claimed('h:1:a', 'x'), recovered('x'), claimed('h:2:b', 'x', 'y'), settled('h:1:a', 'x')], ['x']],
    ['nothing where it was claimed again', [claimed('h:1:a', 'x'), recovered('x'), claimed('h:2:b', 'x'), settled('h:2:b', 'x')], []],
    ['nothing of what was claimed before the history begins', [settled('h:1:a', 'x')], []],
  ])('shows %s', async (_name, commands, others) => {
    expect(await readHistory(await folderWith(commands), 'p')).toEqual({ doneTwice: [], settledByOthers: others })
  })

  async function folderWith(commands: readonly string[]): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-recount-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await writeFile(join(folder, 'appendonly.aof.1.incr.aof'), commands.join(''))
    return folder
  }
})
