import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClaimedPair, Disposition } from '../../../src/main/engine/ports'
import type { PriorityRules } from '../../../src/main/queue/priorities'
import { collect, entry, freshPipeline, idOf } from '../../support/pipeline'

const wallets = (pairs: readonly ClaimedPair[]) => pairs.map((pair) => pair.entry.wallet_address)
const prioritiesOf = (pairs: readonly ClaimedPair[]) =>
  Object.fromEntries(pairs.map(({ entry }) => [entry.wallet_address, entry.priority ?? 0]))

/** A pipeline whose line counts arrivals instead of µs: its last arrival lies beyond the server's clock. */
async function counted({ headStart, byVolume = [] }: { headStart: number; byVolume?: PriorityRules['byVolume'] }) {
  const pipeline = await freshPipeline()
  const queue = pipeline.queueOf('counted', { priorities: { headStartMs: headStart / 1000, byVolume } })
  await pipeline.redis.hset(queue.keys.sequences, 'arrival', 5e15)
  return { ...pipeline, queue }
}

describe('the line', () => {
  it('has a pair of a higher priority as many head starts further in front as it has levels', async () => {
    const { queue } = await counted({ headStart: 3 })
    await queue.enqueue(['a', 'b', 'c', 'd'].map((name) => entry(name)))
    await queue.enqueue([entry('one', { priority: 1 })])
    expect(wallets((await queue.claim(9)).pairs)).toEqual(['a', 'b', 'one', 'c', 'd'])
  })

  it('by default lets a high priority pass everything that came within the hours before', async () => {
    const { queue } = await freshPipeline()
    await queue.enqueue(['a', 'b'].map((name) => entry(name)))
    await queue.enqueue([entry('high', { priority: 9 }), entry('mid', { priority: 1 })])
    expect(wallets((await queue.claim(9)).pairs)).toEqual(['high', 'mid', 'a', 'b'])
  })

  it('keeps the order of arrival within a priority when the server’s clock goes back', async () => {
    const { queue, redis } = await freshPipeline()
    await queue.enqueue([entry('a')])
    await redis.hset(queue.keys.sequences, 'arrival', (Date.now() + 60_000) * 1000)
    await queue.enqueue([entry('b')])
    await queue.enqueue([entry('c')])
    expect(wallets((await queue.claim(9)).pairs)).toEqual(['a', 'b', 'c'])
  })

  it('holds no pair up for ever: who came nine head starts later never passes', async () => {
    const step = fc.record({ priorities: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }), claimed: fc.nat(4) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 5 }), async (steps, headStart) => {
        const { queue } = await counted({ headStart })
        let line: { name: string; rank: number; arrival: number }[] = []
        let arrival = 0
        for (const { priorities, claimed } of steps) {
          const came = priorities.map((priority) => {
            arrival += 1
            return { name: `w${arrival}`, arrival, priority, rank: arrival - priority * headStart }
          })
          await queue.enqueue(came.map(({ name, priority }) => entry(name, { priority })))
          line = [...line, ...came]
          if (claimed === 0) continue
          for (const { entry } of (await queue.claim(claimed)).pairs) {
            const lent = line.find(({ name }) => name === entry.wallet_address)
            line = line.filter((pair) => pair !== lent)
            const passed = line.filter((pair) => pair.rank < (lent?.rank ?? Number.NaN))
            expect(passed).toEqual([])
            expect((lent?.arrival ?? 0) - Math.min(...line.map((pair) => pair.arrival), arrival)).toBeLessThanOrEqual(9 * headStart)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  it('serves a low pair under a steady stream of high ones that is faster than the work', async () => {
    const { queue } = await counted({ headStart: 10 })
    await queue.enqueue([entry('low')])
    let claims = 0
    for (let lent: string[] = []; !lent.includes('low'); claims += 1) {
      await queue.enqueue([0, 1].map((i) => entry(`high${claims}-${i}`, { priority: 9 })))
      lent = wallets((await queue.claim(1)).pairs)
      // Nine levels of ten arrivals each are all that may go before it.
      expect(claims).toBeLessThanOrEqual(90)
    }
    expect(claims).toBeGreaterThan(80)
  })

  it('has a delayed pair that is due as if it came now, with its priority', async () => {
    const { queue, redis } = await counted({ headStart: 3 })
    await queue.enqueue([entry('late', { priority: 1 })])
    const { pairs } = await queue.claim(1)
    const delayed = { to: 'delayed', delayMs: 60_000, message: '' } as const
    await queue.settle(pairs.map(({ id, token }) => ({ id, token, disposition: delayed })))
    await queue.enqueue(['a', 'b', 'c', 'd'].map((name) => entry(name)))
    await redis.zadd(queue.keys.delayed, 1, idOf('late'))
    expect(wallets((await queue.claim(9)).pairs)).toEqual(['a', 'b', 'late', 'c', 'd'])
  })
})

describe('a priority by volume', () => {
  const byVolume = [
    { fromUsd: 10_000, priority: 6 },
    { fromUsd: 100_000, priority: 9 },
  ]

  it('is that of the highest volume reached, for pairs that bring no priority', async () => {
    const { queue, redis, inbox } = await counted({ headStart: 1000, byVolume })
    await queue.enqueue([
      entry('none'),
      entry('small', { trader_volume_usd: 9_999.99 }),
      entry('six', { trader_volume_usd: 10_000 }),
      entry('text', { trader_volume_usd: '100000.000000000000000001' }),
      entry('words', { trader_volume_usd: 'a lot' }),
      entry('given', { trader_volume_usd: 1e9, priority: 0 }),
    ])
    await redis.lpush(inbox, entry('nine', { trader_volume_usd: 1e6 }))
    await queue.adopt()
    const { pairs } = await queue.claim(9)
    expect(prioritiesOf(pairs)).toEqual({ none: 0, small: 0, six: 6, text: 9, words: 0, given: 0, nine: 9 })
    expect(wallets(pairs)).toEqual(['text', 'nine', 'six', 'none', 'small', 'words', 'given'])
  })
})

describe('another priority', () => {
  it('moves a ready pair, and keeps its arrival among those of the same priority', async () => {
    const { queue } = await counted({ headStart: 1000 })
    await queue.enqueue(['a', 'b', 'c', 'd'].map((name) => entry(name)))
    await queue.enqueue([entry('e', { priority: 5 })])
    expect(await queue.prioritize([idOf('c'), idOf('b'), idOf('unknown')], 5)).toBe(2)
    expect(await queue.prioritize([idOf('c')], 5)).toBe(0)
    const { pairs } = await queue.claim(9)
    expect(wallets(pairs)).toEqual(['b', 'c', 'e', 'a', 'd'])
    expect(prioritiesOf(pairs)).toEqual({ a: 0, b: 5, c: 5, d: 0, e: 5 })
  })

  it('leaves what is in flight, done or failed alone', async () => {
    const { queue } = await counted({ headStart: 1000 })
    await queue.enqueue(['a', 'b'].map((name) => entry(name)))
    const [held, failing] = (await queue.claim(2)).pairs
    if (!held || !failing) throw new Error('two were to be lent')
    const failed = { to: 'failed', reason: 'permanent', message: '' } as const
    await queue.settle([{ ...failing, disposition: failed }])
    expect(await queue.prioritize([held.id, failing.id], 9)).toBe(0)
  })

  it('does not move a pair at the front, and counts once it is delayed', async () => {
    const { queue, redis } = await counted({ headStart: 1000 })
    await queue.enqueue([entry('first', { priority: 9 }), entry('second', { priority: 9 }), entry('a')])
    const settled = async (disposition: Disposition) => {
      const { pairs } = await queue.claim(2)
      await queue.settle(pairs.map(({ id, token }) => ({ id, token, disposition })))
      return pairs
    }
    await settled({ to: 'front', because: 'refused' })
    expect(await queue.prioritize([idOf('first')], 0)).toBe(1)
    const again = await settled({ to: 'delayed', delayMs: 60_000, message: '' })
    expect(wallets(again)).toEqual(['first', 'second'])
    expect(prioritiesOf(again)).toEqual({ first: 0, second: 9 })
    expect(await queue.prioritize([idOf('second')], 1)).toBe(1)
    for (const name of ['first', 'second']) await redis.zadd(queue.keys.delayed, 1, idOf(name))
    expect(wallets((await queue.claim(9)).pairs)).toEqual(['second', 'a', 'first'])
  })

  it('can be given by wallet and token: only what waits is named, each character for itself', async () => {
    const { queue, reader } = await counted({ headStart: 1000 })
    const names = Array.from({ length: 300 }, (_, i) => `w${i}`)
    await queue.enqueue([...names, 'w*', 'w[1]'].map((name) => entry(name)))
    await queue.enqueue([entry('w7', { token_address: 'U' }), entry('0xAB', { token_address: '0xCD' })])
    const named = async (filter: { wallet?: string; token?: string }) => (await collect(reader.waiting(filter))).flat().sort()
    expect(await named({ wallet: 'w7' })).toEqual(['solana:w7:T', 'solana:w7:U'])
    expect(await named({ wallet: 'w7', token: 'U' })).toEqual(['solana:w7:U'])
    expect(await named({ wallet: 'w*' })).toEqual(['solana:w*:T'])
    expect(await named({ wallet: 'w[1]' })).toEqual(['solana:w[1]:T'])
    expect(await named({ token: '0xcd' })).toEqual(['solana:0xab:0xcd'])
    expect(await named({})).toHaveLength(304)
    await queue.claim(304)
    expect(await named({})).toEqual([])
  })
})

it('the age of the oldest pair is told though a later one stands before it', async () => {
  const { queue, redis } = await freshPipeline()
  await queue.enqueue([entry('old')])
  const stored = await redis.hget(queue.keys.pairs, idOf('old'))
  await redis.hset(queue.keys.pairs, idOf('old'), (stored ?? '').replace(/^\d+/, String(Date.now() - 50_000)))
  await queue.enqueue([entry('new', { priority: 9 })])
  expect((await queue.audit()).oldestReadyMs).toBeGreaterThanOrEqual(49_000)
})
