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
})
