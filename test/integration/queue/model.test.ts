import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isWhole, recount } from '../../../scripts/recount.mjs'
import { TOKENS_APART } from '../../../src/main/queue/keys'
import { entry, freshPipeline, idOf, type Pipeline } from '../../support/pipeline'
import type { Disposition } from '../../../src/main/engine/ports'

/** What the queue promises, in plain sets: a pair is in exactly one place, and only who holds it by its newest token moves it. */
interface Model {
  readonly places: Map<string, 'waiting' | 'in-flight' | 'done' | 'failed'>
  /** Id → the token that it is held under; ended leases are still held until they are recovered. */
  readonly holders: Map<string, number>
  readonly ended: Set<string>
  /** Everything that was ever lent, also what is late by now: engines settle that too. */
  readonly loans: { id: string; token: number; owner: number }[]
  enqueued: number
  discarded: number
}

interface Real {
  readonly pipeline: Pipeline
  readonly queues: readonly Pipeline['queue'][]
}

type Command = fc.AsyncCommand<Model, Real, boolean>

const WALLETS = ['A', 'B', 'C', 'D']
const OWNERS = 3

const command = (name: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  run: async (model, real) => {
    await run(model, real)
    await agree(model, real)
  },
  toString: () => name,
})

/** After each command the raw keys say what the model says. */
async function agree({ places, enqueued, discarded }: Model, { pipeline }: Real): Promise<void> {
  const count = await recount(pipeline.redis, pipeline.pipeline, [...places.keys()])
  const inPlace = (place: string) => [...places.values()].filter((one) => one === place).length
  expect(isWhole(count)).toBe(true)
  expect(count).toMatchObject({ enqueued, discarded, inFlight: inPlace('in-flight'), done: inPlace('done'), failed: inPlace('failed') })
  expect(count.ready + count.delayed).toBe(inPlace('waiting'))
  expect(await pipeline.queue.audit()).toMatchObject({ enqueued, discarded, lost: 0 })
}

const enqueue = (wallets: readonly string[], reanalyze: boolean): Command =>
  command(`enqueue ${wallets.join('')}${reanalyze ? ' again' : ''}`, async (model, { pipeline }) => {
    const verdicts = await pipeline.queue.enqueue(wallets.map((wallet) => entry(wallet)), { reanalyze })
    for (const [i, wallet] of wallets.entries()) {
      const place = model.places.get(idOf(wallet))
      const isTaken = place === undefined || (reanalyze && place === 'done')
      expect(verdicts[i]).toBe(isTaken ? 'enqueued' : 'duplicate')
      if (place === undefined) model.enqueued += 1
      if (isTaken) model.places.set(idOf(wallet), 'waiting')
    }
  })

const claim = (owner: number, count: number): Command =>
  command(`claim ${count} by ${owner}`, async (model, { queues }) => {
    const { token, pairs } = (await queues[owner]?.claim(count)) ?? { token: 0, pairs: [] }
    for (const { id } of pairs) {
      expect(model.places.get(id)).toBe('waiting')
      model.places.set(id, 'in-flight')
      model.holders.set(id, token)
      model.ended.delete(id)
      model.loans.push({ id, token, owner })
    }
  })

const DISPOSITIONS: readonly Disposition[] = [
  { to: 'done', result: {} as never }, // a result's cells do not matter here
  { to: 'front', because: 'refused' },
  { to: 'front', because: 'untouched' },
  { to: 'delayed', delayMs: 0, message: 'late' },
  { to: 'failed', reason: 'permanent', message: 'no' },
  // Half a character, which JSON can say and some readers of JSON refuse.
  { to: 'failed', reason: 'permanent', message: 'no \ud83d' },
]
const AFTER = { done: 'done', front: 'waiting', delayed: 'waiting', failed: 'failed' } as const

const holds = ({ places, holders }: Model, { id, token }: Model['loans'][number]) =>
  places.get(id) === 'in-flight' && holders.get(id) === token

/** A loan that holds, or any of any time, by its owner, once or twice: only that which holds moves the pair. */
const settle = (pick: number, how: number, twice: boolean, anyLoan: boolean): Command =>
  command(`settle ${anyLoan ? 'any ' : ''}${pick} ${DISPOSITIONS[how]?.to}${twice ? ' twice' : ''}`, async (model, { queues }) => {
    const loans = anyLoan ? model.loans : model.loans.filter((loan) => holds(model, loan))
    const loan = loans[pick % Math.max(1, loans.length)]
    const disposition = DISPOSITIONS[how]
    if (!loan || !disposition) return
    const isHeld = holds(model, loan)
    for (let time = 0; time < (twice ? 2 : 1); time += 1) {
      const { late } = (await queues[loan.owner]?.settle([{ id: loan.id, token: loan.token, disposition }])) ?? { late: [] }
      expect(late).toEqual(isHeld && time === 0 ? [] : [loan.id])
    }
    if (isHeld) model.places.set(loan.id, AFTER[disposition.to])
  })

const heartbeat = (pick: number): Command =>
  command(`heartbeat ${pick}`, async (model, { queues }) => {
    const loan = model.loans[pick % Math.max(1, model.loans.length)]
    if (!loan) return
    const isHeld = holds(model, loan)
    const { lost } = (await queues[loan.owner]?.heartbeat([loan])) ?? { lost: [] }
    expect(lost).toEqual(isHeld ? [] : [loan.id])
    if (isHeld) model.ended.delete(loan.id)
  })

/** As when nothing is heard of its engine for as long as a lease lasts. */
const expire = (pick: number): Command =>
  command(`expire ${pick}`, async (model, { pipeline: { redis, queue } }) => {
    const held = [...model.places].filter(([, place]) => place === 'in-flight').map(([id]) => id)
    const id = held[pick % Math.max(1, held.length)]
    if (id === undefined) return
    const lease = Number(await redis.zscore(queue.keys.inFlight, id))
    await redis.zadd(queue.keys.inFlight, TOKENS_APART + (lease % TOKENS_APART), id)
    model.ended.add(id)
  })

const recover = (owner: number): Command =>
  command(`recover by ${owner}`, async (model, { queues }) => {
    const ended = [...model.ended].filter((id) => model.places.get(id) === 'in-flight')
    expect(await queues[owner]?.recover()).toMatchObject({ recovered: ended.length, failed: 0 })
    for (const id of ended) model.places.set(id, 'waiting')
    model.ended.clear()
  })

const retryOrDiscard = (what: 'retry' | 'discard', wallet: string): Command =>
  command(`${what} ${wallet}`, async (model, { queues }) => {
    const isFailed = model.places.get(idOf(wallet)) === 'failed'
    const done = await (what === 'retry' ? queues[0]?.retryFailed([idOf(wallet)]) : queues[0]?.discardFailed([idOf(wallet)]))
    expect(done).toBe(isFailed ? 1 : 0)
    if (!isFailed) return
    if (what === 'retry') model.places.set(idOf(wallet), 'waiting')
    else model.places.delete(idOf(wallet))
    if (what === 'discard') model.discarded += 1
  })

/** Moves what waits in the line, and nothing else. */
const prioritize = (wallets: readonly string[], priority: number): Command =>
  command(`priority ${priority} of ${wallets.join('')}`, async ({ places }, { queues, pipeline: { redis, queue } }) => {
    const waits = (id: string) => places.get(id) === 'waiting'
    const ids = wallets.map(idOf)
    const before = await redis.hmget(queue.keys.pairs, ...ids)
    const changed = ids.filter((id, i) => waits(id) && before[i]?.split(' ')[1] !== String(priority))
    expect(await queues[1]?.prioritize(ids, priority)).toBe(changed.length)
  })

const owners = fc.nat(OWNERS - 1)
const picks = fc.nat(30)
const ways = fc.nat(DISPOSITIONS.length - 1)
const commands = fc.commands(
  [
    fc.tuple(fc.subarray(WALLETS, { minLength: 1 }), fc.boolean()).map(([wallets, reanalyze]) => enqueue(wallets, reanalyze)),
    fc.tuple(owners, fc.integer({ min: 1, max: 4 })).map(([owner, count]) => claim(owner, count)),
    fc.tuple(picks, ways, fc.boolean(), fc.constant(false)).map((choice) => settle(...choice)),
    fc.tuple(picks, ways, fc.boolean(), fc.constant(true)).map((choice) => settle(...choice)),
    picks.map(heartbeat),
    picks.map(expire),
    owners.map(recover),
    fc.tuple(fc.subarray(WALLETS, { minLength: 1 }), fc.constantFrom(0, 9)).map(([wallets, priority]) => prioritize(wallets, priority)),
    fc.constantFrom(...WALLETS).map((wallet) => retryOrDiscard('retry', wallet)),
    fc.constantFrom(...WALLETS).map((wallet) => retryOrDiscard('discard', wallet)),
  ],
  { maxCommands: 60, size: 'max' },
)

it('does what a model of plain sets does, whoever commands what in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (run) => {
      const pipeline = await freshPipeline()
      const queues = Array.from({ length: OWNERS }, (_, i) => pipeline.queueOf(`owner-${i}`, { maxRecoveries: 1000 }))
      const model: Model = { places: new Map(), holders: new Map(), ended: new Set(), loans: [], enqueued: 0, discarded: 0 }
      await fc.asyncModelRun(() => ({ model, real: { pipeline, queues } }), run)
    }),
    { numRuns: 120 },
  )
})
