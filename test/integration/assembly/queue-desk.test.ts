import { describe, expect, it } from 'vitest'
import { QueueDesk } from '../../../src/main/assembly/queue-desk'
import { WaitingPages } from '../../../src/main/queue/waiting-pages'
import { entry, freshPipeline, idOf } from '../../support/pipeline'

async function desk(wallets: readonly string[]) {
  const pipeline = await freshPipeline()
  const { queue, reader, redis } = pipeline
  await queue.enqueue(wallets.map((wallet) => entry(wallet)))
  const shelf = new QueueDesk({ queue, reader, pages: new WaitingPages(redis, queue.keys) })
  const order = async (place: 'ready' | 'delayed' | 'inFlight', from = 0, count = 100) =>
    (await shelf.rows({ place, from, count })).map(({ wallet }) => wallet)
  return { ...pipeline, shelf, order }
}

describe('the queue as it is shown', () => {
  it('has the pairs in the order in which they are claimed', async () => {
    const { queue, order, shelf } = await desk(['A', 'B', 'C', 'D'])
    await shelf.prioritize({ priority: 5, pairs: { ids: [idOf('C')] } })
    const shown = await order('ready')
    expect(shown).toEqual(['C', 'A', 'B', 'D'])
    expect((await queue.claim(4)).pairs.map(({ entry: { wallet_address } }) => wallet_address)).toEqual(shown)
  })

  it('says where each pair stands, what it went through, and when it came', async () => {
    const { queue, shelf } = await desk(['A', 'B'])
    const { pairs } = await queue.claim(2)
    await queue.settle([
      { id: idOf('A'), token: pairs[0]?.token ?? 0, disposition: { to: 'front', because: 'refused' } },
      { id: idOf('B'), token: pairs[1]?.token ?? 0, disposition: { to: 'delayed', delayMs: 60_000, message: '500' } },
    ])
    const { auditedAtMs } = await queue.audit()
    const [ready] = await shelf.rows({ place: 'ready', from: 0, count: 10 })
    expect(ready).toMatchObject({ position: 1, wallet: 'A', isAtFront: true, refusals: 1, attempts: 0 })
    expect(Math.abs((ready?.atMs ?? 0) - auditedAtMs)).toBeLessThan(60_000)
    const [delayed] = await shelf.rows({ place: 'delayed', from: 0, count: 10 })
    expect(delayed).toMatchObject({ wallet: 'B', isAtFront: false, attempts: 1 })
    expect((delayed?.atMs ?? 0) - auditedAtMs).toBeGreaterThan(50_000)
  })

  it('shows what is in flight with the end of its lease', async () => {
    const { queue, shelf } = await desk(['A'])
    await queue.claim(1)
    const { auditedAtMs } = await queue.audit()
    const [row] = await shelf.rows({ place: 'inFlight', from: 0, count: 10 })
    expect((row?.atMs ?? 0) - auditedAtMs).toBeGreaterThan(25_000)
    expect((row?.atMs ?? 0) - auditedAtMs).toBeLessThanOrEqual(31_000)
  })

  it('is in the order of before when a change of priorities is taken back', async () => {
    const { shelf, order } = await desk(['A', 'B', 'C', 'D'])
    await shelf.prioritize({ priority: 3, pairs: { ids: [idOf('C')] } })
    await shelf.prioritize({ priority: 9, pairs: {} })
    await shelf.prioritize({ priority: 9, pairs: {} }).then((changed) => expect(changed).toBe(0))
    await expect(shelf.undoPrioritize()).rejects.toThrow('nothing left to undo')
    await shelf.prioritize({ priority: 1, pairs: { ids: [idOf('D'), idOf('C')] } })
    expect(await shelf.undoPrioritize()).toBe(2)
    expect(await order('ready')).toEqual(['A', 'B', 'C', 'D'])
  })

  it('comes in pages', async () => {
    const { order } = await desk(Array.from({ length: 250 }, (_, n) => `W${n}`))
    expect(await order('ready', 200, 200)).toHaveLength(50)
    expect((await order('ready', 200, 1))[0]).toBe('W200')
  })

  it('changes the priority of a wallet, or of all that wait', async () => {
    const { shelf, order } = await desk(['A', 'B', 'C'])
    expect(await shelf.prioritize({ priority: 9, pairs: { wallet: 'C' } })).toBe(1)
    expect(await order('ready')).toEqual(['C', 'A', 'B'])
    expect(await shelf.prioritize({ priority: 3, pairs: {} })).toBe(3)
    expect(await order('ready')).toEqual(['A', 'B', 'C'])
    expect(await shelf.prioritize({ priority: 3, pairs: {} })).toBe(0)
  })

  it('finds pairs by a part of an address, with their places in the line', async () => {
    const { shelf } = await desk(['Anna', 'Bert', 'Hanna', 'Carl'])
    const found = await shelf.search({ place: 'ready', part: 'nna' })
    expect(found.matching).toBe(2)
    expect(found.rows.map(({ wallet, position }) => [wallet, position])).toEqual([
      ['Anna', 1],
      ['Hanna', 3],
    ])
    expect((await shelf.search({ place: 'ready', part: 'anna' })).matching).toBe(1)
    expect(await shelf.search({ place: 'delayed', part: 'nna' })).toEqual({ matching: 0, rows: [] })
  })

  it('takes what is searched for as it is written, and never for a chain', async () => {
    const { shelf } = await desk(['A*B', 'AxB', 'A[xy]B', 'A?B'])
    for (const part of ['A*B', 'A[xy]B', 'A?B']) {
      expect((await shelf.search({ place: 'ready', part })).rows.map(({ wallet }) => wallet)).toEqual([part])
    }
    expect((await shelf.search({ place: 'ready', part: 'solana' })).matching).toBe(0)
  })

  it('brings of many pairs that match those that come up first, and counts them all', async () => {
    const { shelf } = await desk(Array.from({ length: 8000 }, (_, n) => `Wallet${n}`))
    const found = await shelf.search({ place: 'ready', part: 'Wallet' })
    expect(found.matching).toBe(8000)
    expect(found.rows.map(({ position }) => position)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1))
  })

  it('changes the priority of all that a search finds', async () => {
    const { shelf, order } = await desk(['Anna', 'Bert', 'Hanna'])
    expect(await shelf.prioritize({ priority: 9, pairs: { part: 'nna' } })).toBe(2)
    expect(await order('ready')).toEqual(['Anna', 'Hanna', 'Bert'])
  })

  it('tells the batch of what is in flight', async () => {
    const { queue, shelf } = await desk(['A', 'B', 'C'])
    const [first, second] = [await queue.claim(1), await queue.claim(2)]
    const rows = await shelf.rows({ place: 'inFlight', from: 0, count: 10 })
    expect(new Map(rows.map(({ wallet, batch }) => [wallet, batch]))).toEqual(
      new Map([
        ['A', first.token],
        ['B', second.token],
        ['C', second.token],
      ]),
    )
  })
})
